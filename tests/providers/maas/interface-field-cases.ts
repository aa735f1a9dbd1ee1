import type { PlainObject } from "../../../providers/dynamic/plain";
import type { FieldValue } from "../../../providers/maas/client/form";
import { fabric, fourNic, withField } from "./hosts";

/** A host with everything that an interface can have: a free NIC with an address, MAC addresses and tags of one's own. */
export const wholeHost: PlainObject = {
  ...fourNic,
  enp2s1: {
    type: "physical",
    vlan: { fabric, vid: 0 },
    tags: ["one", "two"],
    links: [{ mode: "STATIC", subnet: "192.168.0.0/22", ipAddress: "192.168.3.250" }],
  },
  bond_data: { type: "bond", parents: ["enp1s1"], tags: ["one", "two"], macAddress: "52:54:00:fe:00:01" },
  br0: { type: "bridge", parents: ["bond_data"], tags: ["one", "two"], macAddress: "52:54:00:fe:00:02" },
  "bond_data.20": {
    type: "vlan",
    parents: ["bond_data"],
    vlan: { fabric, vid: 20 },
    tags: ["one", "two"],
    links: [{ mode: "AUTO", subnet: "10.20.0.0/16", defaultGateway: true }],
  },
};

type Form = Readonly<Record<string, FieldValue>>;

/** What somebody does to one interface: a PUT or an operation; ids are looked up by name. */
export interface InterfaceByHand {
  readonly on: string;
  readonly form: (ids: InterfaceIds) => Form;
  readonly operation?: string;
}

/** Numbers of what a change by hand names, by the names that the cases use. */
export interface InterfaceIds {
  interface(name: string): number;
  vlan(vid: number): number;
  link(name: string): number;
}

/** A field of an interface: how somebody changes it, and how the program does. */
export interface InterfaceFieldCase {
  /** `bond.bond.mode`: type of the interface and path of the field in it. */
  readonly field: string;
  readonly byHand: readonly InterfaceByHand[];
  /** The program's other value. */
  readonly to: PlainObject;
}

const put = (on: string, form: Form | ((ids: InterfaceIds) => Form)): InterfaceByHand => ({
  on,
  form: typeof form === "function" ? form : () => form,
});
const operation = (on: string, name: string, form: (ids: InterfaceIds) => Form): InterfaceByHand => ({
  on,
  operation: name,
  form,
});
const other = (name: string, fields: PlainObject): PlainObject => withField(wholeHost, name, fields);
const tagsOn = (type: string, on: string): InterfaceFieldCase => ({
  field: `${type}.tags`,
  byHand: [put(on, { tags: "three" })],
  to: other(on, { tags: ["four"] }),
});
const mtuOn = (type: string, on: string): InterfaceFieldCase => ({
  field: `${type}.mtu`,
  byHand: [put(on, { mtu: 1400 })],
  to: other(on, { mtu: 1300 }),
});
const bondParameter = (
  field: string,
  parameter: string,
  hand: FieldValue,
  value: string | number,
): InterfaceFieldCase => ({
  field: `bond.bond.${field}`,
  byHand: [put("bond_data", { [parameter]: hand })],
  to: other("bond_data", { bond: { [field]: value } }),
});
const noLinks = (on: string): InterfaceByHand => operation(on, "unlink_subnet", (ids) => ({ id: ids.link(on) }));
const tagged = { fabric, vid: 10 };

