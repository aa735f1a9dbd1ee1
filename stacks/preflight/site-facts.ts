import type { MaasSite } from "../../providers/maas/look-ups/site";
import type { RecordedObject } from "../derived/site-knowledge";

/** What was found in MAAS: every machine, image, rack controller and site object of the region, and the user of the key. */
export type MaasFacts = Pick<MaasSite, "machines" | "images" | "rackControllers" | "user" | "objects" | "forecasts">;

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
  /** State of the described cluster in Palette's words; null when it is not there. */
  readonly clusterState: string | null;
}

/** What the look-ups found, as plain data; null = could not be asked, so that no rule about it says anything. */
export interface SiteFacts {
  readonly maas: MaasFacts | null;
  readonly palette: PaletteFacts | null;
  /** Resources of MAAS in the stack's state; absent or null when it could not be read. */
  readonly recorded?: readonly RecordedObject[] | null;
}
