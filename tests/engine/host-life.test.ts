import assert from "node:assert/strict";
import { driftDocument, type DriftReport } from "../../ops/drift/document";
import { type Description, LabDatacenter, type LabMachine, ready, metalOnly } from "./support/lab-datacenter";
import { ended, refused, well } from "./support/outcomes";
import { counts, resourcesOf } from "./support/resources";

/** The resources of a host in the stack, by the last part of their names. */
const PARTS = ["", "-network", "-storage", "-pool"];

/** Reads every object and the whole description, as a drift check does, and restores what differs. */
const RECONCILE = ["--refresh", "--run-program"];

/** A machine as MAAS's API returns it, as far as these tests look at it. */
interface ApiMachine {
  hostname: string;
  zone: { name: string };
  interface_set: { name: string; params: { bond_mode?: string } | "" }[];
}

/** One stack goes through all of these; each case starts where the one before it ended. */
describe("hosts with a life on the lab", function () {
  this.timeout(600_000);
  const datacenter = new LabDatacenter();
  const allWorkers = ["worker-[1-6]", "worker-8"];
  let missing: LabMachine;

  before(async () => {
    await datacenter.lab("start", "--time-scale", "1000");
    await datacenter.lab("machine", "worker-8", "status", "broken");
    await describeWorkers(allWorkers);
    well(await datacenter.up());
  });
  after(() => datacenter.remove());

  /** The metal alone: one control plane host, and these machines in the worker pool. */
  async function describeWorkers(machines: unknown[], more: (description: Description) => void = () => undefined) {
    await datacenter.describe((description) => {
      metalOnly(description);
      Object.assign(description["hosts"]?.["control-plane"] as object, { machines: "cp-1" });
      Object.assign(description["hosts"]?.["worker-pool"] as object, { machines });
      more(description);
    });
  }

  const setZones = (zones: string[]) => (description: Description) => void Object.assign(description, { zones });
  const preview = (...options: string[]) => datacenter.pulumi(["preview", ...options]);

  /** Ids of a host's resources in the state. */
  function idsOf(host: string): (string | undefined)[] {
    const resources = resourcesOf(datacenter.state()).filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic"));
    return PARTS.map((part) => resources.find(({ urn }) => urn.endsWith(`::${host}${part}`))?.id);
  }

  /** A host in the stack's output `inventory`. */
  function inventoryOf(host: string): { systemId: string; zone: string } | undefined {
    const stack = resourcesOf(datacenter.state()).find(({ type }) => type === "pulumi:pulumi:Stack");
    const inventory = stack?.outputs?.["inventory"] as { name: string; systemId: string; zone: string }[];
    return inventory.find(({ name }) => name === host);
  }

  async function apiMachines(): Promise<ApiMachine[]> {
    return JSON.parse(await datacenter.lab("maas", "GET", "machines/")) as ApiMachine[];
  }

  async function zones(): Promise<Record<string, string>> {
    return Object.fromEntries((await apiMachines()).map(({ hostname, zone }) => [hostname, zone.name]));
  }

  async function bondMode(host: string): Promise<string | undefined> {
    const machine = (await apiMachines()).find(({ hostname }) => hostname === host);
    const params = machine?.interface_set.find(({ name }) => name === "bond_mgmt")?.params;
    return params === "" ? undefined : params?.bond_mode;
  }

  async function mtu(host: string): Promise<number | undefined> {
    return (await datacenter.machine(host)).interfaces.find(({ name }) => name === "bond_mgmt")?.params.mtu;
  }

  /** Whether a host has the bridge that its description asks for. */
  async function isBridged(host: string): Promise<boolean> {
    return (await datacenter.machine(host)).interfaces.some(({ name }) => name === "br0");
  }

  /** What `npm run drift` reports where it finds something. */
  async function drift(): Promise<DriftReport> {
    return driftDocument.parse(JSON.parse(ended(await datacenter.driftReport(["--json"]), 7).stdout));
  }

  it("leaves broken and missing hosts out of preview, and compares everything else", async () => {
    assert.deepEqual(
      idsOf("worker-8"),
      PARTS.map(() => "held-worker-8"),
      "a host that is broken from the start is a placeholder",
    );
    assert.equal(inventoryOf("worker-8")?.systemId, "");
    missing = await datacenter.machine("worker-4");
    await datacenter.lab("machine", "worker-3", "status", "broken");
    await datacenter.lab("maas", "DELETE", `machines/${missing.systemId}/`);
    const { output } = ended(await preview("--expect-no-changes"), 0);
    assert.match(
      output,
      /SIT001 vmo-metal:datacenter\.hosts\.worker-pool\.machines\[0\]: worker-4: MAAS has no machine/,
    );
    assert.match(output, /SIT005 .*worker-3 is Broken/);
    assert.match(
      output,
      /3 hosts are left out of this run.*worker-3 \(Broken\), worker-4 \(not found in MAAS\), worker-8 \(Broken\)/,
    );
  });

  it("reports the drift of another host, and reads none of the held ones as drift", async () => {
    await datacenter.lab("machine", "worker-5", "mtu", "bond_mgmt", "1400");
    const { drifted, findings } = await drift();
    assert.deepEqual(
      drifted.map(({ name }) => name),
      ["worker-5-network"],
    );
    assert.deepEqual(
      findings.filter(({ counts: isDrift }) => isDrift).map(({ code, host }) => [code, host]),
      [
        ["SIT001", "worker-4"],
        ["SIT005", "worker-3"],
        ["SIT005", "worker-8"],
      ],
    );
  });

  it("restores the other host with up, completes a repaired placeholder, and keeps the record of held hosts", async () => {
    await datacenter.lab("machine", "worker-8", "status", "ready");
    const before = [idsOf("worker-3"), idsOf("worker-4")];
    assert.match(well(await datacenter.up(...RECONCILE)).output, /2 hosts are left out of this run/);
    assert.equal(await mtu("worker-5"), 1500);
    assert.deepEqual([idsOf("worker-3"), idsOf("worker-4")], before);
    const { systemId } = await datacenter.machine("worker-8");
    assert.deepEqual(
      idsOf("worker-8"),
      PARTS.map(() => systemId),
    );
    assert.ok(await isBridged("worker-8"));
  });

  it("states in a plain preview that replaced hardware is another machine now, and what is done", async () => {
    const successor = await datacenter.machine("worker-7");
    await datacenter.lab("maas", "PUT", `machines/${successor.systemId}/`, "hostname=worker-4");
    await datacenter.lab("machine", "worker-3", "mtu", "bond_mgmt", "1400");
    await datacenter.lab("machine", "worker-3", "status", "ready");
    const { output } = ended(await preview("--diff"), 0);
    const replaced = `"${missing.systemId}" => "${successor.systemId}"`;
    assert.match(
      output,
      new RegExp(
        `worker-4: it is another machine now: system id ${missing.systemId} was replaced by ${successor.systemId}`,
      ),
    );
    assert.match(output, new RegExp(`systemId\\s*: ${replaced}`));
    assert.match(output, new RegExp(`machine\\s*: ${replaced}`));
  });

  it("moves the host to the new machine with up, and compares a repaired host again", async () => {
    const { systemId } = await datacenter.machine("worker-4");
    const zone = inventoryOf("worker-4")?.zone;
    well(await datacenter.up());
    assert.deepEqual(
      idsOf("worker-4"),
      PARTS.map(() => systemId),
    );
    assert.deepEqual([inventoryOf("worker-4")?.systemId, inventoryOf("worker-4")?.zone], [systemId, zone]);
    assert.ok(!datacenter.state().includes(missing.systemId), "the old system id is nowhere in the state");
    assert.ok(await isBridged("worker-4"));
    assert.deepEqual(
      (await drift()).drifted.map(({ name }) => name),
      ["worker-3-network"],
    );
  });

  it("changes nothing of a host that is out of service, and restores the others", async () => {
    const mode = await bondMode("worker-6");
    const worker = { hostname: "worker-6", bonds: { bond_mgmt: { mode: "active-backup" } } };
    await describeWorkers(["worker-[1-5]", { ...worker, outOfService: true }, "worker-8"]);
    const { output } = well(await datacenter.up(...RECONCILE));
    assert.match(output, /1 host is left out of this run.*worker-6 \(out of service\)/);
    assert.equal(await bondMode("worker-6"), mode);
    assert.equal(await mtu("worker-3"), 1500);
    await describeWorkers(["worker-1", "worker-[3-5]", worker, "worker-8"], setZones(["az1", "az2", "az3", "az4"]));
  });

  it("moves no host to another zone when one is removed, one is back in service, and a zone is added", async () => {
    const before = await zones();
    const { output } = ended(await preview(), 0);
    assert.match(output, /No host describes worker-2 \(\w+\) any more: an up takes it out of the resource pool first/);
    const ran = well(await datacenter.up());
    // Its four resources and their component.
    assert.equal(counts(ran.output)["deleted"], PARTS.length + 1, ran.output);
    assert.deepEqual(await zones(), { ...before, "worker-2": "default" });
    assert.ok(!(await isBridged("worker-2")), "its previous network is back");
    assert.equal(await bondMode("worker-6"), "active-backup", "what was described while it was out of service");
    ended(await datacenter.drift(), 0);
  });

  it("refuses in preview to drop a zone that hosts are in and to remove a deployed host", async () => {
    await datacenter.lab("machine", "worker-5", "status", "deployed");
    await describeWorkers(["worker-1", "worker-[3-4]", "worker-6", "worker-8"], setZones(["az2", "az3", "az4"]));
    refused(
      await preview(),
      /SIT053 .*the zone "az1" is still in use by .*worker-1/,
      /SIT051 .*worker-5 \(\w+, Deployed\) carries the marker of this datacenter, but no host describes it any more/,
      /scale its machine pool down or replace the node in Palette/,
      /nothing was touched/,
    );
    await datacenter.lab("machine", "worker-5", "status", "ready");
    await datacenter.hasStatus("worker-5", ready);
  });

  it("ends with a destroy, also while a machine is missing", async () => {
    const { systemId } = await datacenter.machine("worker-8");
    await datacenter.lab("maas", "DELETE", `machines/${systemId}/`);
    well(await datacenter.pulumi(["destroy", "--yes", "--skip-preview"]));
    assert.deepEqual(resourcesOf(datacenter.state()), []);
  });
});
