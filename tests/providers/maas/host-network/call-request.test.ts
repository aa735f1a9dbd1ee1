import assert from "node:assert/strict";
import type { Call } from "../../../../providers/maas/host-network/call";
import { callRequest } from "../../../../providers/maas/host-network/call-request";
import { BOND, BRIDGE, vlan } from "./networks";

const IDS: Record<string, number> = { enp1s0: 2, enp2s0: 4, bond0: 18, br0: 21, "bond0.20": 22 };
const references = {
  systemId: "abc123",
  interfaceId: (name: string) => IDS[name] ?? assert.fail(name),
  vlanId: ({ vid }: { vid: number }) => 5000 + vid,
};

function sent(call: Call): string {
  const { method, path, operation, form } = callRequest(call, references);
  const op = operation === undefined ? "" : `?op=${operation}`;
  return [`${method} ${path}${op}`, ...form.map(([name, value]) => `${name}=${value}`)].join(" ");
}

const BOND_FIELDS =
  "bond_mode=802.3ad bond_miimon=100 bond_updelay=0 bond_downdelay=0 bond_lacp_rate=fast bond_xmit_hash_policy=layer3+4 bond_num_grat_arp=1";
const BRIDGE_FIELDS = "bridge_type=standard bridge_stp=false bridge_fd=15";
const INTERFACES = "nodes/abc123/interfaces/";

describe("a call as a request", () => {
  const cases: [string, Call, string][] = [
    [
      "sends every parameter of a bond and its members one by one",
      {
        operation: "create_bond",
        name: "bond0",
        parents: ["enp1s0", "enp2s0"],
        bond: BOND,
        mtu: 9000,
        tags: ["a", "b"],
      },
      `POST ${INTERFACES}?op=create_bond name=bond0 parents=2 parents=4 ${BOND_FIELDS} mtu=9000 tags=a,b`,
    ],
    [
      "sends every parameter of a bridge, STP as a word",
      {
        operation: "create_bridge",
        name: "br0",
        parent: "bond0",
        bridge: BRIDGE,
        macAddress: "02:00:00:00:00:01",
        tags: [],
      },
      `POST ${INTERFACES}?op=create_bridge name=br0 parent=18 ${BRIDGE_FIELDS} mac_address=02:00:00:00:00:01`,
    ],
    [
      "names a VLAN interface itself",
      { operation: "create_vlan", name: "bond_data.20", parent: "bond0", vlan: vlan(20), mtu: 1500, tags: [] },
      `POST ${INTERFACES}?op=create_vlan name=bond_data.20 parent=18 vlan=5020 mtu=1500`,
    ],
    [
      "moves a VLAN interface by parent",
      {
        operation: "update",
        interface: "bond0.20",
        type: "vlan",
        fields: { name: "br0.20", parents: ["br0"] },
        tags: [],
      },
      `PUT ${INTERFACES}22/ name=br0.20 parent=21 tags=`,
    ],
    [
      "moves a bridge by parents, since parent is ignored",
      { operation: "update", interface: "br0", type: "bridge", fields: { parents: ["bond0"] }, tags: [] },
      `PUT ${INTERFACES}21/ parents=18 tags=`,
    ],
    [
      "sends tags with every update, since MAAS loses them otherwise",
      { operation: "update", interface: "bond0", type: "bond", fields: { mtu: 9000 }, tags: ["x", "y"] },
      `PUT ${INTERFACES}18/ mtu=9000 tags=x,y`,
    ],
    [
      "clears with an empty text",
      {
        operation: "update",
        interface: "enp1s0",
        type: "physical",
        fields: { mtu: null, vlan: null, enabled: true },
        tags: [],
      },
      `PUT ${INTERFACES}2/ vlan= mtu= enabled=true tags=`,
    ],
    ["deletes", { operation: "delete", interface: "bond0" }, `DELETE ${INTERFACES}18/`],
    [
      "names the subnet of a link by its CIDR",
      { operation: "link_subnet", interface: "bond0", mode: "AUTO", subnet: "10.20.0.0/16", defaultGateway: true },
      `POST ${INTERFACES}18/?op=link_subnet mode=AUTO subnet=cidr:10.20.0.0/16 default_gateway=true`,
    ],
    [
      "sends the address of a STATIC link",
      {
        operation: "link_subnet",
        interface: "bond0",
        mode: "STATIC",
        subnet: "10.0.0.0/8",
        ipAddress: "10.0.0.9",
        defaultGateway: false,
      },
      `POST ${INTERFACES}18/?op=link_subnet mode=STATIC subnet=cidr:10.0.0.0/8 ip_address=10.0.0.9`,
    ],
    [
      "takes all links off by a forced LINK_UP",
      { operation: "remove_all_links", interface: "bond0" },
      `POST ${INTERFACES}18/?op=link_subnet mode=LINK_UP force=true`,
    ],
    [
      "takes one link off",
      { operation: "unlink_subnet", interface: "bond0", linkId: 7, mode: "AUTO" },
      `POST ${INTERFACES}18/?op=unlink_subnet id=7`,
    ],
    [
      "sets the default gateway by its link",
      { operation: "set_default_gateway", interface: "bond0", linkId: 7 },
      `POST ${INTERFACES}18/?op=set_default_gateway link_id=7`,
    ],
    [
      "clears the default gateways of the machine",
      { operation: "clear_default_gateways" },
      "POST machines/abc123/?op=clear_default_gateways",
    ],
  ];
  for (const [what, call, request] of cases) it(what, () => assert.equal(sent(call), request));

  it("refuses a link that only the plan knows", () => {
    assert.throws(
      () => sent({ operation: "unlink_subnet", interface: "bond0", linkId: -1, mode: "AUTO" }),
      /planned|plan/,
    );
  });
});
