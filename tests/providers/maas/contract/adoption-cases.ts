import type { PlainObject } from "../../../../providers/dynamic/plain";
import type { MaasClient } from "../../../../providers/maas/client/client";
import type { SubnetAnswer } from "../../../../providers/maas/client/site-types";
import { domainKind } from "../../../../providers/maas/domain";
import { resourcePoolKind } from "../../../../providers/maas/resource-pool";
import { subnetKind } from "../../../../providers/maas/subnet";
import { tagKind } from "../../../../providers/maas/tag";
import { vlanKind } from "../../../../providers/maas/vlan";
import { zoneKind } from "../../../../providers/maas/zone";
import { type Names, type SomeKind, some } from "./kind-case";

/** An object that somebody else created with values of his own, and how a program describes it. */
export interface AdoptionCase {
  readonly title: string;
  readonly kind: SomeKind;
  /** Creates it by hand, with what it stands on. */
  readonly create: (client: MaasClient) => Promise<unknown>;
  /** Its values as MAAS has them; markers are left out. Undefined when it is gone. */
  readonly look: (client: MaasClient) => Promise<PlainObject | undefined>;
  /** Whether MAAS has a field for a marker, in which previous values outlive a lost record. Domains and VLANs have none. */
  readonly marker: boolean;
  /** Describes nothing but which object it is. */
  readonly identity: PlainObject;
  /** Describes one field with another value, and the value that {@link look} then shows. */
  readonly change: { readonly args: PlainObject; readonly shown: PlainObject };
  readonly remove: (client: MaasClient) => Promise<unknown>;
}

/** What a creation by hand looks for after a lost answer: nothing. */
export const nobody = (): boolean => false;

/** Text without the marker that a stack leaves behind it. */
export function unmarked(text: string): string {
  return text.replace(/ ?\[vmo-metal [^\]]*\]$/, "");
}

/** Objects of every kind that a MAAS in use has already, with values that no default equals. */
export function adoptionCases(names: Names): AdoptionCase[] {
  return [...plainAdoptions(names), vlanAdoption(names), subnetAdoption(names)];
}

function plainAdoptions(names: Names): AdoptionCase[] {
  const name = names.of("theirs");
  const domain = names.domain("theirs");
  return [
    {
      title: "resource pool",
      marker: true,
      kind: some(resourcePoolKind),
      create: (client) => client.pools.create({ name, description: "Theirs" }, nobody),
      async look(client) {
        const pool = await client.pools.find((each) => each.name === name, 0);
        return pool && { description: unmarked(pool.description) };
      },
      identity: { name },
      change: { args: { description: "Ours" }, shown: { description: "Ours" } },
      remove: async (client) => {
        const pool = await client.pools.find((each) => each.name === name, 0);
        if (pool !== undefined) await client.pools.remove(String(pool.id));
      },
    },
    {
      title: "zone",
      marker: true,
      kind: some(zoneKind),
      create: (client) => client.zones.create({ name, description: "Theirs" }, nobody),
      async look(client) {
        const zone = await client.zones.find((each) => each.name === name, 0);
        return zone && { description: unmarked(zone.description) };
      },
      identity: { name },
      change: { args: { description: "Ours" }, shown: { description: "Ours" } },
      remove: (client) => client.zones.remove(name),
    },
    {
      title: "tag",
      marker: true,
      kind: some(tagKind),
      create: (client) => client.tags.create({ name, comment: "Theirs", kernel_opts: "theirs=1" }, nobody),
      async look(client) {
        const tag = await client.tags.find((each) => each.name === name, 0);
        return tag && { comment: unmarked(tag.comment), kernelOptions: tag.kernel_opts };
      },
      identity: { name },
      change: { args: { comment: "Ours" }, shown: { comment: "Ours" } },
      remove: (client) => client.tags.remove(name),
    },
    {
      title: "DNS domain",
      marker: false,
      kind: some(domainKind),
      create: (client) => client.domains.create({ name: domain, ttl: 600, authoritative: false }, nobody),
      async look(client) {
        const found = await client.domains.find((each) => each.name === domain, 0);
        return found && { ttl: found.ttl, authoritative: found.authoritative };
      },
      identity: { name: domain },
      change: { args: { ttl: 300 }, shown: { ttl: 300 } },
      remove: async (client) => {
        const found = await client.domains.find((each) => each.name === domain, 0);
        if (found !== undefined) await client.domains.remove(String(found.id));
      },
    },
  ];
}

function vlanAdoption(names: Names): AdoptionCase {
  const fabric = names.of("their-fabric");
  return {
    title: "VLAN",
    marker: false,
    kind: some(vlanKind),
    async create(client) {
      const made = await client.fabrics.create({ name: fabric }, nobody);
      await client.fabrics.createVlan(made, { vid: 12, name: "theirs", mtu: 9000 });
    },
    async look(client) {
      const vlan = await client.fabrics.vlan(fabric, 12, 0);
      return vlan && { name: vlan.name, mtu: vlan.mtu };
    },
    identity: { fabric, vid: 12 },
    change: { args: { name: "ours" }, shown: { name: "ours" } },
    remove: (client) => removeFabric(client, fabric),
  };
}

function subnetAdoption(names: Names): AdoptionCase {
  const fabric = names.of("their-subnets");
  const cidr = names.network(3);
  const find = (client: MaasClient): Promise<SubnetAnswer | undefined> =>
    client.subnets.find((each) => each.cidr === cidr, 0);
  return {
    title: "subnet",
    marker: true,
    kind: some(subnetKind),
    async create(client) {
      const { vlans } = await client.fabrics.create({ name: fabric }, nobody);
      const fields = {
        cidr,
        vlan: vlans[0]?.id ?? 0,
        name: "theirs",
        description: "Theirs",
        gateway_ip: names.address(3, 1),
        dns_servers: [names.address(3, 53), names.address(3, 54)].join(" "),
        allow_dns: false,
        allow_proxy: false,
        active_discovery: true,
        rdns_mode: 1,
      };
      await client.subnets.create(fields, nobody);
    },
    async look(client) {
      const subnet = await find(client);
      return (
        subnet && {
          name: subnet.name,
          description: unmarked(subnet.description),
          gateway: subnet.gateway_ip,
          dnsServers: [...subnet.dns_servers],
          managed: subnet.managed,
          allowDns: subnet.allow_dns,
          allowProxy: subnet.allow_proxy,
          activeDiscovery: subnet.active_discovery,
          rdnsMode: subnet.rdns_mode,
        }
      );
    },
    identity: { cidr, fabric, vid: 0 },
    change: { args: { name: "ours" }, shown: { name: "ours" } },
    async remove(client) {
      const subnet = await find(client);
      if (subnet !== undefined) await client.subnets.remove(String(subnet.id));
      await removeFabric(client, fabric);
    },
  };
}

/** Removes the fabric of a name, if there is one. */
export async function removeFabric(client: MaasClient, name: string): Promise<void> {
  const found = (await client.fabrics.list(0)).find((each) => each.name === name);
  if (found !== undefined) await client.fabrics.remove(String(found.id));
}
