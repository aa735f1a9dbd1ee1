import assert from "node:assert/strict";
import { Region } from "./region";

function fourNic(region: Region): void {
  region.bond("bond_mgmt", ["enp1s0", "enp2s0"], { mtu: 9000 });
  region.vlan("bond_mgmt", region.places.vlan10);
  region.bond("bond_data", ["enp1s1", "enp2s1"]);
  region.bridge("br0", "bond_data");
  region.vlan("bond_data", region.places.vlan20);
  const link = { mode: "AUTO", subnet: region.places.data, default_gateway: true };
  region.operate("bond_data.20", "link_subnet", link);
}

describe("restore_networking_configuration", () => {
  it("goes back to plain NICs with the boot NIC's link and keeps their MTU", () => {
    const region = new Region();
    fourNic(region);
    const answer = region.tell("restore_networking_configuration");
    assert.equal(answer.status, 200);
    assert.deepEqual(
      region.machine().interfaces.map((each) => each.name),
      ["enp1s0", "enp2s0", "enp1s1", "enp2s1"],
    );
    const links = ["enp1s0", "enp2s0", "enp1s1", "enp2s1"].map((name) => region.links(name));
    assert.deepEqual(links, [["auto"], ["link_up"], ["link_up"], ["link_up"]]);
    assert.equal(region.nic("enp1s0").params.mtu, 9000);
    assert.equal(region.machine().gatewayLinkIpv4Id, null);
  });

  it("gives names back that were changed", () => {
    const region = new Region();
    region.put("enp2s0", { name: "eth7" });
    region.tell("restore_networking_configuration");
    assert.ok(region.has("enp2s0") && !region.has("eth7"));
  });

  it("brings a deleted boot NIC back as an ordinary one: the next NIC boots for good", () => {
    const region = new Region();
    const { id } = region.nic("enp1s0");
    region.request("DELETE", `/nodes/${region.machine().systemId}/interfaces/${id}/`);
    region.tell("restore_networking_configuration");
    const boot = region.read().boot_interface as { name: string };
    assert.equal(boot.name, "enp2s0");
    assert.notEqual(region.nic("enp1s0").id, id);
    assert.deepEqual([region.links("enp1s0"), region.links("enp2s0")], [["link_up"], ["auto"]]);
  });

  it("puts a deleted NIC that had no address on a new fabric", () => {
    const region = new Region();
    const before = region.store.site.fabrics.length;
    region.request("DELETE", `/nodes/${region.machine().systemId}/interfaces/enp2s1/`);
    region.tell("restore_networking_configuration");
    assert.equal(region.store.site.fabrics.length, before + 1);
    assert.notEqual(region.nic("enp2s1").vlanId, region.places.untagged);
  });

  it("keeps the VLAN of a NIC of which commissioning saw no address", () => {
    const region = new Region();
    region.put("enp2s1", { vlan: region.places.otherFabric });
    region.put("enp1s0", { vlan: region.places.otherFabric });
    region.tell("restore_networking_configuration");
    assert.equal(region.nic("enp2s1").vlanId, region.places.otherFabric);
    assert.equal(region.nic("enp1s0").vlanId, region.places.untagged, "the boot NIC's address says where it is");
  });

  it("is refused unless the machine is Ready or failed its tests", () => {
    const region = new Region();
    region.machine().status = 10;
    const answer = region.tell("restore_networking_configuration");
    const text = "Machine must be in a ready or failed testing state to restore networking configuration";
    assert.deepEqual([answer.status, answer.text], [409, text]);
  });
});
