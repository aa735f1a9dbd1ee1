import type { SiteSeed } from "./site-seed";
import { defaultSite } from "./sites/default";
import { occupiedSite } from "./sites/occupied";
import { routedSite } from "./sites/routed";

/** The sites that a lab can start with, by name. */
export const SITES = {
  default: defaultSite,
  occupied: occupiedSite,
  routed: routedSite,
} as const satisfies Record<string, SiteSeed>;

/** Name of a site that a lab can start with. */
export type SiteName = keyof typeof SITES;

/** Names of the sites, the default first. */
export const SITE_NAMES: readonly [SiteName, ...SiteName[]] = ["default", "occupied", "routed"];
