import { linksOf } from "./addresses";
import { isEnabled } from "./clean-interface";
import { ensureLinkUp } from "./ensure-link-up";
import { childrenOf, findInterface, type NetworkContext } from "./network-context";
import { openInterface, type OpenInterface } from "./open-interface";
import { unlinkAddress } from "./unlink-address";

function ensureOnce(context: NetworkContext, open: OpenInterface): void {
  if (open.id === null || context.linking.has(open.id)) return;
  context.linking.add(open.id);
  ensureLinkUp(context, open);
  context.linking.delete(open.id);
}

/**
 * A NIC was switched on or off: on gives it, and what sits on it, a LINK_UP where there is no link; off takes the links
 * of all that is down with it.
 */
export function enabledChanged(context: NetworkContext, open: OpenInterface): void {
  if (open.columns.type !== "physical" || open.id === null) return;
  if (open.columns.enabled) {
    ensureOnce(context, open);
    for (const child of childrenOf(context, open.id)) {
      if (findInterface(context, child) !== undefined) ensureOnce(context, openInterface(context, child));
    }
    return;
  }
  for (const link of linksOf(context, open.id)) unlinkAddress(context, open, link.id, true);
  for (const child of childrenOf(context, open.id)) {
    const above = openInterface(context, child);
    if (isEnabled(context, above)) continue;
    for (const address of [...(findInterface(context, child)?.addresses ?? [])]) {
      unlinkAddress(context, above, address.id, true);
    }
  }
}
