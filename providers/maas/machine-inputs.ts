import type { MachineFind } from "./look-ups/find-machine";
import type { MachineFormer } from "./machine-state/former";
import type { Hold } from "./machine-state/hold";

/** How a machine is enlisted that MAAS does not have. */
export interface Enlistment {
  /** Default: one that MAAS makes up. */
  readonly hostname?: string | undefined;
  /** Default: `amd64/generic`. */
  readonly architecture?: string | undefined;
  /** Of the NIC that it boots from first. */
  readonly macAddresses: readonly string[];
  /** Name of MAAS's power driver: `ipmi`, `redfish`, `manual` … Default: `manual`. */
  readonly powerType?: string | undefined;
}

/** Inputs of a `Machine` after defaults. */
export interface MachineInputs {
  find: MachineFind;
  systemId: string | null;
  enlist: Enlistment | null;
  powerParameters: Record<string, string> | null;
  commission: boolean;
  waitMinutes: number;
  hold: Hold | null;
}

/** Computed outputs of a `Machine`. */
export interface MachineOutputs {
  /** As MAAS has it now. */
  hostname: string;
  /** How the machine was found, for those that change it and put it back. Null for a machine that has been held ever since it was described. */
  former: MachineFormer | null;
}
