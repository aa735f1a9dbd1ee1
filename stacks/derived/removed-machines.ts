import type { MachineFacts } from "../../providers/maas/look-ups/machine-facts";
import { inUse, possibility } from "../../providers/maas/machine-state/status";
import { unmark } from "../../providers/maas/marker";
import type { Datacenter } from "../description/datacenter";
import { hostStates } from "./host-holds";

/** Machines that carry this datacenter's marker although no host describes them any more. Pure. */
export function removedMachines(
  datacenter: Pick<Datacenter, "name" | "hostGroups">,
  machines: readonly MachineFacts[],
): readonly MachineFacts[] {
  const described = new Set(hostStates(datacenter, machines).map(({ machine }) => machine?.systemId));
  return machines.filter(
    ({ systemId, description }) => !described.has(systemId) && unmark(description).datacenter === datacenter.name,
  );
}

/** What a preview says about hosts that leave with the run; undefined when there are none. Pure. */
export function removalText(removed: readonly MachineFacts[]): string | undefined {
  const leaving = removed.filter((machine) => !inUse(machine));
  if (leaving.length === 0) return undefined;
  const stuck = leaving.filter((machine) => possibility(machine, "network") === "stuck");
  const names = leaving.map(({ hostname, systemId }) => `${hostname} (${systemId})`);
  const exceptions = stuck.map(({ hostname, statusName }) => `${hostname} (${statusName})`);
  return (
    `No host describes ${names.join(", ")} any more: an up takes ${names.length === 1 ? "it" : "them"} out of the resource pool first and then ` +
    "restores hostname, pool, zone, domain and network; no disk is touched." +
    (stuck.length === 0 ? "" : ` MAAS lets nobody change the network of ${exceptions.join(", ")}; it stays as it is.`)
  );
}
