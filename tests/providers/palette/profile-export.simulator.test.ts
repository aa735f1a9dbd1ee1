import assert from "node:assert/strict";
import { clusterProfileKind as kind } from "../../../providers/palette/cluster-profile";
import { type ExportSecrets, readProfileExport } from "../../../providers/palette/profile-export";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { coreArgs, flashArrayToken, infraArgs } from "./profile-args";
import { tenant } from "./tenant";

const none: ExportSecrets = { values: {}, manifests: [] };
const licence = "csi-portworx-generic/charts/portworx-generic/license/enterprise/activationId";
const pureSecret = "csi-portworx-generic/px-pure-secret";

describe("import of an exported profile (simulated Palette)", () => {
  const site = tenant();
  beforeEach(() => site.palette.reset());

  /** Exports a profile of one project by hand. */
  async function exported(args: PlainObject, format: "json" | "yaml" = "json"): Promise<string> {
    const kept = await site.command({ project: "Default", name: "elsewhere" }).up(kind, args);
    const response = await fetch(
      `${site.palette.url}/v1/clusterprofiles/${kept.state["uid"] as string}/export?format=${format}`,
      { headers: { apikey: site.palette.apiKey, projectuid: await projectUid("Default") } },
    );
    assert.equal(response.status, 200);
    return response.text();
  }

  async function projectUid(name: string): Promise<string> {
    const response = await fetch(`${site.palette.url}/v1/dashboard/projects/metadata`, {
      headers: { apikey: site.palette.apiKey },
    });
    const { items } = (await response.json()) as { items: { metadata: { name: string; uid: string } }[] };
    return items.find(({ metadata }) => metadata.name === name)?.metadata.uid ?? "";
  }

  const argsOf = (text: string, secrets: ExportSecrets): PlainObject => {
    const { maskedVariables: _masked, ...args } = readProfileExport(text, "profile.json", secrets);
    return JSON.parse(JSON.stringify(args)) as PlainObject;
  };

  for (const format of ["json", "yaml"] as const) {
    it(`imports an add-on profile from ${format} whole, and it stays as it was made`, async () => {
      const args = argsOf(await exported(coreArgs(), format), none);
      const kept = await site.command().up(kind, args);
      const seen = await site.command().refresh(kind, kept);
      assert.ok(seen);
      assert.deepEqual(seen.state, kept.state);
      assert.equal((await site.command().diff(kind, seen, args)).changes, false);
    });
  }

  it("exports again what was imported, byte for byte", async () => {
    const text = await exported(coreArgs());
    await site.palette.reset();
    const again = await exported(argsOf(text, none));
    assert.equal(again, text);
  });

  it("refuses masks in preview and says which secrets to give; with them it imports", async () => {
    const text = await exported(infraArgs());
    assert.throws(
      () => readProfileExport(text, "infra.json", none),
      (failure: Error) => {
        assert.match(failure.message, /infra\.json holds masks .*by these keys: /);
        assert.ok(failure.message.includes(licence));
        return true;
      },
    );
    const secrets = { values: { [licence]: "1111-2222" }, manifests: [pureSecret] };
    const args = argsOf(text, secrets);
    assert.ok(!JSON.stringify(args["layers"]).includes(flashArrayToken));
    assert.ok(!JSON.stringify(args["layers"]).includes("1111-2222"));
    const kept = await site.command().up(kind, args);
    const seen = await site.command().refresh(kind, kept);
    assert.ok(seen);
    assert.equal((await site.command().diff(kind, seen, args)).changes, false);
    const profile = await site
      .byHand()
      .get<{ spec: { published: { packs: { name: string; values: string }[] } } }>(
        `/v1/clusterprofiles/${kept.state["uid"] as string}`,
      );
    const portworx = profile.spec.published.packs.find(({ name }) => name === "csi-portworx-generic");
    assert.match(portworx?.values ?? "", /1111-2222/);
  });

  it("shows a secret value that was changed in the program, and writes it, without showing it in a layer", async () => {
    const text = await exported(infraArgs());
    const before = argsOf(text, { values: { [licence]: "1111-2222" }, manifests: [pureSecret] });
    const after = argsOf(text, { values: { [licence]: "3333-4444" }, manifests: [pureSecret] });
    const kept = await site.command().up(kind, before);
    assert.equal((await site.command().diff(kind, kept, after)).changes, true);
    const changed = await site.command().update(kind, kept, after);
    const seen = await site.command().refresh(kind, changed);
    assert.ok(seen);
    assert.equal((await site.command().diff(kind, seen, after)).changes, false);
    assert.ok(!JSON.stringify(seen.state["layers"]).includes("3333-4444"));
  });

  it("leaves masked defaults of variables to the cluster, unless it cannot be given them", () => {
    const variable = { name: "token", defaultValue: "********", isSensitive: true };
    const text = (changes: object): string =>
      JSON.stringify({
        metadata: { name: "p" },
        spec: { version: "1.0.0", template: { type: "add-on", packs: null }, variables: [{ ...variable, ...changes }] },
      });
    const profile = readProfileExport(text({}), "p.json", none);
    assert.deepEqual(profile.maskedVariables, ["token"]);
    assert.equal(profile.variables[0]?.defaultValue, null);
    assert.throws(() => readProfileExport(text({ hidden: true }), "p.json", none), /default of variable token/);
  });

  it("says what is wrong with a file that is no export", () => {
    assert.throws(() => readProfileExport("{", "a.json", none), /a\.json is neither JSON nor YAML/);
    assert.throws(() => readProfileExport("{}", "a.json", none), /a\.json is no exported cluster profile: metadata/);
  });
});