/** Every field of an interface. */
const fields: readonly InterfaceFieldCase[] = [
  {
    field: "physical.vlan",
    byHand: [put("enp2s1", (ids) => ({ vlan: ids.vlan(10) }))],
    to: other("enp2s1", { vlan: tagged, links: [] }),
  },
  mtuOn("physical", "enp2s1"),
  { field: "physical.links", byHand: [noLinks("enp2s1")], to: other("enp2s1", { links: [] }) },
  {
    field: "physical.enabled",
    byHand: [put("enp2s1", { enabled: false })],
    to: other("enp2s1", { enabled: false, links: [] }),
  },
  tagsOn("physical", "enp2s1"),
  {
    field: "bond.vlan",
    byHand: [put("bond_data", (ids) => ({ vlan: ids.vlan(10) }))],
    to: { ...other("bond_data", { vlan: tagged }), enp1s1: { type: "physical", vlan: tagged } },
  },
  {
    field: "bond.mtu",
    byHand: [put("bond_mgmt", { mtu: 9000 })],
    to: Object.fromEntries(
      Object.entries(wholeHost).map(([name, item]) => [
        name,
        ["enp1s0", "enp2s0", "bond_mgmt"].includes(name) ? { ...(item as PlainObject), mtu: 9000 } : item,
      ]),
    ),
  },
  { field: "bond.links", byHand: [noLinks("bond_mgmt")], to: other("bond_mgmt", { links: [] }) },
  {
    field: "bond.parents",
    byHand: [put("bond_data", (ids) => ({ parents: [ids.interface("enp1s1"), ids.interface("enp2s1")] }))],
    to: {
      ...other("bond_data", { parents: ["enp1s1", "enp2s1"] }),
      enp2s1: { type: "physical", vlan: { fabric, vid: 0 } },
    },
  },
  tagsOn("bond", "bond_data"),
  {
    field: "bond.macAddress",
    byHand: [put("bond_data", { mac_address: "52:54:00:fe:00:0a" })],
    to: other("bond_data", { macAddress: "52:54:00:fe:00:0b" }),
  },
  bondParameter("mode", "bond_mode", "active-backup", "balance-xor"),
  bondParameter("miimon", "bond_miimon", 50, 200),
  bondParameter("updelay", "bond_updelay", 300, 200),
  bondParameter("downdelay", "bond_downdelay", 300, 200),
  bondParameter("lacpRate", "bond_lacp_rate", "slow", "slow"),
  bondParameter("xmitHashPolicy", "bond_xmit_hash_policy", "layer2", "layer2+3"),
  bondParameter("numGratArp", "bond_num_grat_arp", 3, 4),
  {
    field: "bridge.vlan",
    byHand: [put("br0", (ids) => ({ vlan: ids.vlan(10) }))],
    to: {
      ...other("bond_data", { vlan: tagged }),
      enp1s1: { type: "physical", vlan: tagged },
      br0: { ...(wholeHost["br0"] as PlainObject), vlan: tagged },
    },
  },
  mtuOn("bridge", "br0"),
  {
    field: "bridge.links",
    byHand: [operation("br0", "link_subnet", () => ({ mode: "AUTO", subnet: "cidr:192.168.0.0/22" }))],
    to: other("br0", { links: [{ mode: "AUTO", subnet: "192.168.0.0/22" }] }),
  },
  {
    field: "bridge.parents",
    byHand: [put("br0", (ids) => ({ parents: ids.interface("bond_mgmt") }))],
    to: { ...other("br0", { parents: ["bond_mgmt"] }), bond_mgmt: { type: "bond", parents: ["enp1s0", "enp2s0"] } },
  },
  tagsOn("bridge", "br0"),
  {
    field: "bridge.macAddress",
    byHand: [put("br0", { mac_address: "52:54:00:fe:00:0c" })],
    to: other("br0", { macAddress: "52:54:00:fe:00:0d" }),
  },
  {
    field: "bridge.bridge.type",
    byHand: [put("br0", { bridge_type: "ovs" })],
    to: other("br0", { bridge: { type: "ovs" } }),
  },
  {
    field: "bridge.bridge.stp",
    byHand: [put("br0", { bridge_stp: true })],
    to: other("br0", { bridge: { stp: true } }),
  },
  {
    field: "bridge.bridge.forwardDelay",
    byHand: [put("br0", { bridge_fd: 5 })],
    to: other("br0", { bridge: { forwardDelay: 4 } }),
  },
  {
    field: "vlan.vlan",
    byHand: [put("bond_data.20", (ids) => ({ vlan: ids.vlan(10) }))],
    to: other("bond_data.20", { vlan: tagged, links: [] }),
  },
  mtuOn("vlan", "bond_data.20"),
  { field: "vlan.links", byHand: [noLinks("bond_data.20")], to: other("bond_data.20", { links: [] }) },
  {
    field: "vlan.parents",
    byHand: [put("bond_data.20", (ids) => ({ parent: ids.interface("bond_mgmt") }))],
    to: other("bond_data.20", { parents: ["bond_mgmt"] }),
  },
  tagsOn("vlan", "bond_data.20"),
];

/** Parts of a link, each changed by hand. */
/** Every field of a link. */
const linkFields: readonly InterfaceFieldCase[] = [
  {
    field: "link.mode",
    byHand: [
      noLinks("enp2s1"),
      operation("enp2s1", "link_subnet", () => ({ mode: "AUTO", subnet: "cidr:192.168.0.0/22" })),
    ],
    to: other("enp2s1", { links: [{ mode: "AUTO", subnet: "192.168.0.0/22" }] }),
  },
  {
    field: "link.subnet",
    byHand: [operation("bond_data.20", "unlink_subnet", (ids) => ({ id: ids.link("bond_data.20") }))],
    to: {
      ...other("bond_data.20", { links: [] }),
      "bond_mgmt.10": {
        ...(wholeHost["bond_mgmt.10"] as PlainObject),
        links: [{ mode: "AUTO", subnet: "172.16.0.0/22" }],
      },
    },
  },
  {
    field: "link.ipAddress",
    byHand: [
      noLinks("enp2s1"),
      operation("enp2s1", "link_subnet", () => ({
        mode: "STATIC",
        subnet: "cidr:192.168.0.0/22",
        ip_address: "192.168.3.251",
      })),
    ],
    to: other("enp2s1", { links: [{ mode: "STATIC", subnet: "192.168.0.0/22", ipAddress: "192.168.3.252" }] }),
  },
  {
    field: "link.defaultGateway",
    byHand: [
      operation("bond_mgmt.10", "unlink_subnet", (ids) => ({ id: ids.link("bond_mgmt.10") })),
      operation("bond_mgmt.10", "link_subnet", () => ({
        mode: "AUTO",
        subnet: "cidr:172.16.0.0/22",
        default_gateway: true,
      })),
    ],
    to: other("bond_data.20", { links: [{ mode: "AUTO", subnet: "10.20.0.0/16" }] }),
  },
];

/** Every field of an interface and of its links, as `bond.bond.mode` and `link.mode`. */
export const interfaceFieldCases: readonly InterfaceFieldCase[] = [...fields, ...linkFields];
