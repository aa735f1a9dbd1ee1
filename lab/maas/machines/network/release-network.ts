import { deleteInterface } from "./delete-interface";
import { findInterface, parentsOf, type NetworkContext } from "./network-context";

/**
 * Frees the addresses that AUTO links got, and removes the bridges that were made for the allocation: their links go back
 * to what they sit on.
 */
export function releaseNetwork(context: NetworkContext): void {
  for (const { id } of [...context.machine.interfaces]) {
    const stored = findInterface(context, id);
    if (stored === undefined) continue;
    for (const address of stored.addresses) if (address.allocationType === "auto") address.ip = null;
    if (!stored.acquired) continue;
    const [parentId] = stored.type === "bridge" ? parentsOf(context, id) : [];
    const parent = parentId === undefined ? undefined : findInterface(context, parentId);
    if (parent !== undefined) {
      parent.addresses.push(...stored.addresses);
      parent.addresses.sort((a, b) => a.id - b.id);
      stored.addresses = [];
    }
    deleteInterface(context, id, parent !== undefined);
  }
}
