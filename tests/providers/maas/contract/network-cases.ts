import type { PlainObject } from "../../../../providers/dynamic/plain";
import type { MaasClient } from "../../../../providers/maas/client/client";
import type { FieldValue } from "../../../../providers/maas/client/form";
import { fabricKind } from "../../../../providers/maas/fabric";
import { ipRangeKind } from "../../../../providers/maas/ip-range";
import { spaceKind } from "../../../../providers/maas/space";
import { staticRouteKind } from "../../../../providers/maas/static-route";
import { subnetKind } from "../../../../providers/maas/subnet";
import { vlanDhcpKind } from "../../../../providers/maas/vlan-dhcp";
import { vlanKind } from "../../../../providers/maas/vlan";
import { type ByHand, type KindCase, type Names, type SomeKind, some } from "./kind-case";

type Step = [SomeKind, PlainObject];

/** Fabric, VLAN, DHCP, subnet, range and route. */
export function networkCases(names: Names): KindCase[] {
  const own = names.of("fabric");
  const elsewhere = names.of("elsewhere");
  const fabric: Step = [some(fabricKind), { name: own }];
  const vlan = (vid: number): Step => [some(vlanKind), { fabric: own, vid }];
  const subnet = (index: number, vid: number): Step => [
    some(subnetKind),
    { cidr: names.network(index), fabric: own, vid },
  ];
  const vlanId = async (client: MaasClient, name: string, vid: number): Promise<number> =>
    (await client.fabrics.vlan(name, vid))?.id ?? 0;
  const onVlan =
    (fields: Record<string, FieldValue>): ByHand =>
    (client, id) =>
      client.fabrics.updateVlan(Number(id), fields);
  const onSubnet =
    (fields: Record<string, FieldValue>): ByHand =>
    (client, id) =>
      client.subnets.update(id, fields);
  const onRange =
    (fields: Record<string, FieldValue>): ByHand =>
    (client, id) =>
      client.ipRanges.update(id, fields);
  const onRoute =
    (fields: Record<string, FieldValue>): ByHand =>
    (client, id) =>
      client.staticRoutes.update(id, fields);
  return [
    {
      title: "fabric",
      kind: some(fabricKind),
      args: { name: own, classType: "10g" },
      inputs: [
        {
          input: "name",
          byHand: (client, id) => client.fabrics.update(id, { name: names.of("hand") }),
          to: { name: names.of("fabric-b") },
        },
        {
          input: "classType",
          byHand: (client, id) => client.fabrics.update(id, { class_type: "1g" }),
          to: { classType: "100g" },
        },
        { input: "holding", unseen: "says which fabric is meant, is no value of it" },
        { input: "defaultName", unseen: "says how a fabric is named that is created, and is its name then" },
      ],
    },
    {
      title: "VLAN",
      kind: some(vlanKind),
      before: [fabric, [some(fabricKind), { name: elsewhere }], [some(spaceKind), { name: names.of("space") }]],
      args: { fabric: own, vid: 77, name: "seventy-seven", mtu: 9000, space: names.of("space") },
      inputs: [
        {
          input: "fabric",
          byHand: async (client, id) =>
            client.fabrics.updateVlan(Number(id), { fabric: (await client.fabrics.named(elsewhere))?.id ?? 0 }),
          to: { fabric: elsewhere },
        },
        { input: "vid", byHand: onVlan({ vid: 78 }), to: { vid: 79 } },
        { input: "name", byHand: onVlan({ name: "by-hand" }), to: { name: "other" } },
        { input: "mtu", byHand: onVlan({ mtu: 1400 }), to: { mtu: 1500 } },
        { input: "space", byHand: onVlan({ space: null }), to: { space: null } },
      ],
    },
    {
      title: "DHCP of a VLAN",
      kind: some(vlanDhcpKind),
      impossible: async (client) =>
        (await untaggedRacks(client)).length > 0
          ? undefined
          : "no rack controller has an interface on an untagged VLAN",
      // The only one is chosen by itself; of several one has to be named.
      more: async (client) => {
        const [first, ...others] = await untaggedRacks(client);
        return first === undefined || others.length === 0 ? {} : { primaryRack: first };
      },
      before: [
        fabric,
        vlan(11),
        subnet(1, 0),
        [
          some(ipRangeKind),
          { subnet: names.network(1), type: "dynamic", start: names.address(1, 100), end: names.address(1, 200) },
        ],
      ],
      args: { fabric: own, vid: 0 },
      inputs: [
        { input: "enabled", byHand: onVlan({ dhcp_on: false }), to: { enabled: false } },
        {
          input: "relayTo",
          unseen: "not described while DHCP is served, and described in the change below",
          to: { enabled: false, relayTo: { fabric: own, vid: 11 } },
        },
        { input: "primaryRack", unseen: "needs two rack controllers: see the tests of rack controllers" },
        { input: "secondaryRack", unseen: "needs two rack controllers: see the tests of rack controllers" },
        {
          input: "fabric",
          replaced: "DHCP of another VLAN",
          unseen: "a VLAN that moves is the VLAN's drift",
          to: { fabric: elsewhere },
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
      kind: some(subnetKind),
      before: [fabric, vlan(10), [some(fabricKind), { name: elsewhere }], vlan(11)],
      args: {
        cidr: names.network(2),
        name: names.of("subnet"),
        fabric: own,
        vid: 10,
        gateway: names.address(2, 1),
        dnsServers: [names.address(2, 3), names.address(2, 2)],
        description: "Table",
      },
      inputs: [
        {
          input: "cidr",
          byHand: onSubnet({ cidr: names.network(2).replace("/24", "/25") }),
          to: { cidr: names.network(3), gateway: names.address(3, 1) },
        },
        { input: "name", byHand: onSubnet({ name: "by hand" }), to: { name: null } },
        {
          input: "fabric",
          byHand: async (client, id) => client.subnets.update(id, { vlan: await vlanId(client, elsewhere, 0) }),
          to: { fabric: elsewhere, vid: 0 },
        },
        {
          input: "vid",
          byHand: async (client, id) => client.subnets.update(id, { vlan: await vlanId(client, own, 11) }),
          to: { vid: 11 },
        },
        { input: "gateway", byHand: onSubnet({ gateway_ip: null }), to: { gateway: null } },
        { input: "dnsServers", byHand: onSubnet({ dns_servers: [names.address(2, 2)] }), to: { dnsServers: [] } },
        { input: "managed", byHand: onSubnet({ managed: false }), to: { managed: false } },
        { input: "allowDns", byHand: onSubnet({ allow_dns: false }), to: { allowDns: false } },
        { input: "allowProxy", byHand: onSubnet({ allow_proxy: false }), to: { allowProxy: false } },
        { input: "activeDiscovery", byHand: onSubnet({ active_discovery: true }), to: { activeDiscovery: true } },
        { input: "rdnsMode", byHand: onSubnet({ rdns_mode: 0 }), to: { rdnsMode: 1 } },
        { input: "description", byHand: onSubnet({ description: "by hand" }), to: { description: "" } },
      ],
    },
    {
      title: "IP range",
      kind: some(ipRangeKind),
      before: [fabric, vlan(10), subnet(4, 10)],
      args: {
        subnet: names.network(4),
        type: "reserved",
        start: names.address(4, 10),
        end: names.address(4, 20),
        comment: "MetalLB",
      },
      inputs: [
        { input: "type", byHand: onRange({ type: "dynamic" }), to: { type: "dynamic" } },
        { input: "start", byHand: onRange({ start_ip: names.address(4, 9) }), to: { start: names.address(4, 11) } },
        { input: "end", byHand: onRange({ end_ip: names.address(4, 21) }), to: { end: names.address(4, 19) } },
        { input: "comment", byHand: onRange({ comment: "by hand" }), to: { comment: "" } },
        {
          input: "subnet",
          replaced: "a range belongs to one subnet",
          unseen: "MAAS does not move ranges",
          to: { subnet: names.network(5), start: names.address(5, 1), end: names.address(5, 2) },
        },
      ],
    },
    {
      title: "static route",
      kind: some(staticRouteKind),
      before: [fabric, vlan(10), subnet(6, 10), subnet(7, 10), subnet(8, 10)],
      args: { source: names.network(6), destination: names.network(7), gateway: names.address(6, 1), metric: 5 },
      inputs: [
        {
          input: "source",
          byHand: onRoute({ source: `cidr:${names.network(8)}`, gateway_ip: names.address(8, 1) }),
          to: { source: names.network(8), gateway: names.address(8, 1) },
        },
        {
          input: "destination",
          byHand: onRoute({ destination: `cidr:${names.network(8)}` }),
          to: { destination: names.network(8) },
        },
        {
          input: "gateway",
          byHand: onRoute({ gateway_ip: names.address(6, 2) }),
          to: { gateway: names.address(6, 3) },
        },
        { input: "metric", byHand: onRoute({ metric: 0 }), to: { metric: 7 } },
      ],
    },
  ];
}

/** Hostnames of the rack controllers that can serve an untagged VLAN. */
async function untaggedRacks(client: MaasClient): Promise<string[]> {
  const racks = await client.rackControllers.list();
  return racks
    .filter((rack) => rack.interface_set.some((item) => item.vlan?.vid === 0))
    .map(({ hostname }) => hostname);
}
