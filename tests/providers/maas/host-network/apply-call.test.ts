import assert from "node:assert/strict";
import { applyCall, applyCalls } from "../../../../providers/maas/host-network/apply-call";
import type { Call, InterfaceFields } from "../../../../providers/maas/host-network/call";
import type { PresentNetwork } from "../../../../providers/maas/host-network/present-network";
import { BOND, BRIDGE, FOUR_NICS, SUBNETS, edited, fourNicNetwork, freshNetwork, vlan } from "./networks";

const fresh = freshNetwork(...FOUR_NICS);
const built = fourNicNetwork();
const bond: Call = { operation: "create_bond", name: "bond0", parents: ["enp1s0", "enp2s0"], bond: BOND, tags: [] };
const bridge: Call = { operation: "create_bridge", name: "br9", parent: "bond_mgmt", bridge: BRIDGE, tags: [] };

function update(name: string, fields: InterfaceFields, tags: string[] = [], network = built): Call {
  return { operation: "update", interface: name, type: network.interfaces.get(name)?.type ?? "physical", fields, tags };
}

function after(call: Call, network: PresentNetwork = built): PresentNetwork {
  return applyCalls([call], network);
}

function at(network: PresentNetwork, name: string) {
  return network.interfaces.get(name) ?? assert.fail(`${name} is gone`);
}

