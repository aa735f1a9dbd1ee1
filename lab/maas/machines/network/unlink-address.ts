import { deleteAddress } from "./addresses";
import { ensureLinkUp } from "./ensure-link-up";
import type { NetworkContext } from "./network-context";
import type { OpenInterface } from "./open-interface";

/**
 * Takes a link off an interface.
 *
 * @param clearing The whole network configuration is being cleared: no LINK_UP is put in the place of the last link.
 */
export function unlinkAddress(
  context: NetworkContext,
  open: OpenInterface,
  addressId: number,
  clearing: boolean,
): void {
  if (open.id === null) return;
  deleteAddress(context, open.id, addressId);
  if (open.columns.enabled && !clearing) ensureLinkUp(context, open);
}
