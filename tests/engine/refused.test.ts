import assert from "node:assert/strict";
import { parseDocument } from "yaml";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LabDatacenter, metalOnly } from "./support/lab-datacenter";
import { refused, well } from "./support/outcomes";
import type { Ran } from "./support/run";
import { assertSnapshot, diagnosticsOf } from "./support/snapshot";

describe("what cannot work", function () {
  this.timeout(300_000);
  const datacenter = new LabDatacenter();
  let stackFile = "";
  let original = "";

  before(async () => {
    await datacenter.lab("start");
    stackFile = await datacenter.stackFile();
    original = readFileSync(stackFile, "utf8");
  });
  afterEach(() => writeFileSync(stackFile, original));
  after(() => datacenter.remove());

  /** Runs an up that must be refused before anything is touched: no stack trace, the committed message, and in it all of these. */
  async function refusedUp(
    name: string,
    said: readonly RegExp[],
    environment: NodeJS.ProcessEnv = {},
    options: readonly string[] = [],
  ): Promise<Ran> {
    const ran = await datacenter.pulumi(["up", "--yes", "--skip-preview", ...options], environment);
    refused(ran, ...said);
    assertSnapshot(`refused/${name}`, diagnosticsOf(ran.output));
    return ran;
  }

  it("names key, endpoint and next step for a wrong MAAS key, and never shows it", async () => {
    const ran = await refusedUp(
      "wrong-maas-key",
      [
        /MAAS: GET http:\/\/127\.0\.0\.1:\d+\/MAAS\/api\/2\.0\/\S+ was answered 401/,
        /MAAS does not know this API key/,
        /Check the API key \(the environment variable VMO_METAL_DEV_MAAS_API_KEY/,
      ],
      { VMO_METAL_DEV_MAAS_API_KEY: "wrongconsumer:wrongtoken:wrongsecret" },
    );
    assert.doesNotMatch(ran.output, /wrongsecret/);
  });

  it("does so for a wrong Palette key", async () => {
    const ran = await refusedUp(
      "wrong-palette-key",
      [
        /Palette: GET http:\/\/127\.0\.0\.1:\d+\/v1\/\S+ was answered 401/,
        /Check the API key \(the environment variable VMO_METAL_DEV_PALETTE_API_KEY/,
      ],
      { VMO_METAL_DEV_PALETTE_API_KEY: "wrong-palette-key" },
    );
    assert.doesNotMatch(ran.output, /wrong-palette-key/);
  });

  it("says which URL cannot be reached and where it is set", async () => {
    const document = parseDocument(original);
    document.setIn(["config", "vmo-metal:datacenter", "maas", "url"], "http://127.0.0.1:1/MAAS");
    const file = join(datacenter.folder, "Pulumi.unreachable.yaml");
    writeFileSync(file, document.toString());
    await refusedUp(
      "unreachable-url",
      [
        /cannot be reached; nothing was touched/,
        /MAAS: GET http:\/\/127\.0\.0\.1:1\/MAAS\S+ got no answer/,
        /Check maas\.url in vmo-metal:datacenter/,
      ],
      {},
      ["--config-file", file],
    );
  });

  it("names the pool that has too few machines", async () => {
    await datacenter.describe((description) => {
      Object.assign(description["cluster"] as object, { workers: [{ size: 9 }] });
    });
    await refusedUp("too-few-machines", [/vmo-metal:datacenter\.cluster\.workers\[0\]\S*: .*9.*6/]);
  });

  it("names a value that is missing", async () => {
    await datacenter.describe((description) => {
      delete description["domain"];
    });
    await refusedUp("missing-value", [/vmo-metal:datacenter\.domain/]);
  });

  it("refuses a secret that was set in clear, and says how to set it", async () => {
    well(await datacenter.pulumi(["config", "set", "vmo-metal:flashArrayApiToken", "in-clear"]));
    const ran = await refusedUp("secret-in-clear", [
      /CFG004 .*pulumi config set --secret vmo-metal:flashArrayApiToken/,
    ]);
    assert.doesNotMatch(ran.output, /in-clear/);
  });

  it("refuses a host that a second stack describes already", async () => {
    await datacenter.describe(metalOnly);
    well(await datacenter.up());
    await datacenter.describe((description) => {
      metalOnly(description);
      Object.assign(description, { name: "second", maas: { ...description["maas"], adopt: true } });
    });
    const keys = await datacenter.credentials();
    const environment = { VMO_METAL_SECOND_MAAS_API_KEY: keys.maasApiKey };
    refused(
      await datacenter.secondStack("second", stackFile, ["up", "--yes", "--skip-preview"], environment),
      /worker-1 \(\w+\) is described by the stack of datacenter "dev".* Take it out of the stack of "dev" first/,
    );
    writeFileSync(stackFile, original);
    await datacenter.describe(metalOnly);
    well(await datacenter.pulumi(["destroy", "--yes", "--skip-preview"]));
  });
});
