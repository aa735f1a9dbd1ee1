import { type Findable, findMachine } from "../../providers/maas/look-ups/find-machine";
import { unmark } from "../../providers/maas/marker";
import type { Datacenter } from "../description/datacenter";
import type { Host, HostGroup } from "../description/hosts";

/** What of a machine decides its host's zone. */
export interface ZonedMachine extends Findable {
  /** Name of the zone that it is in. */
  readonly zone: string;
  /** With the marker of the datacenter that describes it, if any does. */
  readonly description: string;
}

/**
 * Gives every host whose zone is not described the zone that it has: a machine that carries this datacenter's marker stays in its zone while the
 * description names that zone for its group, so that no host moves because another one came or went, or because the list of zones grew. A host
 * without such a zone gets the one of its group with the fewest hosts. A group of which nothing was observed keeps the round robin. Pure.
 *
 * @param machines all machines of MAAS
 */
export function withObservedZones<Described extends Pick<Datacenter, "name" | "hostGroups">>(
  datacenter: Described,
  machines: readonly ZonedMachine[],
): Described {
  const hostGroups = datacenter.hostGroups.map((group) =>
    settleGroup(group, (host) => zoneOf(datacenter.name, host, machines)),
  );
  return { ...datacenter, hostGroups };
}

/** The zone of a machine that this datacenter's stack has placed; undefined for every other. */
function zoneOf(datacenter: string, { find }: Host, machines: readonly ZonedMachine[]): string | undefined {
  const found = findMachine(machines, find);
  if ("problem" in found || unmark(found.machine.description).datacenter !== datacenter) return undefined;
  return found.machine.zone;
}

/** A group with a zone for each of its hosts. Exported for its laws: see {@link withObservedZones}. */
export function settleGroup(group: HostGroup, observed: (host: Host) => string | undefined): HostGroup {
  const known = new Map<Host, string>();
  for (const host of group.hosts) {
    const zone = host.zoneFixed ? host.zone : observed(host);
    if (zone !== undefined && (host.zoneFixed || group.zones.includes(zone))) known.set(host, zone);
  }
  if (group.hosts.every((host) => host.zoneFixed || !known.has(host))) return group;
  const counts = new Map(group.zones.map((zone) => [zone, 0]));
  for (const zone of known.values()) counts.set(zone, (counts.get(zone) ?? 0) + 1);
  const hosts = group.hosts.map((host) => {
    const zone = known.get(host) ?? emptiest(group.zones, counts, host.zone);
    if (!known.has(host)) counts.set(zone, (counts.get(zone) ?? 0) + 1);
    return { ...host, zone };
  });
  return { ...group, hosts };
}

/** The zone with the fewest hosts; among equals the proposed one, else the first of the list. */
function emptiest(zones: readonly string[], counts: ReadonlyMap<string, number>, proposed: string): string {
  const least = Math.min(...zones.map((zone) => counts.get(zone) ?? 0));
  const candidates = zones.filter((zone) => counts.get(zone) === least);
  return candidates.includes(proposed) ? proposed : (candidates[0] ?? proposed);
}