describe("the model of MAAS", () => {
  it("takes all links off the members of a new bond and gives it none of them", () => {
    const network = after(bond, fresh);
    assert.deepEqual(at(network, "enp1s0").links, []);
    assert.deepEqual(at(network, "enp2s0").links, []);
    assert.deepEqual(
      at(network, "bond0").links.map((link) => link.mode),
      ["LINK_UP"],
    );
    assert.equal(at(network, "bond0").macAddress, at(fresh, "enp1s0").macAddress);
  });

  it("takes the links off what a bridge is put on, and the default gateway with them", () => {
    const on: Call = { ...bridge, parent: "bond_data.20" };
    const network = after(on);
    assert.deepEqual(at(network, "bond_data.20").links, []);
    assert.equal(network.defaultGatewayLinkId, undefined);
    assert.notEqual(built.defaultGatewayLinkId, undefined);
  });

  it("leaves the links below a new VLAN interface alone", () => {
    const network = after({ operation: "create_vlan", name: "v", parent: "bond_mgmt", vlan: vlan(30), tags: [] });
    assert.deepEqual(at(network, "bond_mgmt"), at(built, "bond_mgmt"));
  });

  it("deletes everything above, and leaves the members of a bond without a link and with the bond's MTU", () => {
    const network = after({ operation: "delete", interface: "bond_data" });
    assert.deepEqual([...network.interfaces.keys()].sort(), ["bond_mgmt", "bond_mgmt.10", ...FOUR_NICS].sort());
    assert.deepEqual(at(network, "enp1s1").links, []);
    assert.equal(at(network, "enp1s1").mtu, 1500);
    assert.equal(network.defaultGatewayLinkId, undefined);
  });

  it("raises MTUs below and lowers those above", () => {
    const raised = after(update("bond_data.20", { mtu: 9000 }));
    assert.deepEqual(
      ["bond_data.20", "bond_data", "enp1s1", "enp2s1", "br0"].map((name) => at(raised, name).mtu),
      [9000, 9000, 9000, 9000, 1500],
    );
    const lowered = after(update("bond_data", { mtu: 1400 }), raised);
    assert.deepEqual(
      ["bond_data.20", "bond_data", "enp1s1", "br0"].map((name) => at(lowered, name).mtu),
      [1400, 1400, 9000, 1400],
    );
    const cleared = after(update("bond_data", { mtu: null }));
    assert.deepEqual(
      ["bond_data", "enp1s1", "br0"].map((name) => at(cleared, name).mtu),
      [undefined, 1500, 1500],
    );
  });

  it("drops links with a change of VLAN, a bond's for its members too", () => {
    const moved = after(update("bond_mgmt.10", { vlan: vlan(30) }));
    assert.deepEqual(at(moved, "bond_mgmt.10").links, []);
    const bonded = after(update("bond_mgmt", { vlan: vlan(5) }));
    assert.deepEqual(at(bonded, "enp1s0").vlan, vlan(5));
    assert.deepEqual(at(bonded, "bond_mgmt").links, []);
    assert.deepEqual(at(bonded, "bond_mgmt.10").vlan, vlan(10));
    const bridged = after(update("br0", { vlan: vlan(5) }));
    assert.deepEqual([at(bridged, "bond_data").vlan, at(bridged, "enp2s1").vlan], [vlan(5), vlan(5)]);
  });

  it("keeps the links of a moved VLAN interface, not those of what a bridge is moved to", () => {
    const moved = after(update("bond_data.20", { name: "bond_mgmt.20", parents: ["bond_mgmt"] }));
    assert.deepEqual(at(moved, "bond_mgmt.20").links, at(built, "bond_data.20").links);
    assert.equal(at(moved, "bond_mgmt.20").macAddress, at(built, "bond_mgmt").macAddress);
    assert.deepEqual(at(after(update("br0", { parents: ["bond_mgmt"] })), "bond_mgmt").links, []);
  });

  it("takes the links off what is below a bridge with any change there", () => {
    const linked = edited(built, "bond_data", { links: [{ id: 90, mode: "DHCP" }] });
    for (const call of [update("enp1s1", { enabled: true }), update("bond_data.20", { mtu: 9000 })])
      assert.deepEqual(at(after(call, linked), "bond_data").links, [], JSON.stringify(call));
    assert.equal(at(after(update("bond_mgmt", { mtu: 1400 }), linked), "bond_data").links.length, 1);
    const moved = after(update("br0", { parents: ["bond_mgmt"] }), linked);
    assert.deepEqual([at(moved, "bond_data").links, at(moved, "bond_mgmt").links], [[], []]);
  });

  it("gives a bridge the MAC address below only when it had the one it leaves", () => {
    const own = edited(built, "br0", { macAddress: "02:00:00:00:00:01" });
    const move = update("br0", { parents: ["bond_mgmt"] });
    assert.equal(at(after(move), "br0").macAddress, at(built, "bond_mgmt").macAddress);
    assert.equal(at(after(move, own), "br0").macAddress, "02:00:00:00:00:01");
  });

  it("renames an interface in its relatives", () => {
    const renamed = after(update("bond_data", { name: "bond1" }));
    assert.deepEqual([at(renamed, "br0").parents, at(renamed, "bond_data.20").parents], [["bond1"], ["bond1"]]);
  });

  it("gives a bond another MAC address when the member goes that gave it, VLAN interfaces too, bridges not", () => {
    const left = after(update("bond_data", { parents: ["enp2s1"] }));
    const [first, second] = [at(built, "enp1s1").macAddress, at(built, "enp2s1").macAddress];
    assert.deepEqual(
      ["bond_data", "bond_data.20", "br0"].map((name) => at(left, name).macAddress),
      [second, second, first],
    );
  });

  it("lets links add up, replaces a LINK_UP and leaves one behind the last link", () => {
    const link: Call = {
      operation: "link_subnet",
      interface: "br0",
      mode: "AUTO",
      subnet: SUBNETS[0],
      vlan: vlan(0),
      defaultGateway: false,
    };
    const twice = applyCalls([link, link], built);
    assert.deepEqual(
      at(twice, "br0").links.map(({ mode }) => mode),
      ["AUTO", "AUTO"],
    );
    const [one, two] = at(twice, "br0").links.map(({ id }) => id);
    const unlink = (linkId = 0): Call => ({ operation: "unlink_subnet", interface: "br0", linkId, mode: "AUTO" });
    const bare = applyCalls([unlink(one), unlink(two)], twice);
    assert.deepEqual(
      at(bare, "br0").links.map(({ mode }) => mode),
      ["LINK_UP"],
    );
    assert.deepEqual(
      at(after({ operation: "remove_all_links", interface: "br0" }, twice), "br0").links.map(({ mode }) => mode),
      ["LINK_UP"],
    );
  });

  it("connects a disconnected NIC by an AUTO link", () => {
    const { vlan: _vlan, ...nic } = at(fresh, "enp2s0");
    const unplugged = { ...fresh, interfaces: new Map(fresh.interfaces).set("enp2s0", { ...nic, links: [] }) };
    const network = after(
      {
        operation: "link_subnet",
        interface: "enp2s0",
        mode: "AUTO",
        subnet: SUBNETS[1],
        vlan: vlan(10),
        defaultGateway: false,
      },
      unplugged,
    );
    assert.deepEqual(at(network, "enp2s0").vlan, vlan(10));
  });

  it("drops the links of a disabled NIC and brings a LINK_UP when it is enabled", () => {
    const off = after(update("enp1s0", { enabled: false }, [], fresh), fresh);
    assert.deepEqual(at(off, "enp1s0").links, []);
    assert.deepEqual(at(after(update("enp1s0", { enabled: true }, [], off), off), "enp1s0").links.length, 1);
  });

  const lone = edited(built, "enp1s1", {});
  const refused: Record<string, [Call, RegExp, PresentNetwork?]> = {
    "a bond over a NIC in use": [bond, /enp1s0 is in use/],
    "a bond over NICs of different VLANs": [bond, /another VLAN/, edited(fresh, "enp2s0", { vlan: vlan(10) })],
    "a bond under a taken name": [{ ...bond, name: "enp1s1" }, /name enp1s1 is taken/, fresh],
    "a bond of a bond": [{ ...bond, parents: ["bond_mgmt"] }, /no physical NIC/],
    "a bridge on a bridge": [{ ...bridge, parent: "br0" }, /br0 is a bridge itself/],
    "a second bridge": [{ ...bridge, parent: "bond_data" }, /in a bond or bridge/],
    "a VLAN interface on another fabric": [
      { operation: "create_vlan", name: "v", parent: "bond_mgmt", vlan: { fabric: "other", vid: 7 }, tags: [] },
      /not on the fabric other/,
    ],
    "a VLAN interface on a VLAN interface": [
      { operation: "create_vlan", name: "v", parent: "bond_mgmt.10", vlan: vlan(30), tags: [] },
      /VLAN interface itself/,
    ],
    "a VLAN interface on the member of a bond": [
      { operation: "create_vlan", name: "v", parent: "enp1s0", vlan: vlan(30), tags: [] },
      /enp1s0 is in a bond/,
    ],
    "an untagged VLAN interface": [update("bond_mgmt.10", { vlan: vlan(0) }), /tagged VLAN/],
    "a link on the member of a bond": [
      {
        operation: "link_subnet",
        interface: "enp1s0",
        mode: "AUTO",
        subnet: SUBNETS[0],
        vlan: vlan(0),
        defaultGateway: false,
      },
      /in a bond/,
    ],
    "a link to the subnet of another VLAN": [
      {
        operation: "link_subnet",
        interface: "br0",
        mode: "AUTO",
        subnet: SUBNETS[2],
        vlan: vlan(20),
        defaultGateway: false,
      },
      /br0 is on datacenter\/untagged, 10\.20\.0\.0\/16 is on datacenter\/20/,
    ],
    "an unknown link": [{ operation: "unlink_subnet", interface: "br0", linkId: 12345, mode: "AUTO" }, /no link 12345/],
    "the deletion of a NIC": [{ operation: "delete", interface: "enp1s1" }, /never deleted/, lone],
    "a bond that changes all members": [update("bond_mgmt", { parents: ["enp1s1"] }), /never measured|in use/],
    "an interface on top of itself": [update("bond_data.20", { parents: ["bond_data.20"] }), /sits on/],
    "the VLAN of a bond below a bridge": [update("bond_data", { vlan: vlan(5) }), /set on the bridge/],
    "the VLAN of a member": [update("enp1s0", { vlan: vlan(5) }), /the VLAN of a member is the bond's/],
  };
  for (const [what, [call, reason, network]] of Object.entries(refused))
    it(`refuses ${what}`, () => assert.match(applyCall(call, network ?? built).refused ?? "accepted", reason));

  it("refuses a STATIC address that is in use on the machine", () => {
    const link: Call = {
      operation: "link_subnet",
      interface: "bond_mgmt",
      mode: "STATIC",
      subnet: SUBNETS[0],
      ipAddress: "192.168.0.9",
      vlan: vlan(0),
      defaultGateway: false,
    };
    assert.match(applyCall({ ...link, interface: "br0" }, after(link)).refused ?? "", /192\.168\.0\.9 is in use/);
  });

  it("does not change the network that it is given", () => {
    const before = structuredClone(built);
    after({ operation: "delete", interface: "bond_data" });
    assert.deepEqual(built, before);
  });
});
