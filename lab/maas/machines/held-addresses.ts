import type { Store } from "../store";
import { ALLOCATION_TYPE_NUMBERS } from "./model";

/** An address that an interface holds. */
export interface HeldAddress {
  linkId: number;
  ip: string;
  /** `alloc_type` of answers. */
  allocType: number;
  created: string;
  updated: string;
  user: string | null;
  /** The machine's owner. */
  owner: string | null;
  systemId: string;
  hostname: string;
  domainId: number;
  interfaceName: string;
  subnetId: number | null;
}

/** Addresses that machines hold, discovered ones included; those of one subnet, or all. */
export function addressesInUse(store: Store, subnetId?: number): HeldAddress[] {
  return store.machines.flatMap((machine) =>
    machine.interfaces.flatMap((each) =>
      each.addresses.flatMap((address) => {
        if (address.ip === null || (subnetId !== undefined && address.subnetId !== subnetId)) return [];
        return [
          {
            linkId: address.id,
            ip: address.ip,
            allocType: ALLOCATION_TYPE_NUMBERS[address.allocationType],
            created: address.created,
            updated: address.updated,
            user: null,
            owner: machine.owner,
            systemId: machine.systemId,
            hostname: machine.hostname,
            domainId: machine.domainId,
            interfaceName: each.name,
            subnetId: address.subnetId,
          },
        ];
      }),
    ),
  );
}
