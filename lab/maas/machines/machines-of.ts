import type { Store } from "../store";

/** System ids of a pool's machines. */
export function machinesInPool(store: Store, poolId: number): string[] {
  return store.machines.filter((machine) => machine.poolId === poolId).map((machine) => machine.systemId);
}

/** The machines of a domain. */
export function machinesInDomain(store: Store, domainId: number): { systemId: string; hostname: string }[] {
  return store.machines
    .filter((machine) => machine.domainId === domainId)
    .map(({ systemId, hostname }) => ({ systemId, hostname }));
}

/** The interfaces on a VLAN, as MAAS lists them: `enp1s0 (physical) on node001`. */
export function vlanInUse(store: Store, vlanId: number): string[] {
  return store.machines.flatMap((machine) =>
    machine.interfaces
      .filter((each) => each.vlanId === vlanId)
      .map((each) => `${each.name} (${each.type}) on ${machine.hostname}`),
  );
}
