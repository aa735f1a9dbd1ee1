import type { MachineFacts } from "../../providers/maas/look-ups/machine-facts";

/** An operating system image as MAAS has it. */
export interface ImageFact {
  /** Such as `ubuntu/jammy`. */
  readonly name: string;
  /** Such as `amd64`. */
  readonly architecture: string;
  /** Whether all of it has arrived. */
  readonly complete: boolean;
}

/** What was found in MAAS. */
export interface MaasFacts {
  /** Every machine of the region, not only described ones. */
  readonly machines: readonly MachineFacts[];
  /** Every image of the region. */
  readonly images: readonly ImageFact[];
}

/** A private cloud gateway as Palette has it. */
export interface GatewayFact {
  readonly name: string;
  /** Whether it can be used now. */
  readonly running: boolean;
  /** Its state in Palette's words. */
  readonly state: string;
}

/** What was found in Palette. */
export interface PaletteFacts {
  /** Names of the projects that the key can see. */
  readonly projects: readonly string[];
  readonly gateways: readonly GatewayFact[];
}

/** What the look-ups found, as plain data; null = could not be asked, so that no rule about it says anything. */
export interface SiteFacts {
  readonly maas: MaasFacts | null;
  readonly palette: PaletteFacts | null;
}
