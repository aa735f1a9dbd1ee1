import type { MaasClient } from "../../../providers/maas/client/client";
import type { PlainObject, Plain } from "../../../providers/dynamic/plain";
import { defaultDomainKind } from "../../../providers/maas/default-domain";
import { dnsRecordKind } from "../../../providers/maas/dns-record";
import { domainKind } from "../../../providers/maas/domain";
import { fabricKind } from "../../../providers/maas/fabric";
import { ipRangeKind } from "../../../providers/maas/ip-range";
import { resourcePoolKind } from "../../../providers/maas/resource-pool";
import { settingKind } from "../../../providers/maas/setting";
import { spaceKind } from "../../../providers/maas/space";
import { staticRouteKind } from "../../../providers/maas/static-route";
import { subnetKind } from "../../../providers/maas/subnet";
import { tagKind } from "../../../providers/maas/tag";
import { vlanDhcpKind } from "../../../providers/maas/vlan-dhcp";
import { vlanKind } from "../../../providers/maas/vlan";
import { zoneKind } from "../../../providers/maas/zone";
import type { AnyKind, Command, Kept } from "./region";

/** One input of a kind, changed by hand in MAAS and in the program. */
export interface InputCase {
  input: string;
  /** Changes it in MAAS as somebody at the UI would. Absent with a reason in `unseen`. */
  byHand?: (client: MaasClient, id: string) => Promise<unknown>;
  /** Why a change by hand cannot be seen. */
  unseen?: string;
  /** Another value in the program; the further values change with it. */
  to?: PlainObject;
  /** Why a change in the program means a new object, which the engine makes. */
  replaced?: string;
}

/** One kind with all of its inputs. */
export interface KindCase {
  title: string;
  kind: AnyKind<object, object>;
  /** Makes what the object stands on, in this order. */
  before?: [kind: AnyKind<object, object>, args: PlainObject][];
  args: PlainObject;
  inputs: InputCase[];
}

/** A pair of kind and arguments for `before`. */
function needs<Inputs extends object, Outputs extends object>(
  kind: AnyKind<Inputs, Outputs>,
  args: PlainObject,
): [AnyKind<object, object>, PlainObject] {
  return [kind as unknown as AnyKind<object, object>, args];
}

function erased<Inputs extends object, Outputs extends object>(
  kind: AnyKind<Inputs, Outputs>,
): AnyKind<object, object> {
  return kind as unknown as AnyKind<object, object>;
}

const adoptReason: InputCase = { input: "adopt", unseen: "says how to begin, is no value of the object" };
const fabric = needs(fabricKind, { name: "table" });
const vlan10 = needs(vlanKind, { fabric: "table", vid: 10 });
const subnet10 = needs(subnetKind, { cidr: "10.9.0.0/24", fabric: "table", vid: 10 });

const put =
  (change: (client: MaasClient) => { update(id: string, fields: Record<string, Plain>): Promise<unknown> }) =>
  (fields: Record<string, Plain>) =>
  (client: MaasClient, id: string) =>
    change(client).update(id, fields);
const pool = put((client) => client.pools as never);
const domain = put((client) => client.domains as never);
const range = put((client) => client.ipRanges as never);
const route = put((client) => client.staticRoutes as never);
const subnet = put((client) => client.subnets as never);
const space = put((client) => client.spaces as never);
const fabricPut = put((client) => client.fabrics as never);
const vlan = (fields: Record<string, string | number | boolean | null>) => (client: MaasClient, id: string) =>
  client.fabrics.updateVlan(Number(id), fields);
const tag = (fields: Record<string, string>) => (client: MaasClient) => client.tags.update("table-tag", fields);

