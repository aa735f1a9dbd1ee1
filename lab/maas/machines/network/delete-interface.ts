import { deleteAddress } from "./addresses";
import { childrenOf, findInterface, parentsOf, type NetworkContext } from "./network-context";

/**
 * Deletes an interface and everything that sits on nothing else. What it sat on stays as it is: on its VLAN, without
 * links. A bond goes on with its other members.
 *
 * @param keepAddresses Its addresses were moved elsewhere and stay.
 */
export function deleteInterface(context: NetworkContext, id: number, keepAddresses = false): void {
  const stored = findInterface(context, id);
  if (stored === undefined) return;
  for (const child of childrenOf(context, id)) {
    if (parentsOf(context, child).length === 1) deleteInterface(context, child);
  }
  if (!keepAddresses) {
    for (const address of [...stored.addresses]) deleteAddress(context, id, address.id);
  }
  const { machine } = context;
  machine.interfaces = machine.interfaces.filter((each) => each.id !== id);
  for (const each of machine.interfaces) each.parents = each.parents.filter((parent) => parent !== id);
  if (machine.bootInterfaceId === id) machine.bootInterfaceId = null;
}
