import { findMachine } from "../../../providers/maas/look-ups/find-machine";
import type { MachineFacts } from "../../../providers/maas/look-ups/machine-facts";
import { allHosts } from "../../derived/all-hosts";
import type { Datacenter } from "../../description/datacenter";
import type { Host } from "../../description/hosts";
import type { MaasFacts } from "../site-facts";

/** A described host with its machine, or why it has none. */
export type MatchedHost =
  | { readonly host: Host; readonly machine: MachineFacts }
  | { readonly host: Host; readonly machine: undefined; readonly problem: string };

/** Finds every described host in MAAS, by the rule that the machine resource uses too. */
export function matchHosts(datacenter: Pick<Datacenter, "hostGroups">, maas: MaasFacts): MatchedHost[] {
  return allHosts(datacenter).map((host): MatchedHost => {
    const found = findMachine(maas.machines, host.find);
    return "machine" in found ? { host, machine: found.machine } : { host, machine: undefined, problem: found.problem };
  });
}

/** The hosts that were found. */
export function foundHosts(
  datacenter: Pick<Datacenter, "hostGroups">,
  maas: MaasFacts,
): { readonly host: Host; readonly machine: MachineFacts }[] {
  return matchHosts(datacenter, maas).flatMap((matched) =>
    matched.machine === undefined ? [] : [{ host: matched.host, machine: matched.machine }],
  );
}
