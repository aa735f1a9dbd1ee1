import { notFound, refusal } from "../server/refusal";
import type { Store } from "../store";
import { cidrContains, formatAddress, formatNetwork, networkOf, parseNetwork } from "./address";
import type { SubnetRecord } from "./model";
import { findByReference, idIn, specifier } from "./references";
import { spaceName } from "./render-vlan";

const KINDS = ["id", "name", "cidr", "ip", "vid", "vlan", "fabric", "space"] as const;

function byText(store: Store, text: string): SubnetRecord[] {
  const id = idIn(text, "subnet");
  if (id !== undefined) return store.site.subnets.filter((subnet) => subnet.id === id);
  const network = parseNetwork(text);
  const cidr = network && formatNetwork(network);
  return store.site.subnets.filter((subnet) => (cidr === undefined ? subnet.name === text : subnet.cidr === cidr));
}

function byVlan(store: Store, subnet: SubnetRecord, kind: string, value: string): boolean {
  const vlan = store.site.vlans.find((candidate) => candidate.id === subnet.vlanId);
  if (vlan === undefined) return false;
  switch (kind) {
    case "vid":
      return vlan.vid === (value.toLowerCase() === "untagged" ? 0 : Number(value));
    case "vlan":
      return /^\d+$/.test(value) ? vlan.vid === Number(value) : vlan.name === value;
    case "fabric":
      return findByReference(store.site.fabrics, value, "fabric").some((fabric) => fabric.id === vlan.fabricId);
    default:
      return spaceName(store, vlan.spaceId) === value;
  }
}

/**
 * The subnets that a reference means: an id, a name (not unique), a CIDR in any writing, or one of those with its kind
 * (`cidr:10.0.0.0/16`, `name:pxe`, `vid:10`, `ip:10.0.0.7` …).
 */
export function findSubnets(store: Store, reference: string): SubnetRecord[] {
  const { kind, value } = specifier(reference, KINDS);
  switch (kind) {
    case undefined:
      return byText(store, value);
    case "id":
      return store.site.subnets.filter((subnet) => subnet.id === Number(value));
    case "name":
      return store.site.subnets.filter((subnet) => subnet.name === value);
    case "cidr": {
      const network = parseNetwork(value);
      const cidr = network && formatNetwork(network);
      return store.site.subnets.filter((subnet) => subnet.cidr === cidr);
    }
    case "ip":
      return store.site.subnets.filter((subnet) => cidrContains(subnet.cidr, value));
    default:
      return store.site.subnets.filter((subnet) => byVlan(store, subnet, kind, value));
  }
}

/** The one subnet that a path means: 404 when there is none, 403 when several have the name. */
export function subnetOfPath(store: Store, reference: string): SubnetRecord {
  const found = findSubnets(store, reference);
  if (found.length > 1) throw refusal(403, "Too many Subnet objects match the given query.");
  if (found[0] === undefined) throw notFound("Subnet");
  return found[0];
}

/** The subnet that MAAS files an address under: one whose VLAN serves DHCP first, then the narrowest. A /32 holds none. */
export function bestSubnetFor(store: Store, ip: string): SubnetRecord | undefined {
  const rank = (subnet: SubnetRecord): number => {
    const dhcp = store.site.vlans.some((vlan) => vlan.id === subnet.vlanId && vlan.dhcpOn);
    return (dhcp ? 1000 : 0) + Number(subnet.cidr.split("/")[1]);
  };
  return store.site.subnets
    .filter((subnet) => cidrContains(subnet.cidr, ip) && formatAddressOf(subnet.cidr) !== ip)
    .sort((a, b) => rank(b) - rank(a))[0];
}

/** The address of a CIDR that is a single address, else undefined. */
function formatAddressOf(cidr: string): string | undefined {
  const { version, first, last } = networkOf(cidr);
  return first === last ? formatAddress({ version, value: first }) : undefined;
}
