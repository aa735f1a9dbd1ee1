import type { HostLink } from "./host-interface";
import type { PresentLink } from "./present-network";

/** Which present links serve which wanted ones. LINK_UP stands for "no address" and is in none of the lists. */
export interface LinkMatch {
  /** Pairs that agree in mode, subnet and address; the default gateway may differ. */
  readonly kept: readonly { readonly present: PresentLink; readonly wanted: HostLink }[];
  readonly missing: readonly HostLink[];
  readonly unwanted: readonly PresentLink[];
}

/**
 * Pairs present with wanted links, each at most once. Wanted links with an address choose first, so that "any STATIC address of the
 * subnet" does not take the one that another link needs. Of equal present links the one that is rightly (or rightly not) the default
 * gateway is kept, then the oldest.
 */
export function matchLinks(
  present: readonly PresentLink[],
  wanted: readonly HostLink[],
  defaultGatewayLinkId: number | undefined,
): LinkMatch {
  const free = present.filter((link) => link.mode !== "LINK_UP");
  const kept: { present: PresentLink; wanted: HostLink }[] = [];
  const missing: HostLink[] = [];
  for (const link of [...wanted].sort((a, b) => Number(needsOwn(b)) - Number(needsOwn(a)))) {
    const serving = free.filter((candidate) => serves(candidate, link));
    const taken =
      serving.find((candidate) => (candidate.id === defaultGatewayLinkId) === link.defaultGateway) ?? serving[0];
    if (taken === undefined) {
      missing.push(link);
      continue;
    }
    free.splice(free.indexOf(taken), 1);
    kept.push({ present: taken, wanted: link });
  }
  return { kept, missing, unwanted: free };
}

function needsOwn(link: HostLink): boolean {
  return link.ipAddress !== undefined || link.defaultGateway;
}

function serves(present: PresentLink, wanted: HostLink): boolean {
  if (present.mode !== wanted.mode) return false;
  if (wanted.mode === "DHCP" && wanted.subnet === undefined) return true;
  return present.subnet === wanted.subnet && (wanted.ipAddress === undefined || present.ipAddress === wanted.ipAddress);
}
