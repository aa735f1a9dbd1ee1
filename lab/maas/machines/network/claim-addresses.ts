import type { Store } from "../../store";
import type { MachineRecord } from "../model";
import { freeAddress } from "./free-address";

/**
 * Gives every AUTO link of a machine an address, interface by interface.
 *
 * @throws MaasRefusal 503 when a subnet has none left.
 */
export function claimAddresses(store: Store, machine: MachineRecord): void {
  for (const { addresses } of machine.interfaces) {
    for (const address of addresses) {
      if (address.allocationType !== "auto" || address.ip !== null || address.subnetId === null) continue;
      address.ip = freeAddress(store, address.subnetId);
      address.updated = store.now().toISOString();
    }
  }
}
