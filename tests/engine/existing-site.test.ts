import assert from "node:assert/strict";
import { parse } from "yaml";
import { type Description, LabDatacenter } from "./support/lab-datacenter";
import { refused, well } from "./support/outcomes";
import { counts } from "./support/resources";
import { assertSnapshot, diagnosticsOf } from "./support/snapshot";

/** Parts of the description that need Palette or Kubernetes. */
const beyondMetal = ["palette", "cluster", "storage", "virtualization"];

/** Leaves metal alone in a description, with these hosts, and no permission to change what exists. */
function metalOnly(description: Description, hosts: { controlPlane: string[]; workers: string[] }): void {
  for (const section of beyondMetal) Reflect.deleteProperty(description, section);
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

describe("a MAAS in use", function () {
  this.timeout(600_000);
  const datacenter = new LabDatacenter({ site: "occupied" });

  before(async () => {
    await datacenter.lab("start");
    await datacenter.describe((description) => {
      // Configured by hand before: cp-2 (an address), worker-2 (a zone), worker-3 (a bond), worker-5 (a bridge).
      metalOnly(description, { controlPlane: ["cp-2"], workers: ["worker-[2-3]", "worker-5"] });
      Object.assign(description["networks"]?.["provisioning"] as object, { dnsServers: ["192.168.0.9"] });
      Object.assign(description["networks"]?.["management"] as object, { gateway: "172.16.0.2", mtu: 9000 });
    });
  });
  after(() => datacenter.remove());

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
    assert.deepEqual(Object.keys(counts(well(await datacenter.up()).output)), ["unchanged"]);
    well(await datacenter.drift());
  });
});

describe("a site that is routed to the rack", function () {
  this.timeout(600_000);
  const datacenter = new LabDatacenter({ site: "routed" });

  before(async () => {
    await datacenter.lab("start");
    await datacenter.describe((description) => {
      metalOnly(description, { controlPlane: ["cp-[1-3]"], workers: ["worker-1", "worker-4"] });
      Object.assign(description, { zones: ["rack-1"] });
    });
  });
  after(() => datacenter.remove());

  it("refuses hosts that boot from networks of other racks than described, naming them", async () => {
    const ran = await datacenter.pulumi(["preview"]);
    refused(ran, /cp-2/, /cp-3/, /worker-4/);
    assertSnapshot("existing-site/routed-refused", diagnosticsOf(ran.output));
  });
});
