import assert from "node:assert/strict";
import { z } from "zod";
import type { PlainObject } from "../../../providers/dynamic/plain";
import type { MaasClient } from "../../../providers/maas/client/client";
import type { FieldValue } from "../../../providers/maas/client/form";
import { hostInterfacesSchema } from "../../../providers/maas/host-network/host-interfaces-schema";
import { hostNetworkKind } from "../../../providers/maas/host-network-resource";
import { hostRegion } from "./host-region";
import { fabric, fourNic, hostArgs, hostUp, withField } from "./hosts";

/** A host with everything that an interface can have: a free NIC with an address, MAC addresses and tags of one's own. */
const whole: PlainObject = {
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
interface ByHand {
  readonly on: string;
  readonly form: (ids: Ids) => Form;
  readonly operation?: string;
}

interface Ids {
  interface(name: string): number;
  vlan(vid: number): number;
  link(name: string): number;
}

interface Row {
  /** `bond.bond.mode`: type of the interface and path of the field in it. */
  readonly field: string;
  readonly byHand: readonly ByHand[];
  /** The program's other value. */
  readonly to: PlainObject;
}

const put = (on: string, form: Form | ((ids: Ids) => Form)): ByHand => ({
  on,
  form: typeof form === "function" ? form : () => form,
});
const operation = (on: string, name: string, form: (ids: Ids) => Form): ByHand => ({ on, operation: name, form });
const other = (name: string, fields: PlainObject): PlainObject => withField(whole, name, fields);
const tagsOn = (type: string, on: string): Row => ({
  field: `${type}.tags`,
  byHand: [put(on, { tags: "three" })],
  to: other(on, { tags: ["four"] }),
});
const mtuOn = (type: string, on: string): Row => ({
  field: `${type}.mtu`,
  byHand: [put(on, { mtu: 1400 })],
  to: other(on, { mtu: 1300 }),
});
const bondParameter = (field: string, parameter: string, hand: FieldValue, value: string | number): Row => ({
  field: `bond.bond.${field}`,
  byHand: [put("bond_data", { [parameter]: hand })],
  to: other("bond_data", { bond: { [field]: value } }),
});
const noLinks = (on: string): ByHand => operation(on, "unlink_subnet", (ids) => ({ id: ids.link(on) }));
const tagged = { fabric, vid: 10 };

const rows: readonly Row[] = [
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
      Object.entries(whole).map(([name, item]) => [
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
      br0: { ...(whole["br0"] as PlainObject), vlan: tagged },
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
const linkRows: readonly Row[] = [
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
      "bond_mgmt.10": { ...(whole["bond_mgmt.10"] as PlainObject), links: [{ mode: "AUTO", subnet: "172.16.0.0/22" }] },
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

interface JsonSchema {
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  const?: unknown;
  additionalProperties?: JsonSchema;
}

/** Every field that an interface can have, as `bond.bond.mode`, and of its links, as `link.mode`. */
function fieldsOfSchema(): Set<string> {
  const schema = z.toJSONSchema(hostInterfacesSchema, { io: "input", unrepresentable: "any" }) as JsonSchema;
  const types = schema.additionalProperties?.oneOf ?? schema.additionalProperties?.anyOf ?? [];
  const fields = new Set<string>();
  for (const { properties = {} } of types) {
    const type = String(properties["type"]?.const);
    for (const [name, property] of Object.entries(properties)) {
      if (name === "type") continue;
      if (name === type && type !== "vlan")
        for (const part of Object.keys(property.properties ?? {})) fields.add(`${type}.${name}.${part}`);
      else fields.add(`${type}.${name}`);
      const links = name === "links" ? (property.items?.oneOf ?? property.items?.anyOf ?? []) : [];
      for (const link of links) for (const part of Object.keys(link.properties ?? {})) fields.add(`link.${part}`);
    }
  }
  return fields;
}

describe("every field of an interface (simulated MAAS)", () => {
  const maas = hostRegion();

  beforeEach(async () => {
    const { client } = maas.command().link;
    const subnet = await client.subnets.find(({ cidr }) => cidr === "172.16.0.0/22");
    await client.subnets.update(String(subnet?.id ?? 0), { gateway_ip: "172.16.0.1" });
  });

  it("is in the table", () => {
    assert.deepEqual([...rows, ...linkRows].map(({ field }) => field).sort(), [...fieldsOfSchema()].sort());
  });

  async function doByHand(client: MaasClient, id: string, { on, form, operation: op }: ByHand): Promise<void> {
    const machine = await client.machines.read(id);
    const vlans = (await client.fabrics.list()).find(({ name }) => name === fabric)?.vlans ?? [];
    const find = (name: string) => machine?.interface_set.find((item) => item.name === name);
    const ids: Ids = {
      interface: (name) => find(name)?.id ?? 0,
      vlan: (vid) => vlans.find((vlan) => vlan.vid === vid)?.id ?? 0,
      link: (name) => find(name)?.links[0]?.id ?? 0,
    };
    const request = { path: `nodes/${id}/interfaces/${ids.interface(on)}/`, form: form(ids) };
    if (op === undefined) await client.machines.change(id, { method: "PUT", ...request });
    else await client.machines.change(id, { method: "POST", query: { op }, ...request });
  }

  for (const { field, byHand, to } of [...rows, ...linkRows]) {
    it(`${field}: shows when it is changed by hand, and is healed`, async () => {
      const host = await hostUp(maas.command(), "worker-1", whole);
      const args = hostArgs(host.machine, whole).network;
      await maas.clean(host.network, args);
      for (const step of byHand) await doByHand(maas.command().link.client, host.machine.id, step);
      const seen = await maas.command().refresh(hostNetworkKind, host.network);
      assert.ok(seen);
      assert.equal((await maas.command().diff(hostNetworkKind, seen, args)).changes, true, "the drift does not show");
      await maas.clean(await maas.command().update(hostNetworkKind, seen, args), args);
    });

    it(`${field}: is changed as the program says`, async () => {
      const host = await hostUp(maas.command(), "worker-1", whole);
      const args = hostArgs(host.machine, to).network;
      assert.equal((await maas.command().diff(hostNetworkKind, host.network, args)).changes, true);
      await maas.clean(await maas.command().update(hostNetworkKind, host.network, args), args);
    });
  }
});
