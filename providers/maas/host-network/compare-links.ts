import type { HostLink } from "./host-interface";

/** The order of links in a description: by subnet, mode, address, default gateway. Their order means nothing to MAAS. */
export function compareLinks(a: HostLink, b: HostLink): number {
  return sortKey(a).localeCompare(sortKey(b), "en");
}

function sortKey(link: HostLink): string {
  return [link.subnet ?? "", link.mode, link.ipAddress ?? "", link.defaultGateway ? "1" : "0"].join(" ");
}