/** Every kind of a site, every input of each. */
export const siteKinds: KindCase[] = [
  {
    title: "resource pool",
    kind: erased(resourcePoolKind),
    args: { name: "table-pool", description: "Table" },
    inputs: [
      { input: "name", byHand: pool({ name: "by-hand" }), to: { name: "table-pool-2" } },
      { input: "description", byHand: pool({ description: "by hand" }), to: { description: "Other" } },
      adoptReason,
    ],
  },
  {
    title: "zone",
    kind: erased(zoneKind),
    args: { name: "table-zone", description: "Table" },
    inputs: [
      {
        input: "name",
        byHand: (client) => client.zones.update("table-zone", { name: "by-hand" }),
        to: { name: "table-zone-2" },
      },
      {
        input: "description",
        byHand: (client) => client.zones.update("table-zone", { description: "by hand" }),
        to: { description: "Other" },
      },
      adoptReason,
    ],
  },
  {
    title: "space",
    kind: erased(spaceKind),
    args: { name: "table-space" },
    inputs: [
      { input: "name", byHand: space({ name: "by-hand" }), to: { name: "table-space-2" } },
      { input: "description", byHand: space({ description: "by hand" }), to: { description: "Other" } },
      adoptReason,
    ],
  },
  {
    title: "DNS domain",
    kind: erased(domainKind),
    args: { name: "table.example.test", ttl: 300 },
    inputs: [
      { input: "name", byHand: domain({ name: "hand.example.test" }), to: { name: "other.example.test" } },
      { input: "authoritative", byHand: domain({ authoritative: false }), to: { authoritative: false } },
      { input: "ttl", byHand: domain({ ttl: 60 }), to: { ttl: null } },
      adoptReason,
    ],
  },
  {
    title: "default domain",
    kind: erased(defaultDomainKind),
    before: [needs(domainKind, { name: "default.example.test" }), needs(domainKind, { name: "second.example.test" })],
    args: { domain: "default.example.test" },
    inputs: [
      { input: "domain", byHand: (client) => client.setDefaultDomain(0), to: { domain: "second.example.test" } },
    ],
  },
  {
    title: "DNS record with addresses",
    kind: erased(dnsRecordKind),
    before: [needs(domainKind, { name: "records.example.test" })],
    args: { name: "api", domain: "records.example.test", addresses: ["10.200.0.9", "10.200.0.10"], ttl: 60 },
    inputs: [
      {
        input: "addresses",
        byHand: (client, id) => client.dnsResources.update(id.split(":")[1] ?? "", { ip_addresses: ["10.200.0.11"] }),
        to: { addresses: ["10.200.0.12"] },
      },
      {
        input: "ttl",
        byHand: (client, id) => client.dnsResources.update(id.split(":")[1] ?? "", { address_ttl: 61 }),
        to: { ttl: null },
      },
      {
        input: "name",
        replaced: "a name is another record",
        to: { name: "other" },
        unseen: "renamed, it is another record",
      },
      {
        input: "domain",
        replaced: "a name is another record",
        to: { domain: "maas" },
        unseen: "moved, it is another record",
      },
      {
        input: "type",
        replaced: "a type is another record",
        unseen: "MAAS does not change it",
        to: { type: "TXT", data: "x", addresses: [] },
      },
      { input: "data", unseen: "an A record has none" },
      adoptReason,
    ],
  },
  {
    title: "DNS record with data",
    kind: erased(dnsRecordKind),
    before: [needs(domainKind, { name: "records.example.test" })],
    args: { name: "text", domain: "records.example.test", type: "TXT", data: "hello" },
    inputs: [
      {
        input: "data",
        byHand: (client, id) => client.dnsRecords.update(id.split(":")[1] ?? "", { rrdata: "by hand" }),
        to: { data: "other" },
      },
      {
        input: "ttl",
        byHand: (client, id) => client.dnsRecords.update(id.split(":")[1] ?? "", { ttl: 61 }),
        to: { ttl: 62 },
      },
      {
        input: "name",
        replaced: "a name is another record",
        to: { name: "other" },
        unseen: "renamed, it is another record",
      },
      {
        input: "domain",
        replaced: "a name is another record",
        to: { domain: "maas" },
        unseen: "moved, it is another record",
      },
      {
        input: "type",
        replaced: "a type is another record",
        unseen: "MAAS does not change it",
        to: { type: "MX", data: "10 x" },
      },
      { input: "addresses", unseen: "a TXT record has none" },
      adoptReason,
    ],
  },
  {
    title: "fabric",
    kind: erased(fabricKind),
    args: { name: "table-fabric", classType: "10g" },
    inputs: [
      { input: "name", byHand: fabricPut({ name: "by-hand" }), to: { name: "table-fabric-2" } },
      { input: "classType", byHand: fabricPut({ class_type: "1g" }), to: { classType: "100g" } },
      { input: "holding", unseen: "says which fabric is meant, is no value of it" },
    ],
  },
  {
    title: "VLAN",
    kind: erased(vlanKind),
    before: [fabric, needs(fabricKind, { name: "elsewhere" }), needs(spaceKind, { name: "table-space" })],
    args: { fabric: "table", vid: 77, name: "seventy-seven", mtu: 9000, space: "table-space" },
    inputs: [
      {
        input: "fabric",
        byHand: async (client, id) =>
          client.fabrics.updateVlan(Number(id), { fabric: (await client.fabrics.named("elsewhere"))?.id ?? 0 }),
        to: { fabric: "elsewhere" },
      },
      { input: "vid", byHand: vlan({ vid: 78 }), to: { vid: 79 } },
      { input: "name", byHand: vlan({ name: "by-hand" }), to: { name: "other" } },
      { input: "mtu", byHand: vlan({ mtu: 1400 }), to: { mtu: 1500 } },
      { input: "space", byHand: vlan({ space: null }), to: { space: null } },
    ],
  },
  {
    title: "DHCP of a VLAN",
    kind: erased(vlanDhcpKind),
    before: [
      fabric,
      needs(vlanKind, { fabric: "table", vid: 11 }),
      needs(subnetKind, { cidr: "10.9.0.0/24", fabric: "table", vid: 0 }),
      needs(ipRangeKind, { subnet: "10.9.0.0/24", type: "dynamic", start: "10.9.0.100", end: "10.9.0.200" }),
    ],
    args: { fabric: "table", vid: 0, primaryRack: "maas-rack" },
    inputs: [
      { input: "enabled", byHand: vlan({ dhcp_on: false }), to: { enabled: false } },
      {
        input: "relayTo",
        byHand: async (client, id) => {
          await client.fabrics.updateVlan(Number(id), { dhcp_on: false });
          const relay = await client.fabrics.vlan("table", 11);
          await client.fabrics.updateVlan(Number(id), { relay_vlan: relay?.id ?? 0 });
        },
        to: { enabled: false, relayTo: { fabric: "table", vid: 11 }, primaryRack: null },
      },
      {
        input: "primaryRack",
        byHand: vlan({ dhcp_on: false, primary_rack: null }),
        to: { enabled: false, primaryRack: null },
      },
      { input: "secondaryRack", unseen: "the region of the tests has one rack controller" },
      {
        input: "fabric",
        replaced: "DHCP of another VLAN",
        unseen: "a VLAN that moves is the VLAN's drift",
        to: { fabric: "fabric-0" },
      },
      {
        input: "vid",
        replaced: "DHCP of another VLAN",
        unseen: "a VLAN that is renumbered is the VLAN's drift",
        to: { vid: 11 },
      },
    ],
  },
  {
    title: "subnet",
    kind: erased(subnetKind),
    before: [fabric, vlan10, needs(fabricKind, { name: "elsewhere" }), needs(vlanKind, { fabric: "table", vid: 11 })],
    args: {
      cidr: "10.8.0.0/24",
      name: "table-subnet",
      fabric: "table",
      vid: 10,
      gateway: "10.8.0.1",
      dnsServers: ["10.8.0.3", "10.8.0.2"],
      description: "Table",
    },
    inputs: [
      {
        input: "cidr",
        byHand: subnet({ cidr: "10.8.0.0/25" }),
        to: { cidr: "10.7.0.0/24", gateway: "10.7.0.1" },
      },
      { input: "name", byHand: subnet({ name: "by hand" }), to: { name: null } },
      {
        input: "fabric",
        byHand: async (client, id) =>
          client.subnets.update(id, { vlan: (await client.fabrics.vlan("elsewhere", 0))?.id ?? 0 }),
        to: { fabric: "elsewhere", vid: 0 },
      },
      {
        input: "vid",
        byHand: async (client, id) =>
          client.subnets.update(id, { vlan: (await client.fabrics.vlan("table", 11))?.id ?? 0 }),
        to: { vid: 11 },
      },
      { input: "gateway", byHand: subnet({ gateway_ip: null }), to: { gateway: null } },
      { input: "dnsServers", byHand: subnet({ dns_servers: ["10.8.0.2"] }), to: { dnsServers: [] } },
      { input: "managed", byHand: subnet({ managed: false }), to: { managed: false } },
      { input: "allowDns", byHand: subnet({ allow_dns: false }), to: { allowDns: false } },
      { input: "allowProxy", byHand: subnet({ allow_proxy: false }), to: { allowProxy: false } },
      { input: "activeDiscovery", byHand: subnet({ active_discovery: true }), to: { activeDiscovery: true } },
      { input: "rdnsMode", byHand: subnet({ rdns_mode: 0 }), to: { rdnsMode: 1 } },
      { input: "description", byHand: subnet({ description: "by hand" }), to: { description: "" } },
    ],
  },
  {
    title: "IP range",
    kind: erased(ipRangeKind),
    before: [fabric, vlan10, subnet10],
    args: { subnet: "10.9.0.0/24", type: "reserved", start: "10.9.0.10", end: "10.9.0.20", comment: "MetalLB" },
    inputs: [
      { input: "type", byHand: range({ type: "dynamic" }), to: { type: "dynamic" } },
      { input: "start", byHand: range({ start_ip: "10.9.0.9" }), to: { start: "10.9.0.11" } },
      { input: "end", byHand: range({ end_ip: "10.9.0.21" }), to: { end: "10.9.0.19" } },
      { input: "comment", byHand: range({ comment: "by hand" }), to: { comment: "" } },
      {
        input: "subnet",
        replaced: "a range belongs to one subnet",
        unseen: "MAAS does not move ranges",
        to: { subnet: "10.10.0.0/24", start: "10.10.0.1", end: "10.10.0.2" },
      },
    ],
  },
  {
    title: "static route",
    kind: erased(staticRouteKind),
    before: [
      fabric,
      vlan10,
      subnet10,
      needs(subnetKind, { cidr: "172.30.0.0/16", fabric: "table", vid: 10 }),
      needs(subnetKind, { cidr: "172.31.0.0/16", fabric: "table", vid: 10 }),
    ],
    args: { source: "10.9.0.0/24", destination: "172.30.0.0/16", gateway: "10.9.0.1", metric: 5 },
    inputs: [
      {
        input: "source",
        byHand: route({ source: "cidr:172.31.0.0/16", gateway_ip: "172.31.0.1" }),
        to: { source: "172.31.0.0/16", gateway: "172.31.0.1" },
      },
      {
        input: "destination",
        byHand: route({ destination: "cidr:172.31.0.0/16" }),
        to: { destination: "172.31.0.0/16" },
      },
      { input: "gateway", byHand: route({ gateway_ip: "10.9.0.2" }), to: { gateway: "10.9.0.3" } },
      { input: "metric", byHand: route({ metric: 0 }), to: { metric: 7 } },
    ],
  },
  {
    title: "setting",
    kind: erased(settingKind),
    args: { name: "enable_disk_erasing_on_release", value: false },
    inputs: [
      {
        input: "value",
        byHand: (client) => client.settings.set("enable_disk_erasing_on_release", true),
        to: { value: true },
      },
      {
        input: "name",
        replaced: "another setting",
        unseen: "names of settings do not change",
        to: { name: "kernel_opts", value: "quiet" },
      },
    ],
  },
  {
    title: "tag",
    kind: erased(tagKind),
    args: { name: "table-tag", comment: "Table", kernelOptions: "quiet", machines: [] },
    inputs: [
      { input: "name", unseen: "a tag's name is its id: renamed, it is gone", to: { name: "table-tag-2" } },
      { input: "comment", byHand: tag({ comment: "by hand" }), to: { comment: "" } },
      { input: "kernelOptions", byHand: tag({ kernel_opts: "by hand" }), to: { kernelOptions: "" } },
      { input: "definition", byHand: tag({ definition: "//node" }), to: { definition: "//node", machines: null } },
      {
        input: "machines",
        byHand: async (client) => client.tags.updateNodes("table-tag", [await anyMachine(client)], []),
        unseen: "in the program it needs a machine's id: see the tests of the tag",
      },
      adoptReason,
    ],
  },
];

async function anyMachine(client: MaasClient): Promise<string> {
  const [machine] = await client.machines.list();
  if (machine === undefined) throw new Error("the region has no machine");
  return machine.system_id;
}

/** Makes what a case needs, each in the same command. */
export async function makeBefore(command: Command, kindCase: KindCase): Promise<[AnyKind<object, object>, Kept][]> {
  const made: [AnyKind<object, object>, Kept][] = [];
  for (const [kind, args] of kindCase.before ?? []) made.push([kind, await command.up(kind, args)]);
  return made;
}
