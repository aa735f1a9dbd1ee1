import type { MachineFacts } from "../../providers/maas/look-ups/machine-facts";
import { inUse } from "../../providers/maas/machine-state/status";
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
  const names = removed
    .filter((machine) => !inUse(machine))
    .map(({ hostname, systemId }) => `${hostname} (${systemId})`);
  if (names.length === 0) return undefined;
  return (
    `No host describes ${names.join(", ")} any more: an up takes ${names.length === 1 ? "it" : "them"} out of the resource pool first and then ` +
    "restores hostname, pool, zone, domain and network; no disk is touched."
  );
}
