import { InputError } from "../dynamic/errors";
import type { MaasClient } from "./client/client";
import type { Log } from "./client/log";
import { decisionAge } from "./client/machines";
import type { MachineAnswer } from "./client/machine-types";
import { fabricNamed } from "./client/fabrics";
import type { FabricAnswer } from "./client/site-types";
import { findVlan } from "./find-vlan";
import {
  type HostInterface,
  type HostInterfaces,
  type VlanReference,
  formatVlan,
  parentsOf,
  sameVlan,
} from "./host-network/host-interface";

/** Ids of VLANs by their reference. */
export type VlanIds = (vlan: VlanReference) => number;

/**
 * Resolves every VLAN and checks every subnet of a description, before anything is changed.
 *
 * @throws InputError for a VLAN or subnet that MAAS does not have, or a subnet on another VLAN than the interface.
 */
export async function resolveVlans(client: MaasClient, wanted: HostInterfaces): Promise<VlanIds> {
  const ids = new Map<string, number>();
  for (const item of Object.values(wanted)) {
    if (item.vlan === undefined || ids.has(formatVlan(item.vlan))) continue;
    ids.set(formatVlan(item.vlan), (await findVlan(client, item.vlan.fabric, item.vlan.vid)).id);
  }
  await checkSubnets(client, wanted);
  return (vlan) => {
    const id = ids.get(formatVlan(vlan));
    if (id === undefined)
      throw new InputError(`The plan needs VLAN ${formatVlan(vlan)}, which the description does not name.`);
    return id;
  };
}

async function checkSubnets(client: MaasClient, wanted: HostInterfaces): Promise<void> {
  const subnets = new Map((await client.subnets.list()).map((subnet) => [subnet.cidr, subnet.vlan]));
  for (const [name, item] of Object.entries(wanted)) {
    for (const { subnet } of item.links) {
      if (subnet === undefined) continue;
      const vlan = subnets.get(subnet);
      if (vlan === undefined) {
        throw new InputError(`${name}: MAAS has no subnet ${subnet}; describe it first.`, `interfaces.${name}.links`);
      }
      if (item.vlan !== undefined && !sameVlan(item.vlan, { fabric: vlan.fabric, vid: vlan.vid })) {
        const place = formatVlan({ fabric: vlan.fabric, vid: vlan.vid });
        throw new InputError(
          `${name}: subnet ${subnet} is on VLAN ${place}, but the interface is on ${formatVlan(item.vlan)}; a link must be on the interface's VLAN.`,
          `interfaces.${name}.links`,
        );
      }
    }
  }
}

/**
 * A former network as it can still be put back: NICs that are gone, VLANs and subnets that MAAS does not have any more are left out,
 * with a warning each.
 */
export async function stillPossible(
  client: MaasClient,
  machine: MachineAnswer,
  former: HostInterfaces,
  log: Log,
): Promise<HostInterfaces> {
  const nics = new Set(machine.interface_set.filter((item) => item.type === "physical").map((item) => item.name));
  const fabrics = await client.fabrics.list(decisionAge);
  const vlans = new Set(
    fabrics.flatMap((fabric) => fabric.vlans).map((vlan) => formatVlan({ fabric: vlan.fabric, vid: vlan.vid })),
  );
  const subnets = new Map((await client.subnets.list()).map((subnet) => [subnet.cidr, subnet.vlan]));
  const possible: Record<string, HostInterface> = {};
  for (const [name, item] of inOrder(former)) {
    const missing =
      item.type === "physical" ? !nics.has(name) : parentsOf(item).some((parent) => !(parent in possible));
    if (missing) {
      log.warning(
        `${name} of its former network is not put back: ${item.type === "physical" ? "the NIC" : "what it sat on"} is gone`,
      );
      continue;
    }
    const { vlan: formerVlan, ...rest } = item;
    const vlan =
      formerVlan === undefined ? undefined : { ...formerVlan, fabric: presentName(fabrics, formerVlan.fabric) };
    const known = vlan !== undefined && vlans.has(formatVlan(vlan));
    if (vlan !== undefined && !known) log.warning(`${name} stays without a VLAN: ${formatVlan(vlan)} is gone`);
    if (!known && item.type === "vlan") continue;
    const links = item.links.filter(({ subnet }) => {
      const place = subnet === undefined ? vlan : subnets.get(subnet);
      return known && place !== undefined && sameVlan(vlan, { fabric: place.fabric, vid: place.vid });
    });
    if (links.length < item.links.length)
      log.warning(`${name} does not get all of its former addresses back: a subnet is gone`);
    possible[name] = { ...rest, ...(known ? { vlan } : {}), links };
  }
  return possible;
}

/** The name that a fabric has now: one that MAAS named `fabric-<id>` may have been renamed since. */
function presentName(fabrics: readonly FabricAnswer[], name: string): string {
  return fabricNamed(fabrics, name)?.name ?? name;
}

/** Interfaces with what they sit on before them. */
function inOrder(interfaces: HostInterfaces): [string, HostInterface][] {
  const rank: Record<HostInterface["type"], number> = { physical: 0, bond: 1, bridge: 2, vlan: 2 };
  const depth = (item: HostInterface): number =>
    rank[item.type] +
    parentsOf(item).reduce((most, parent) => {
      const below = interfaces[parent];
      return below === undefined ? most : Math.max(most, depth(below));
    }, 0);
  return Object.entries(interfaces).sort(([, left], [, right]) => depth(left) - depth(right));
}
