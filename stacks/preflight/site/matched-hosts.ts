import type { MachineFacts } from "../../../providers/maas/look-ups/machine-facts";
import { hostStates } from "../../derived/host-holds";
import type { Datacenter } from "../../description/datacenter";
import type { Host } from "../../description/hosts";
import type { MaasFacts } from "../site-facts";

/** A described host and its machine. */
export interface LocatedHost {
  readonly host: Host;
  readonly machine: MachineFacts;
}

/** Every described host that is one machine in MAAS, also those that are left out of this run. */
export function locatedHosts(datacenter: Pick<Datacenter, "hostGroups">, maas: MaasFacts): LocatedHost[] {
  return hostStates(datacenter, maas.machines).flatMap(({ host, machine }) =>
    machine === undefined ? [] : [{ host, machine }],
  );
}

/** The hosts that this run handles: one machine in MAAS, and nothing that holds them (broken, locked, out of service, ...). */
export function foundHosts(datacenter: Pick<Datacenter, "hostGroups">, maas: MaasFacts): LocatedHost[] {
  return hostStates(datacenter, maas.machines).flatMap(({ host, machine, hold }) =>
    machine === undefined || hold !== null ? [] : [{ host, machine }],
  );
}
