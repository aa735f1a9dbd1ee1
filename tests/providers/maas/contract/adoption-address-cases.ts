import type { MaasClient } from "../../../../providers/maas/client/client";
import { defaultDomainKind } from "../../../../providers/maas/default-domain";
import { dnsRecordKind } from "../../../../providers/maas/dns-record";
import { ipRangeKind } from "../../../../providers/maas/ip-range";
import { settingKind } from "../../../../providers/maas/setting";
import { staticRouteKind } from "../../../../providers/maas/static-route";
import { type AdoptionCase, nobody, removeFabric, unmarked } from "./adoption-cases";
import { type Names, some } from "./kind-case";

/** What stands on subnets and domains of somebody else. */
export function addressAdoptions(names: Names): AdoptionCase[] {
  return [rangeAdoption(names), routeAdoption(names), recordAdoption(names)];
}

/** What a region has once: its settings and its default domain. */
export function regionAdoptions(names: Names): AdoptionCase[] {
  return [settingAdoption(names), defaultDomainAdoption(names)];
}

/** Creates a fabric with subnets; returns their ids. */
async function createSubnets(client: MaasClient, fabric: string, cidrs: readonly string[]): Promise<number[]> {
  const { vlans } = await client.fabrics.create({ name: fabric }, nobody);
  const subnets = await Promise.all(
    cidrs.map((cidr) => client.subnets.create({ cidr, vlan: vlans[0]?.id ?? 0, name: cidr }, nobody)),
  );
  return subnets.map(({ id }) => id);
}

/** Removes such a fabric with its subnets. Ranges and routes go with their subnet. */
async function removeSubnets(client: MaasClient, fabric: string, cidrs: readonly string[]): Promise<void> {
  const subnets = (await client.subnets.list(0)).filter(({ cidr }) => cidrs.includes(cidr));
  for (const { id } of subnets) await client.subnets.remove(String(id));
  await removeFabric(client, fabric);
}

function rangeAdoption(names: Names): AdoptionCase {
  const fabric = names.of("their-range");
  const subnet = names.network(4);
  const [start, end] = [names.address(4, 10), names.address(4, 20)];
  return {
    title: "IP range",
    marker: true,
    kind: some(ipRangeKind),
    async create(client) {
      const [id = 0] = await createSubnets(client, fabric, [subnet]);
      const fields = { subnet: id, type: "reserved", start_ip: start, end_ip: end, comment: "Theirs" };
      await client.ipRanges.create(fields, nobody);
    },
    async look(client) {
      const range = await client.ipRanges.find((each) => each.start_ip === start, 0);
      return range && { type: range.type, start: range.start_ip, end: range.end_ip, comment: unmarked(range.comment) };
    },
    identity: { subnet, type: "reserved", start, end },
    change: { args: { comment: "Ours" }, shown: { comment: "Ours" } },
    remove: (client) => removeSubnets(client, fabric, [subnet]),
  };
}

function routeAdoption(names: Names): AdoptionCase {
  const fabric = names.of("their-route");
  const [source, destination, gateway] = [names.network(5), names.network(6), names.address(5, 1)];
  return {
    title: "static route",
    marker: false,
    kind: some(staticRouteKind),
    async create(client) {
      const [from = 0, to = 0] = await createSubnets(client, fabric, [source, destination]);
      await client.staticRoutes.create({ source: from, destination: to, gateway_ip: gateway, metric: 70 }, nobody);
    },
    async look(client) {
      const route = await client.staticRoutes.find((each) => each.source.cidr === source, 0);
      return route && { gateway: route.gateway_ip, metric: route.metric };
    },
    identity: { source, destination, gateway },
    change: { args: { metric: 7 }, shown: { metric: 7 } },
    remove: (client) => removeSubnets(client, fabric, [source, destination]),
  };
}

function recordAdoption(names: Names): AdoptionCase {
  const domain = names.domain("their-record");
  const fabric = names.of("their-record");
  const subnet = names.network(7);
  return {
    title: "DNS record",
    marker: false,
    kind: some(dnsRecordKind),
    async create(client) {
      await client.domains.create({ name: domain }, nobody);
      // MAAS keeps the address of a record that is gone until its subnet goes.
      await createSubnets(client, fabric, [subnet]);
      const fields = { fqdn: `api.${domain}`, ip_addresses: names.address(7, 1), address_ttl: 60 };
      await client.dnsResources.create(fields, nobody);
    },
    async look(client) {
      const record = await client.dnsResources.find(({ fqdn }) => fqdn === `api.${domain}`, 0);
      return record && { ttl: record.address_ttl, addresses: record.ip_addresses.map(({ ip }) => ip) };
    },
    identity: { name: "api", domain },
    change: { args: { ttl: 120 }, shown: { ttl: 120 } },
    async remove(client) {
      const record = await client.dnsResources.find(({ fqdn }) => fqdn === `api.${domain}`, 0);
      if (record !== undefined) await client.dnsResources.remove(String(record.id));
      await removeDomain(client, domain);
      await removeSubnets(client, fabric, [subnet]);
    },
  };
}

async function removeDomain(client: MaasClient, name: string): Promise<void> {
  const found = await client.domains.find((each) => each.name === name, 0);
  if (found !== undefined) await client.domains.remove(String(found.id));
}

function settingAdoption(names: Names): AdoptionCase {
  const name = "maas_name";
  const theirs = names.of("theirs");
  const ours = names.of("ours");
  let before: Awaited<ReturnType<MaasClient["settings"]["get"]>>;
  return {
    title: "setting",
    marker: false,
    kind: some(settingKind),
    async create(client) {
      before = await client.settings.get(name);
      await client.settings.set(name, theirs);
    },
    look: async (client) => ({ value: await client.settings.get(name) }),
    identity: { name, value: theirs },
    change: { args: { value: ours }, shown: { value: ours } },
    remove: (client) => client.settings.set(name, before),
  };
}

function defaultDomainAdoption(names: Names): AdoptionCase {
  const [theirs, ours] = [names.domain("their-default"), names.domain("our-default")];
  let before: number | undefined;
  return {
    title: "default domain",
    marker: false,
    kind: some(defaultDomainKind),
    async create(client) {
      before = (await client.domains.find((each) => each.is_default, 0))?.id;
      await client.domains.create({ name: ours }, nobody);
      await client.setDefaultDomain((await client.domains.create({ name: theirs }, nobody)).id);
    },
    async look(client) {
      const found = await client.domains.find((each) => each.is_default, 0);
      return found && { domain: found.name };
    },
    identity: { domain: theirs },
    change: { args: { domain: ours }, shown: { domain: ours } },
    async remove(client) {
      if (before !== undefined) await client.setDefaultDomain(before);
      await removeDomain(client, theirs);
      await removeDomain(client, ours);
    },
  };
}
