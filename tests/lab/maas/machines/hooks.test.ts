import assert from "node:assert/strict";
import { onSubnetDeleted, onVlanDeleted, onZoneDeleted } from "../../../../lab/maas/machines/site-deletions";
import { machinesInPool, vlanInUse } from "../../../../lab/maas/machines/machines-of";
import { addressesInUse } from "../../../../lab/maas/machines/held-addresses";
import { onTagDeleted, onTagRenamed, updateTagMembers } from "../../../../lab/maas/machines/tag-members";
import { setMachineStatus } from "../../../../lab/maas/machines/set-machine-status";
import { Region } from "./region";

describe("what changes of the site do to machines", () => {
  it("a deleted VLAN takes VLAN interfaces along and moves the others without links", () => {
    const region = new Region();
    region.vlan("enp1s0", region.places.vlan10);
    region.put("enp2s1", { vlan: region.places.vlan10 });
    onVlanDeleted(region.store, region.places.vlan10, region.places.untagged);
    assert.ok(!region.has("enp1s0.10"));
    assert.deepEqual([region.nic("enp2s1").vlanId, region.links("enp2s1")], [region.places.untagged, []]);
  });

  it("a deleted subnet takes its links along, also of a Deployed machine", () => {
    const region = new Region();
    region.operate("enp1s0", "set_default_gateway");
    region.machine().status = 6;
    onSubnetDeleted(region.store, region.places.pxe);
    assert.deepEqual([region.links("enp1s0"), region.machine().gatewayLinkIpv4Id], [[], null]);
  });

  it("a deleted zone hands its machines to the default one", () => {
    const region = new Region();
    region.machine().zoneId = 5;
    onZoneDeleted(region.store, 5, 1);
    assert.equal(region.machine().zoneId, 1);
  });

  it("tags are given, taken, renamed and deleted; unknown machines do not count", () => {
    const region = new Region();
    const { systemId } = region.machine();
    const add = [systemId, "nobody"];
    assert.deepEqual(updateTagMembers(region.store, "a", add, []), { added: 1, removed: 0 });
    assert.deepEqual(updateTagMembers(region.store, "a", add, []), { added: 1, removed: 0 });
    onTagRenamed(region.store, "a", "b");
    assert.deepEqual(region.machine().tagNames, ["b"]);
    onTagDeleted(region.store, "b");
    assert.deepEqual(region.machine().tagNames, []);
  });

  it("who is in a pool, on a VLAN and holds an address", () => {
    const region = new Region();
    assert.equal(machinesInPool(region.store, 0).length, 2);
    region.vlan("enp1s0", region.places.vlan10);
    assert.deepEqual(vlanInUse(region.store, region.places.vlan10), ["enp1s0.10 (vlan) on node001"]);
    const held = addressesInUse(region.store, region.places.pxe).map(({ ip, allocType, hostname }) => [
      ip,
      allocType,
      hostname,
    ]);
    assert.deepEqual(held, [
      ["10.99.0.21", 6, "node001"],
      ["10.99.0.22", 6, "node002"],
    ]);
  });

  it("a status set by hand changes nothing but what shows with it", () => {
    const region = new Region();
    const { systemId } = region.machine();
    setMachineStatus(region.store, systemId, "deployed");
    const { owner, osystem, power_state: power } = region.read();
    assert.deepEqual([owner, osystem, power], ["admin", "ubuntu", "on"]);
    const [sda] = region.read().blockdevice_set as unknown as { partitions: { used_for: string }[] }[];
    assert.equal(sda?.partitions[0]?.used_for, "Unused", "no allocation copied the file systems");
    setMachineStatus(region.store, systemId, "Failed deployment");
    assert.equal(region.read().status_name, "Failed deployment");
    assert.throws(() => setMachineStatus(region.store, systemId, "happy"), /"happy" is no machine status/);
  });
});
