import assert from "node:assert/strict";
import type { MaasAnswer } from "../../../../lab/maas/server/route";
import { Region } from "./region";

const NAME_RULE =
  "The interface name must be 1 to 15 characters long and can only contain alphanumeric characters, hyphens ('-'), " +
  "underscores ('_'), periods ('.'), and colons (':').";
const BLANK_MAC = { mac_address: ["This field cannot be blank."] };

/** Requests that are refused with 400: what comes before, the request, the faults by field. */
const REFUSALS: [string, (region: Region) => MaasAnswer, object | ((region: Region) => object)][] = [
  [
    "a bond of a NIC that is in use",
    (region) => {
      region.bridge("br0", "enp1s0");
      return region.bond("bond0", ["enp1s0", "enp2s0"]);
    },
    { parents: ["Interfaces already in-use: enp1s0."] },
  ],
  [
    "a bond of NICs on several VLANs, also when one is named",
    (region) => {
      region.put("enp2s0", { vlan: region.places.otherFabric });
      return region.bond("bond0", ["enp1s0", "enp2s0"], { vlan: region.places.untagged });
    },
    { parents: ["All parents must belong to the same VLAN."] },
  ],
  [
    "a bond of nothing",
    (region) => region.create("create_bond", { name: "bond0" }),
    { parents: ["A bond interface must have one or more parents."], ...BLANK_MAC },
  ],
  [
    "parents separated by commas",
    (region) => region.create("create_bond", { name: "bond0", parents: "1,2" }),
    { parents: ["“1,2” is not a valid value."], ...BLANK_MAC },
  ],
  [
    "a parent of another machine",
    (region) => region.create("create_bond", { name: "bond0", parents: [region.nic("enp1s0", 2).id] }),
    (region) => ({
      parents: [`Select a valid choice. ${region.nic("enp1s0", 2).id} is not one of the available choices.`],
      ...BLANK_MAC,
    }),
  ],
  [
    "a bond mode by its number",
    (region) => region.bond("bond0", ["enp1s0"], { bond_mode: 4 }),
    {
      bond_mode: [
        "'4' is not a valid bond_mode.  It should be one of: 'balance-rr', 'active-backup', 'balance-xor', " +
          "'broadcast', '802.3ad', 'balance-tlb', 'balance-alb'.",
      ],
    },
  ],
  [
    "an MTU below 552",
    (region) => region.put("enp1s0", { mtu: 551 }),
    { mtu: ["Ensure this value is greater than or equal to 552."] },
  ],
  ["a word as a number", (region) => region.put("enp1s0", { mtu: "big" }), { mtu: ["Enter a whole number."] }],
  ["a name that is too long", (region) => region.put("enp1s0", { name: "sixteen-letters-" }), { name: [NAME_RULE] }],
  [
    "a bond with the name of another interface",
    (region) => region.bond("enp1s1", ["enp1s0"]),
    { __all__: ["Interface with this Node config and Name already exists."] },
  ],
  [
    "a VLAN interface with the name of another interface",
    (region) => region.vlan("enp1s0", region.places.vlan10, { name: "enp2s0" }),
    (region) => ({
      name: [`Node ${region.machine().systemId} (node001) already has an interface named 'enp2s0'.`],
    }),
  ],
  [
    "a MAC address of another NIC",
    (region) => region.put("enp1s0", { mac_address: region.nic("enp1s0", 2).macAddress ?? "" }),
    { mac_address: ["This MAC address is already in use by enp1s0 (physical) on node002."] },
  ],
  [
    "a VLAN interface on the untagged VLAN",
    (region) => region.vlan("enp1s0", region.places.untagged),
    { vlan: ["A VLAN interface can only belong to a tagged VLAN."] },
  ],
  [
    "a VLAN interface of another fabric",
    (region) => {
      region.put("enp1s0", { vlan: region.places.otherFabric });
      return region.vlan("enp1s0", region.places.vlan10);
    },
    { vlan: ["A VLAN interface can only belong to a tagged VLAN on the same fabric as its parent interface."] },
  ],
  [
    "a VLAN interface on a bond's member",
    (region) => {
      region.bond("bond0", ["enp1s0"]);
      return region.vlan("enp1s0", region.places.vlan10);
    },
    { parent: ["A VLAN interface can't have a parent that is already in a bond."] },
  ],
  [
    "a VLAN interface on a VLAN interface",
    (region) => {
      region.vlan("enp1s0", region.places.vlan10);
      return region.vlan("enp1s0.10", region.places.vlan20);
    },
    { parent: ["A VLAN interface can't have another VLAN interface as parent."] },
  ],
  [
    "a VLAN interface without a VLAN",
    (region) => region.create("create_vlan", { parent: region.nic("enp1s0").id }),
    { vlan: ["A VLAN interface must be connected to a tagged VLAN."] },
  ],
  [
    "a bridge on a bridge",
    (region) => {
      region.bridge("br0", "enp1s0");
      return region.bridge("br1", "br0");
    },
    { ...BLANK_MAC, parent: ["A bridge interface can't have another bridge interface as parent."] },
  ],
  [
    "a bond of a bond, found when it is saved",
    (region) => {
      region.bond("bond0", ["enp1s0"]);
      return region.create("create_bond", { name: "bond1", parents: [region.nic("bond0").id] });
    },
    { parents: ["Only physical interfaces can be bonded."] },
  ],
  [
    "a link on a bond's member",
    (region) => {
      region.bond("bond0", ["enp1s0"]);
      return region.operate("enp1s0", "link_subnet", { mode: "AUTO", subnet: region.places.pxe });
    },
    { bond: ["Cannot link interface(enp1s0) when interface is in a bond(bond0)."] },
  ],
  [
    "a link to a subnet of another VLAN",
    (region) => region.operate("enp1s0", "link_subnet", { mode: "AUTO", subnet: region.places.management }),
    (region) => ({ subnet: [`None found with id=${region.places.management}.`, "This field is required."] }),
  ],
  [
    "a static address outside its subnet",
    (region) => region.operate("enp1s0", "link_subnet", { mode: "static", subnet: "pxe", ip_address: "10.0.0.1" }),
    { ip_address: ["IP address is not in the given subnet 'pxe:10.99.0.0/24(vid=0)'."] },
  ],
  [
    "a static address in a dynamic range",
    (region) => {
      region.store.site.ipRanges.push({
        id: 1,
        type: "dynamic",
        startIp: "10.99.0.100",
        endIp: "10.99.0.200",
        comment: "",
        subnetId: region.places.pxe,
        user: null,
      });
      const fields = { mode: "static", subnet: region.places.pxe, ip_address: "10.99.0.150" };
      return region.operate("enp1s0", "link_subnet", fields);
    },
    { ip_address: ["IP address is inside a dynamic range 10.99.0.100 to 10.99.0.200."] },
  ],
  [
    "a second DHCP link",
    (region) => {
      region.operate("enp2s0", "link_subnet", { mode: "DHCP" });
      return region.operate("enp2s0", "link_subnet", { mode: "DHCP" });
    },
    { mode: ["Interface is already set to DHCP."] },
  ],
  [
    "an unknown mode, named in lower case",
    (region) => region.operate("enp1s0", "link_subnet", { mode: "BOGUS" }),
    { mode: ["'bogus' is not a valid mode.  It should be one of: 'auto', 'dhcp', 'static', 'link_up'."] },
  ],
  [
    "a default gateway through a subnet without one",
    (region) => {
      region.vlan("enp1s0", region.places.vlan10);
      const fields = { mode: "AUTO", subnet: region.places.management, default_gateway: true };
      return region.operate("enp1s0.10", "link_subnet", fields);
    },
    {
      default_gateway: [
        "Cannot set as default gateway because subnet management:172.16.0.0/22(vid=10) doesn't provide a gateway IP " +
          "address.",
      ],
    },
  ],
  [
    "a default gateway of an interface without any",
    (region) => region.operate("enp2s0", "set_default_gateway"),
    { __all__: ["This interface has no usable gateways."] },
  ],
  [
    "a link that is none of the interface's",
    (region) => region.operate("enp2s0", "unlink_subnet", { id: 99_999 }),
    (region) => ({
      id: [`'99999' is not a valid id.  It should be one of: '${region.nic("enp2s0").addresses[0]?.id ?? 0}'.`],
    }),
  ],
];

