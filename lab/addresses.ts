import type { LabCredentials } from "./credentials";
import type { LabFolder } from "./lab-folder";
import type { LabSettings } from "./settings";

/** Project and gateway that the lab's Palette holds. */
export const PALETTE_PROJECT = "vmo";
/** See `PALETTE_PROJECT`. */
export const PALETTE_GATEWAY = "dev-gateway";

/** What a user of a running lab needs; holds its secrets. */
export interface LabAddresses extends LabCredentials {
  /** The lab's folder. */
  folder: string;
  /** Base address of MAAS, ends in `/MAAS`. */
  maasUrl: string;
  /** Base address of Palette. */
  paletteUrl: string;
  /** Base address of the lab's own surface. */
  controlUrl: string;
  /** Project in Palette. */
  paletteProject: string;
  /** Private cloud gateway in Palette. */
  paletteGateway: string;
}

/** The addresses and keys of a lab. */
export function labAddresses(folder: LabFolder, settings: LabSettings, credentials: LabCredentials): LabAddresses {
  const local = (port: number) => `http://127.0.0.1:${port}`;
  return {
    ...credentials,
    folder: folder.root,
    maasUrl: `${local(settings.maasPort)}/MAAS`,
    paletteUrl: local(settings.palettePort),
    controlUrl: local(settings.controlPort),
    paletteProject: PALETTE_PROJECT,
    paletteGateway: PALETTE_GATEWAY,
  };
}
