import type { LayoutSizes } from "./layout-sizes";
import type { DiskRule } from "./os-disk";

/** The storage layout that a machine is to have. */
export interface LayoutWish extends LayoutSizes {
  /** `flat`, `lvm` or `blank`. */
  layout: string;
  /** Which disk gets the operating system; null = the one that MAAS boots from. */
  disk: DiskRule | null;
  /** Whether that may be a LUN of a storage array. */
  sanBoot: boolean;
}

/** What is wished for where nothing is said (RA, "Canonical MAAS configuration"). */
export const defaultLayout = {
  layout: "flat",
  disk: null,
  sanBoot: false,
  rootSize: null,
  bootSize: null,
  volumeGroup: null,
  logicalVolume: null,
  logicalVolumeSize: null,
} as const satisfies LayoutWish;