describe("what MAAS refuses on a machine's network", () => {
  for (const [description, attempt, faults] of REFUSALS) {
    it(description, () => {
      const region = new Region();
      const answer = attempt(region);
      assert.equal(answer.status, 400);
      assert.deepEqual(answer.json, typeof faults === "function" ? faults(region) : faults);
    });
  }

  it("a static address that is in use, as 404", () => {
    const region = new Region();
    const fields = { mode: "static", subnet: region.places.pxe, ip_address: "10.99.0.50" };
    region.operate("enp1s0", "link_subnet", fields, 2);
    const answer = region.operate("enp1s0", "link_subnet", fields);
    assert.deepEqual([answer.status, answer.text], [404, "IP address is already in use."]);
  });

  it("a static address of a subnet that is full, as 503", () => {
    const region = new Region();
    region.store.site.ipRanges.push({
      id: 1,
      type: "reserved",
      startIp: "10.99.0.1",
      endIp: "10.99.0.254",
      comment: "",
      subnetId: region.places.pxe,
      user: null,
    });
    const answer = region.operate("enp1s0", "link_subnet", { mode: "STATIC", subnet: region.places.pxe });
    assert.deepEqual([answer.status, answer.text], [503, "No more IPs available in subnet: 10.99.0.0/24."]);
  });

  for (const [what, attempt] of [
    ["create bond", (region: Region) => region.bond("bond0", ["enp1s0"])],
    ["create VLAN", (region: Region) => region.vlan("enp1s0", region.places.vlan10)],
    ["create bridge", (region: Region) => region.bridge("br0", "enp1s0")],
    ["link subnet", (region: Region) => region.operate("enp1s0", "link_subnet", { mode: "LINK_UP" })],
    ["unlink subnet", (region: Region) => region.operate("enp1s0", "unlink_subnet", { id: 1 })],
    ["set default gateway", (region: Region) => region.operate("enp1s0", "set_default_gateway")],
    ["disconnect", (region: Region) => region.operate("enp1s0", "disconnect")],
  ] as const) {
    it(`${what} on a Deployed machine, as 409`, () => {
      const region = new Region();
      region.machine().status = 6;
      const answer = attempt(region);
      const text = `Cannot ${what} interface because the machine is not New, Ready, Allocated, or Broken.`;
      assert.deepEqual([answer.status, answer.text], [409, text]);
    });
  }
});
