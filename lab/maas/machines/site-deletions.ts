import type { Store } from "../store";
import { deleteAddress } from "./network/addresses";
import { deleteInterface } from "./network/delete-interface";
import { networkContext } from "./network/network-context";
import { openInterface } from "./network/open-interface";
import { saveInterface } from "./network/save-interface";

/** A VLAN is deleted: VLAN interfaces on it vanish, other interfaces move to another VLAN and lose their links. */
export function onVlanDeleted(store: Store, vlanId: number, replacementVlanId: number): void {
  for (const machine of store.machines) {
    const context = networkContext(store, machine);
    for (const { id, type, vlanId: theirs } of [...machine.interfaces]) {
      if (theirs !== vlanId || !machine.interfaces.some((each) => each.id === id)) continue;
      if (type === "vlan") {
        deleteInterface(context, id);
        continue;
      }
      const open = openInterface(context, id);
      open.columns.vlanId = replacementVlanId;
      saveInterface(context, open);
    }
  }
}

/** A subnet is deleted: every link and address in it vanishes. */
export function onSubnetDeleted(store: Store, subnetId: number): void {
  for (const machine of store.machines) {
    const context = networkContext(store, machine);
    for (const { id, addresses } of machine.interfaces) {
      for (const address of addresses.filter((each) => each.subnetId === subnetId)) {
        deleteAddress(context, id, address.id);
      }
    }
  }
}

/** A zone is deleted: its machines are in the default one. */
export function onZoneDeleted(store: Store, zoneId: number, defaultZoneId: number): void {
  for (const machine of store.machines) if (machine.zoneId === zoneId) machine.zoneId = defaultZoneId;
}
