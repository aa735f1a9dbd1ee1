import { networkEncloses } from "../../../../addressing/network";
import type { MaasClient } from "../../../../providers/maas/client/client";
import type { Names } from "./kind-case";

/** Something of the tests that is still there. */
interface Leftover {
  readonly what: string;
  readonly remove: () => Promise<unknown>;
}

/**
 * Removes all that bears the names of a run and is still there, in an order that MAAS takes. Nothing of others does: the names hold a
 * number made for the run, and subnets are known by their marker.
 *
 * @returns what that was, in words
 */
export async function removeLeftovers(client: MaasClient, names: Names): Promise<string[]> {
  const removed: string[] = [];
  for (const find of [onAddresses, ofSubnets, ofFabrics, plain]) {
    for (const { what, remove } of await find(client, names)) {
      await remove();
      removed.push(what);
    }
  }
  return removed;
}

function isOurs(names: Names, name: string | null): boolean {
  return name?.startsWith(`${names.prefix}-`) === true;
}

async function onAddresses(client: MaasClient, names: Names): Promise<Leftover[]> {
  const within = (cidr: string): boolean => cidr.includes(".") && networkEncloses(names.block, cidr);
  const [records, resources, domains, ranges, routes] = await Promise.all([
    client.dnsRecords.list(0),
    client.dnsResources.list(0),
    client.domains.list(0),
    client.ipRanges.list(0),
    client.staticRoutes.list(0),
  ]);
  const inDomain = (fqdn: string): boolean =>
    domains.some(({ name }) => isOurs(names, name) && (fqdn === name || fqdn.endsWith(`.${name}`)));
  const left = <Item extends { readonly id: number }>(
    items: readonly Item[],
    ours: (item: Item) => boolean,
    show: (item: Item) => string,
    remove: (id: string) => Promise<void>,
  ): Leftover[] => items.filter(ours).map((item) => ({ what: show(item), remove: () => remove(String(item.id)) }));
  return [
    ...left(
      records,
      ({ fqdn }) => inDomain(fqdn),
      ({ fqdn }) => `DNS record ${fqdn}`,
      (id) => client.dnsRecords.remove(id),
    ),
    ...left(
      resources,
      ({ fqdn }) => inDomain(fqdn),
      ({ fqdn }) => `DNS name ${fqdn}`,
      (id) => client.dnsResources.remove(id),
    ),
    ...left(
      domains,
      ({ name }) => isOurs(names, name),
      ({ name }) => `DNS domain ${name}`,
      (id) => client.domains.remove(id),
    ),
    ...left(
      routes,
      ({ source, destination }) => within(source.cidr) && within(destination.cidr),
      ({ source }) => `static route of ${source.cidr}`,
      (id) => client.staticRoutes.remove(id),
    ),
  ].concat(
    // A dynamic range of a VLAN that serves DHCP stays until DHCP is off, which ofSubnets sees to.
    left(
      ranges,
      ({ subnet, type }) => type === "reserved" && within(subnet.cidr),
      ({ start_ip }) => `IP range ${start_ip}`,
      (id) => client.ipRanges.remove(id),
    ),
  );
}

async function ofSubnets(client: MaasClient, names: Names): Promise<Leftover[]> {
  const subnets = (await client.subnets.list(0)).filter(
    ({ description, vlan }) => description.endsWith(`[vmo-metal ${names.prefix}]`) || isOurs(names, vlan.fabric),
  );
  return subnets.map(({ id, cidr, vlan }) => ({
    what: `subnet ${cidr}`,
    remove: async () => {
      if (vlan.dhcp_on && isOurs(names, vlan.fabric)) await client.fabrics.updateVlan(vlan.id, { dhcp_on: false });
      await client.subnets.remove(String(id));
    },
  }));
}

async function ofFabrics(client: MaasClient, names: Names): Promise<Leftover[]> {
  const fabrics = await client.fabrics.list(0);
  return fabrics.flatMap(({ id, name, vlans }): Leftover[] => {
    if (isOurs(names, name)) return [{ what: `fabric ${name}`, remove: () => client.fabrics.remove(String(id)) }];
    return vlans
      .filter((vlan) => vlan.vid !== 0 && isOurs(names, vlan.name))
      .map((vlan) => ({
        what: `VLAN ${vlan.vid} of ${name}`,
        remove: () => client.fabrics.removeVlan(String(vlan.id)),
      }));
  });
}

async function plain(client: MaasClient, names: Names): Promise<Leftover[]> {
  const [spaces, pools, zones, tags] = await Promise.all([
    client.spaces.list(0),
    client.pools.list(0),
    client.zones.list(0),
    client.tags.list(0),
  ]);
  const ours = ({ name }: { readonly name: string }): boolean => isOurs(names, name);
  return [
    ...spaces
      .filter(ours)
      .map(({ id, name }) => ({ what: `space ${name}`, remove: () => client.spaces.remove(String(id)) })),
    ...pools
      .filter(ours)
      .map(({ id, name }) => ({ what: `resource pool ${name}`, remove: () => client.pools.remove(String(id)) })),
    ...zones.filter(ours).map(({ name }) => ({ what: `zone ${name}`, remove: () => client.zones.remove(name) })),
    ...tags.filter(ours).map(({ name }) => ({ what: `tag ${name}`, remove: () => client.tags.remove(name) })),
  ];
}
