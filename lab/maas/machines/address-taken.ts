import type { Store } from "../store";

/** Whether an interface of a machine, a rack controller or a DNS resource holds an address (also one only discovered). */
export function addressTaken(store: Store, ip: string): boolean {
  return (
    store.machines.some((machine) =>
      machine.interfaces.some((each) => each.addresses.some((address) => address.ip === ip)),
    ) ||
    store.site.reservedAddresses.some((address) => address.ip === ip) ||
    store.site.rackControllers.some((rack) => rack.addresses.some((address) => address.ip === ip))
  );
}
