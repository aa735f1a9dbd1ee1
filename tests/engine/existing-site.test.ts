import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, parseDocument } from "yaml";
import { assertSeedRestored } from "./support/assert-seed-restored";
import { type Description, LabDatacenter, type LabStatus, metalOnly } from "./support/lab-datacenter";
import { refused, well } from "./support/outcomes";
import { counts } from "./support/resources";
import type { Ran } from "./support/run";
import { assertSnapshot, diagnosticsOf } from "./support/snapshot";

/** Leaves metal alone in a description, with these hosts, and no permission to change what exists. */
function describeHosts(description: Description, hosts: { controlPlane: string[]; workers: string[] }): void {
  metalOnly(description);
  delete description["maas"]?.["adopt"];
  Object.assign(description["hosts"]?.["control-plane"] as object, { machines: hosts.controlPlane });
  Object.assign(description["hosts"]?.["worker-pool"] as object, { machines: hosts.workers });
}

/** Lines about single objects of the site. */
function objectLines(text: string): string[] {
  return text.split("\n").filter((line) => / exists in MAAS, is adopted, and changes: /.test(line));
}

/** The approvals that messages print, ready to be pasted. */
function printedApprovals(output: string): unknown[] {
  const found = [...output.matchAll(/maas\.approve: (\[.*?\])/g)].map(([, entries]) => entries ?? "[]");
  return [...new Set(found)].flatMap((entries) => parse(entries) as unknown[]);
}

const destroy = ["destroy", "--yes", "--skip-preview"] as const;

describe("a MAAS in use", function () {
  this.timeout(600_000);
  const datacenter = new LabDatacenter({ site: "occupied" });
  let seed: LabStatus;

  before(async () => {
    await datacenter.lab("start");
    seed = await datacenter.status();
    await datacenter.describe((description) => {
      // Configured by hand before: cp-2 (an address), worker-2 (a zone), worker-3 (a bond), worker-5 (a bridge).
      describeHosts(description, { controlPlane: ["cp-2"], workers: ["worker-[2-3]", "worker-5"] });
      Object.assign(description["networks"]?.["provisioning"] as object, { dnsServers: ["192.168.0.9"] });
      Object.assign(description["networks"]?.["management"] as object, { gateway: "172.16.0.2", mtu: 9000 });
    });
  });
  after(() => datacenter.remove());

  async function unchanged(): Promise<void> {
    assert.deepEqual(Object.keys(counts(well(await datacenter.up()).output)), ["unchanged"]);
  }

  it("is not changed without a permission: the preview names each object, field and value", async () => {
    const ran = await datacenter.pulumi(["preview"]);
    refused(ran, /OBJ013 .*dnsServers 192\.168\.0\.53, 192\.168\.0\.54 -> 192\.168\.0\.9.*set maas\.adopt: true/);
    assertSnapshot("existing-site/occupied-refused", diagnosticsOf(ran.output));
    await datacenter.describe((description) => {
      Object.assign(description["maas"] ?? {}, { adopt: true, approve: printedApprovals(ran.output) });
    });
  });

  it("shows every effect in a plain preview, one line for an object, and each host's", async () => {
    const { output } = well(await datacenter.pulumi(["preview"]));
    const text = diagnosticsOf(output);
    assertSnapshot("existing-site/occupied-preview", text);
    const objects = objectLines(text).map((line) => line.replace(/ exists in MAAS.*/, ""));
    assert.deepEqual(objects, [...new Set(objects)]);
  });

  it("is built on, and then nothing is left to do", async () => {
    well(await datacenter.up());
    await unchanged();
    well(await datacenter.drift());
  });

  /** Runs the engine on stack `second`, on the same MAAS: other hosts, `change` in its description. */
  async function second(
    args: readonly string[],
    change: (description: Description) => void = () => undefined,
  ): Promise<Ran> {
    const document = parseDocument(readFileSync(await datacenter.stackFile(), "utf8"));
    const path = ["config", "vmo-metal:datacenter"];
    const description = (document.getIn(path) as { toJSON(): Description }).toJSON();
    describeHosts(description, { controlPlane: ["cp-1"], workers: ["worker-1"] });
    Object.assign(description, { name: "second" });
    delete description["maas"]?.["approve"];
    change(description);
    document.setIn(path, document.createNode(description));
    const stackFile = join(datacenter.folder, "Pulumi.second.yaml");
    writeFileSync(stackFile, document.toString());
    const { maasApiKey } = await datacenter.credentials();
    return datacenter.secondStack("second", stackFile, args, { VMO_METAL_SECOND_MAAS_API_KEY: maasApiKey });
  }

  it("has one owner for each object: a second stack with other values is refused, naming both stacks", async () => {
    const ran = await second(["preview"], ({ networks }) => {
      Object.assign(networks?.["provisioning"] as object, { dnsServers: ["192.168.0.10"] });
    });
    refused(
      ran,
      /OBJ015 .*subnet 192\.168\.0\.0\/22 is managed by the stack of datacenter "dev".*dnsServers is 192\.168\.0\.9, described is 192\.168\.0\.10/,
    );
  });

  it("is shared: a second stack with equal values references what the first one owns", async () => {
    const { output } = well(await second(["preview"]));
    assert.match(output, /managed by datacenter "dev", compared and never written: .*subnet 192\.168\.0\.0\/22/);
    well(await second(["up", "--yes", "--skip-preview"]));
    await unchanged();
  });

  it("has every previous value back after the destroy of the second stack, then of the first", async () => {
    well(await second(destroy));
    well(await datacenter.pulumi(destroy));
    assertSeedRestored(seed, await datacenter.status());
  });

  it("has every previous value back after the destroy of the first stack, refused while it is used, then of the second", async () => {
    well(await datacenter.up());
    well(await second(["up", "--yes", "--skip-preview"]));
    refused(await datacenter.pulumi(destroy), /still in use/);
    well(await second(destroy));
    well(await datacenter.pulumi(destroy));
    assertSeedRestored(seed, await datacenter.status());
  });
});

describe("a site that is routed to the rack", function () {
  this.timeout(600_000);
  const datacenter = new LabDatacenter({ site: "routed" });
  let seed: LabStatus;

  before(async () => {
    await datacenter.lab("start");
    seed = await datacenter.status();
    await datacenter.describe((description) => {
      describeHosts(description, { controlPlane: ["cp-[1-3]"], workers: ["worker-1", "worker-4"] });
      Object.assign(description, { zones: ["rack-1"] });
    });
  });
  after(() => datacenter.remove());

  it("refuses hosts that boot from networks of other racks than described, naming them", async () => {
    const ran = await datacenter.pulumi(["preview"]);
    refused(ran, /cp-2/, /cp-3/, /worker-4/);
    assertSnapshot("existing-site/routed-refused", diagnosticsOf(ran.output));
  });

  it("takes the hosts of one rack", async () => {
    await datacenter.describe((description) => {
      describeHosts(description, { controlPlane: ["cp-1"], workers: ["worker-1"] });
      Object.assign(description["maas"] ?? {}, { adopt: true });
    });
    const { output } = well(await datacenter.pulumi(["preview"]));
    assertSnapshot("existing-site/routed-preview", diagnosticsOf(output));
    well(await datacenter.up());
    assert.deepEqual(Object.keys(counts(well(await datacenter.up()).output)), ["unchanged"]);
    well(await datacenter.drift());
    well(await datacenter.pulumi(destroy));
    assertSeedRestored(seed, await datacenter.status());
  });
});
