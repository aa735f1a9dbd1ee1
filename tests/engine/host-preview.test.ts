import assert from "node:assert/strict";
import { deployed, type Description, LabDatacenter, ready, metalOnly } from "./support/lab-datacenter";
import { ended, refused } from "./support/outcomes";
import { counts } from "./support/resources";

/** Parts of MAAS's answer about a machine. */
interface Machine {
  readonly system_id: string;
  readonly interface_set: readonly { readonly id: number; readonly name: string }[];
  readonly blockdevice_set: readonly { readonly id: number; readonly name: string }[];
}

describe("the preview of hosts on the lab", function () {
  this.timeout(600_000);
  const datacenter = new LabDatacenter();

  before(async () => {
    await datacenter.lab("start");
    await datacenter.describe((description) => {
      metalOnly(description);
      Object.assign(description["hosts"] ?? {}, { "control-plane": { layout: "control-plane", machines: ["cp-1"] } });
      Object.assign(description["hosts"] ?? {}, { "worker-pool": { machines: "worker-[1-3]" } });
    });
  });
  after(() => datacenter.remove());

  async function machine(hostname: string): Promise<Machine> {
    const [found] = JSON.parse(await datacenter.lab("maas", "GET", `machines/?hostname=${hostname}`)) as Machine[];
    if (found === undefined) throw new Error(`the lab's MAAS has no machine ${hostname}`);
    return found;
  }

  const approve = (description: Description): unknown =>
    Object.assign(description["maas"] ?? {}, { approve: [{ object: "host worker-1", field: "osDisk" }] });

  it("refuses to move a root file system that somebody laid out, with the entry that approves it", async () => {
    const { blockdevice_set: disks } = await machine("worker-1");
    const other = disks.find(({ name }) => name === "sdb");
    assert.ok(other);
    await datacenter.lab("machine", "worker-1", "set_storage_layout", "storage_layout=flat", `root_device=${other.id}`);
    const preview = await datacenter.pulumi(["preview"]);
    refused(
      preview,
      /MCH003 .*the root file system of worker-1 is on sdb \(.*\), and would move to sda/,
      /maas\.approve: \[\{ object: "host worker-1", field: osDisk \}\]/,
    );
    await datacenter.describe(approve);
  });

  it("names disks, VLANs, and what was made by hand, equal effects of several hosts on one line", async () => {
    const { system_id: id, interface_set: nics } = await machine("worker-3");
    const parents = nics.filter(({ name }) => name === "enp1s1" || name === "enp2s1");
    const members = parents.map((nic) => `parents=${nic.id}`);
    await datacenter.lab("maas", "POST", `nodes/${id}/interfaces/?op=create_bond`, "name=bond9", ...members);
    const { output } = ended(await datacenter.pulumi(["preview"]), 0);
    assert.match(output, /worker-1: operating system to sda \([^)]*serial [^)]*\); now on sdb \([^)]*serial [^)]*\)/);
    assert.match(output, /worker-3: removed, because not described: bond9 \(bond on enp1s1, enp2s1\)/);
    assert.match(output, /worker-2, worker-3: operating system on sda \(.*serials .*, .* GB\)/);
    assert.match(output, /: interfaces change VLAN: .* to (fabric-0|datacenter)\/untagged/);
  });

  it("has nothing to report once everything is as described", async () => {
    ended(await datacenter.up(), 0);
    const { output } = ended(await datacenter.pulumi(["preview"]), 0);
    assert.doesNotMatch(output, /operating system|change VLAN|removed, because|given up|pending until repave/);
    assert.deepEqual(Object.keys(counts(output)), ["unchanged"], output);
  });

  it("reports settings of the site that deployed hosts get with their next deployment, and no drift until then", async () => {
    for (const host of ["worker-1", "worker-2"]) {
      await datacenter.lab("maas", "POST", "machines/?op=allocate", `name=${host}`);
      await datacenter.lab("machine", host, "deploy");
      await datacenter.hasStatus(host, deployed);
    }
    await datacenter.describe((description) => {
      Object.assign(description["networks"]?.["data"] as object, { gateway: "10.20.30.2" });
    });
    const line =
      /worker-1, worker-2: pending until repave: 10\.20\.0\.0\/16: gateway is 10\.20\.30\.1, wanted 10\.20\.30\.2/;
    assert.match(ended(await datacenter.pulumi(["preview"]), 0).output, line);
    ended(await datacenter.up(), 0);
    const drift = ended(await datacenter.drift(), 0);
    assert.match(drift.output, line);
    const pending = ended(await datacenter.pulumi(["stack", "output", "pending", "--json"]), 0);
    assert.match(pending.stdout, /worker-2: 10\.20\.0\.0\/16: gateway is 10\.20\.30\.1, wanted 10\.20\.30\.2/);
  });

  it("reports them no more when the hosts are back", async () => {
    for (const host of ["worker-1", "worker-2"]) {
      await datacenter.lab("machine", host, "release");
      await datacenter.hasStatus(host, ready);
    }
    ended(await datacenter.up(), 0);
    const again = ended(await datacenter.pulumi(["preview"]), 0);
    assert.doesNotMatch(again.output, /pending until repave/);
    assert.deepEqual(Object.keys(counts(again.output)), ["unchanged"], again.output);
  });
});
