import type { MachineFacts } from "../../../providers/maas/look-ups/machine-facts";
import { inUse } from "../../../providers/maas/machine-state/status";
import { unmark } from "../../../providers/maas/marker";
import { type HostState, hostStates } from "../../derived/host-holds";
import { removedMachines } from "../../derived/removed-machines";
import type { Datacenter } from "../../description/datacenter";
import type { Hit } from "../rule";
import type { MaasFacts } from "../site-facts";
import { maasRule } from "./machines";

/** How many machines a message names. */
const named = 8;

/** Machines that are in a zone after this run as well: all but those that leave the stack, and those whose description states another zone. */
function remaining(datacenter: Datacenter, maas: MaasFacts, zone: string): readonly MachineFacts[] {
  const moves = ({ host, hold }: HostState): boolean => hold === null && host.zoneFixed && host.zone !== zone;
  const leaving = new Set([
    ...removedMachines(datacenter, maas.machines).filter((machine) => !inUse(machine)),
    ...hostStates(datacenter, maas.machines).flatMap((state) => (moves(state) ? [state.machine] : [])),
  ]);
  return maas.machines.filter((machine) => machine.zone === zone && !leaving.has(machine));
}

/** The zones' deletion would move their machines to MAAS's default zone; a zone is a physical fact. */
export const zonesStayWhileUsed = maasRule(
  {
    code: "SIT053",
    severity: "error",
    rule: "No zone of this stack is removed from the description while machines are in it.",
  },
  (datacenter, maas) => {
    const described = new Set([
      ...datacenter.zones,
      ...datacenter.hostGroups.flatMap(({ zones, hosts }) => [...zones, ...hosts.map(({ zone }) => zone)]),
    ]);
    return maas.objects.zones
      .filter(({ name, description }) => !described.has(name) && unmark(description).datacenter === datacenter.name)
      .flatMap(({ name }): Hit[] => {
        const names = remaining(datacenter, maas, name).map(({ hostname }) => hostname);
        if (names.length === 0) return [];
        const more = names.length - named;
        return [
          {
            path: "zones",
            message: `the zone "${name}" is still in use by ${names.slice(0, named).join(", ")}${more > 0 ? ` and ${more} more` : ""}, but not described any more`,
            fix: 'Keep it in the list, or state with "zone" in which one each of these machines is.',
          },
        ];
      });
  },
);
