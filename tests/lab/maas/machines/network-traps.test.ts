import assert from "node:assert/strict";
import { Region } from "./region";

/** Behaviour of MAAS that surprises, one line each; the description says what happens. */
const TRAPS: Record<string, (region: Region) => void> = {
  "a bond's defaults are balance-rr and fast, not what the documentation says": (region) => {
    region.bond("bond0", ["enp1s0", "enp2s0"]);
    assert.deepEqual(region.nic("bond0").params, {
      bond_mode: "balance-rr",
      bond_miimon: 100,
      bond_downdelay: 0,
      bond_updelay: 0,
      bond_num_grat_arp: 1,
      bond_lacp_rate: "fast",
      bond_xmit_hash_policy: "layer2",
    });
  },
  "a bond takes the MAC address of the lowest member, whatever the order sent": (region) => {
    region.bond("bond0", ["enp2s1", "enp1s1"]);
    assert.equal(region.nic("bond0").macAddress, region.nic("enp1s1").macAddress);
  },
  "a bond's members lose every link and the bond gets a LINK_UP": (region) => {
    region.bond("bond0", ["enp1s0", "enp2s0"]);
    assert.deepEqual([region.links("enp1s0"), region.links("enp2s0"), region.links("bond0")], [[], [], ["link_up"]]);
  },
  "an MTU given to a bond is written to its members and stays when the bond goes": (region) => {
    region.bond("bond0", ["enp1s0", "enp2s0"], { mtu: 9000 });
    region.request("DELETE", `/nodes/${region.machine().systemId}/interfaces/bond0/`);
    assert.deepEqual(region.nic("enp2s0").params, { mtu: 9000 });
  },
  "members that a deleted bond leaves have no links, not even LINK_UP": (region) => {
    region.bond("bond0", ["enp1s0", "enp2s0"]);
    region.request("DELETE", `/nodes/${region.machine().systemId}/interfaces/bond0/`);
    assert.deepEqual(region.links("enp1s0"), []);
  },
  "deleting a bond takes bridges and VLAN interfaces on it along": (region) => {
    region.bond("bond0", ["enp1s0", "enp2s0"]);
    region.bridge("br0", "bond0");
    region.vlan("bond0", region.places.vlan20);
    region.request("DELETE", `/nodes/${region.machine().systemId}/interfaces/bond0/`);
    assert.deepEqual(
      region.machine().interfaces.map((each) => each.name),
      ["enp1s0", "enp2s0", "enp1s1", "enp2s1"],
    );
  },
  "a bridge drops its port's links instead of taking them over": (region) => {
    region.bridge("br0", "enp1s0");
    assert.deepEqual([region.links("enp1s0"), region.links("br0")], [[], ["link_up"]]);
  },
  "on an Allocated machine a bridge does take its port's links over, with their ids": (region) => {
    const id = region.nic("enp1s0").addresses.find((address) => address.allocationType === "auto")?.id;
    region.request("POST", "/machines/", { system_id: region.machine().systemId }, "allocate");
    region.bridge("br0", "enp1s0");
    assert.deepEqual(
      region.nic("br0").addresses.map((address) => address.id),
      [id],
    );
  },
  "bridge_stp understands true and false only; 0, 1 and maybe keep the old value": (region) => {
    region.bridge("br0", "enp1s0", { bridge_stp: "true" });
    for (const value of ["0", "maybe", ""]) region.put("br0", { bridge_stp: value });
    assert.equal(region.nic("br0").params.bridge_stp, true);
    region.put("br0", { bridge_stp: "false" });
    assert.equal(region.nic("br0").params.bridge_stp, false);
  },
  "PUT of a bridge ignores parent and takes parents": (region) => {
    region.bridge("br0", "enp1s0");
    const { id } = region.nic("enp2s0");
    region.put("br0", { parent: id });
    assert.deepEqual(region.nic("br0").parents, [region.nic("enp1s0").id]);
    region.put("br0", { parents: id });
    assert.deepEqual(region.nic("br0").parents, [id]);
  },
  "a VLAN interface's MTU is written to a parent that has a smaller one or none": (region) => {
    region.vlan("enp1s0", region.places.vlan10, { mtu: 9000 });
    assert.deepEqual(region.nic("enp1s0").params, { mtu: 9000 });
  },
  "a lower MTU of a bond lowers what is on it": (region) => {
    region.bond("bond0", ["enp1s0", "enp2s0"], { mtu: 9000 });
    region.bridge("br0", "bond0", { mtu: 9000 });
    region.put("bond0", { mtu: 1500 });
    assert.equal(region.nic("br0").params.mtu, 1500);
  },
  "an MTU that is cleared stays in members": (region) => {
    region.bond("bond0", ["enp1s0", "enp2s0"], { mtu: 9000 });
    region.put("bond0", { mtu: "" });
    assert.equal(region.nic("bond0").params.mtu, undefined);
    assert.equal(region.nic("enp1s0").params.mtu, 9000);
  },
  "effective_mtu of a bond is at least what a VLAN on it needs, params stay without": (region) => {
    region.bond("bond0", ["enp1s0", "enp2s0"]);
    region.vlan("bond0", region.places.vlan30);
    const [first] = region.read().interface_set as { effective_mtu: number; params: object }[];
    assert.deepEqual([first?.effective_mtu, first?.params], [9000, {}]);
  },
  "PUT without tags keeps only the last of several tags": (region) => {
    region.put("enp1s0", { tags: "a,b,c" });
    region.put("enp1s0", { mtu: 1500 });
    assert.deepEqual(region.nic("enp1s0").tags, ["c"]);
  },
  "PUT of a vlan drops the links and leaves no LINK_UP": (region) => {
    region.put("enp1s0", { vlan: region.places.otherFabric });
    assert.deepEqual(region.links("enp1s0"), []);
  },
  "an empty vlan disconnects": (region) => {
    region.put("enp1s0", { vlan: "" });
    assert.deepEqual([region.nic("enp1s0").vlanId, region.links("enp1s0")], [null, []]);
  },
  "PUT of a bond's parents silently moves a NIC of another VLAN": (region) => {
    region.bond("bond0", ["enp1s0"]);
    region.put("enp2s1", { vlan: region.places.otherFabric });
    region.put("bond0", { parents: [region.nic("enp1s0").id, region.nic("enp2s1").id] });
    assert.equal(region.nic("enp2s1").vlanId, region.places.untagged);
  },
  "a member that leaves a bond stays on its VLAN without links": (region) => {
    region.bond("bond0", ["enp1s0", "enp2s0"]);
    region.put("bond0", { parents: region.nic("enp1s0").id });
    assert.deepEqual([region.nic("enp2s0").vlanId, region.links("enp2s0")], [region.places.untagged, []]);
  },
  "bond and VLAN interfaces take another MAC when its giver leaves, a bridge keeps it": (region) => {
    region.bond("bond0", ["enp1s0", "enp2s0"]);
    region.bridge("br0", "bond0");
    region.vlan("bond0", region.places.vlan20);
    const [old, other] = [region.nic("enp1s0").macAddress, region.nic("enp2s0").macAddress];
    region.put("bond0", { parents: region.nic("enp2s0").id });
    const macs = ["bond0", "bond0.20", "br0"].map((name) => region.nic(name).macAddress);
    assert.deepEqual(macs, [other, other, old]);
  },
  "links add up: the same AUTO twice makes two": (region) => {
    const fields = { mode: "AUTO", subnet: region.places.pxe };
    region.operate("enp1s0", "link_subnet", fields);
    assert.deepEqual(region.links("enp1s0"), ["auto", "auto"]);
  },
  "the first real link replaces a LINK_UP": (region) => {
    region.operate("enp2s0", "link_subnet", { mode: "auto", subnet: region.places.pxe });
    assert.deepEqual(region.links("enp2s0"), ["auto"]);
  },
  "the last link that goes leaves a LINK_UP": (region) => {
    const [link] = region.nic("enp1s0").addresses.filter((address) => address.allocationType === "auto");
    region.operate("enp1s0", "unlink_subnet", { id: link?.id ?? 0 });
    assert.deepEqual(region.links("enp1s0"), ["link_up"]);
  },
  "LINK_UP beside other links needs force, which drops them": (region) => {
    const refused = region.operate("enp1s0", "link_subnet", { mode: "LINK_UP" });
    assert.equal(refused.status, 400);
    region.operate("enp1s0", "link_subnet", { mode: "LINK_UP", force: true });
    assert.deepEqual(region.links("enp1s0"), ["link_up"]);
  },
  "a link on a disconnected NIC connects it without force": (region) => {
    region.operate("enp2s0", "disconnect");
    region.operate("enp2s0", "link_subnet", { mode: "AUTO", subnet: region.places.pxe });
    assert.equal(region.nic("enp2s0").vlanId, region.places.untagged);
  },
  "a forced link to a subnet elsewhere moves a bond with its members": (region) => {
    region.bond("bond0", ["enp1s0", "enp2s0"]);
    region.operate("bond0", "link_subnet", { mode: "AUTO", subnet: region.places.other, force: true });
    const vlans = ["bond0", "enp1s0", "enp2s0"].map((name) => region.nic(name).vlanId);
    assert.deepEqual(new Set(vlans), new Set([region.places.otherFabric]));
  },
  "an AUTO link on a disconnected bond under a bridge connects one member and leaves the bond's vlan null": (
    region,
  ) => {
    for (const name of ["enp1s0", "enp2s0"]) region.operate(name, "disconnect");
    region.bond("bond0", ["enp1s0", "enp2s0"]);
    region.bridge("br0", "bond0");
    region.operate("bond0", "link_subnet", { mode: "AUTO", subnet: region.places.pxe });
    const vlans = ["bond0", "br0", "enp1s0", "enp2s0"].map((name) => region.nic(name).vlanId);
    assert.deepEqual(vlans, [null, null, null, region.places.untagged]);
    region.put("bond0", { vlan: region.places.untagged });
    assert.equal(region.nic("bond0").vlanId, null, "PUT of the bond's vlan has no effect under a bridge");
    region.put("br0", { vlan: region.places.untagged });
    const repaired = ["bond0", "br0", "enp1s0", "enp2s0"].map((name) => region.nic(name).vlanId);
    assert.deepEqual(new Set(repaired), new Set([region.places.untagged]), "the topmost bridge's reaches the members");
  },
  "a VLAN interface on a disconnected bond is a 500": (region) => {
    for (const name of ["enp1s0", "enp2s0"]) region.operate(name, "disconnect");
    region.bond("bond0", ["enp1s0", "enp2s0"]);
    const answer = region.vlan("bond0", region.places.vlan10);
    assert.deepEqual([answer.status, answer.text], [500, "'NoneType' object has no attribute 'fabric_id'"]);
  },
  "a disabled NIC has no links, an enabled one gets a LINK_UP": (region) => {
    region.put("enp1s0", { enabled: false });
    assert.deepEqual(region.links("enp1s0"), []);
    region.put("enp1s0", { enabled: true });
    assert.deepEqual(region.links("enp1s0"), ["link_up"]);
  },
  "enabled=false is dropped silently on a bridge": (region) => {
    region.bridge("br0", "enp1s0");
    assert.equal(region.put("br0", { enabled: false }).status, 200);
    assert.equal(region.nic("br0").enabled, true);
  },
  "a VLAN interface is moved by one PUT and keeps its link": (region) => {
    region.bond("bond0", ["enp1s0", "enp2s0"]);
    region.bridge("br0", "bond0");
    region.vlan("bond0", region.places.vlan20);
    region.operate("bond0.20", "link_subnet", { mode: "AUTO", subnet: region.places.data, default_gateway: true });
    const [link] = region.nic("bond0.20").addresses;
    region.put("bond0.20", { parent: region.nic("br0").id, name: "br0.20" });
    assert.equal(region.nic("br0.20").addresses[0]?.id, link?.id);
    assert.equal(region.machine().gatewayLinkIpv4Id, link?.id);
  },
  "the name of a VLAN interface follows neither its parent nor its VLAN": (region) => {
    region.vlan("enp1s0", region.places.vlan10);
    region.put("enp1s0", { name: "eth9" });
    region.put("enp1s0.10", { vlan: region.places.vlan20 });
    assert.ok(region.has("enp1s0.10"));
  },
  "a fabric vanishes when its last interface moves away and it has no subnet": (region) => {
    const { store } = region;
    store.site.subnets = store.site.subnets.filter((subnet) => subnet.id !== region.places.other);
    region.put("enp2s0", { vlan: region.places.otherFabric });
    region.put("enp2s0", { vlan: region.places.untagged });
    assert.ok(!store.site.fabrics.some((fabric) => fabric.name === "remote"));
  },
  "a locked machine refuses without a word": (region) => {
    region.store.machines[0] = { ...region.machine(), locked: true };
    assert.deepEqual([region.put("enp1s0", { mtu: 1500 }).status, region.put("enp1s0", { mtu: 1500 }).text], [403, ""]);
  },
  "on a Deployed machine fields other than name and MAC are dropped silently": (region) => {
    region.store.machines[0] = { ...region.machine(), status: 6 };
    assert.equal(region.put("enp1s0", { mtu: 9000, tags: "x", vlan: "", name: "eth0" }).status, 200);
    const { params, tags, vlanId } = region.nic("eth0");
    assert.deepEqual([params, tags, vlanId], [{}, [], region.places.untagged]);
  },
};

describe("a machine's network, as MAAS has it", () => {
  for (const [description, check] of Object.entries(TRAPS)) it(description, () => check(new Region()));

  it("takes letters of any script in an interface's name, but no blank and no 16th character", () => {
    const region = new Region(1);
    assert.equal(region.put("enp1s0", { name: "äth0" }).status, 200);
    assert.equal(region.nic("äth0").type, "physical");
    for (const name of ["eno1 x", "eno1@if2", "a".repeat(16)]) {
      assert.equal(region.put("äth0", { name }).status, 400, name);
    }
  });
});
