/** Machine statuses of MAAS by number (API: `status`). */
export const MachineStatus = {
  New: 0,
  Commissioning: 1,
  FailedCommissioning: 2,
  Missing: 3,
  Ready: 4,
  Reserved: 5,
  Deployed: 6,
  Retired: 7,
  Broken: 8,
  Deploying: 9,
  Allocated: 10,
  FailedDeployment: 11,
  Releasing: 12,
  ReleasingFailed: 13,
  DiskErasing: 14,
  FailedDiskErasing: 15,
  RescueMode: 16,
  EnteringRescueMode: 17,
  FailedToEnterRescueMode: 18,
  ExitingRescueMode: 19,
  FailedToExitRescueMode: 20,
  Testing: 21,
  FailedTesting: 22,
} as const;

/** What is changed of a machine. */
export type Part = "network" | "storage";

/**
 * What can be done with a machine now. `edit`: MAAS takes the change. `pending`: somebody uses the machine, the change is recorded
 * and applied when it is back. `wait`: MAAS is busy with it and will be done by itself. `stuck`: an operator has to act.
 */
export type Possibility = "edit" | "pending" | "wait" | "stuck";

/** What of a machine decides that. */
export interface MachineState {
  readonly status: number;
  readonly locked: boolean;
}

const editable: Record<Part, readonly number[]> = {
  network: [MachineStatus.New, MachineStatus.Ready, MachineStatus.Allocated, MachineStatus.Broken],
  storage: [MachineStatus.Ready],
};

const busy: readonly number[] = [
  MachineStatus.Commissioning,
  MachineStatus.Testing,
  MachineStatus.Releasing,
  MachineStatus.DiskErasing,
];

const stuck: readonly number[] = [
  MachineStatus.FailedCommissioning,
  MachineStatus.Missing,
  MachineStatus.Retired,
  MachineStatus.ReleasingFailed,
  MachineStatus.FailedDiskErasing,
  MachineStatus.FailedTesting,
];

/**
 * What MAAS lets us do with a part of a machine in its status (maas-notes, Interfaces, States): the network changes in New, Ready,
 * Allocated and Broken, the storage layout in Ready only. A status that is not known is treated as in use, and never touched.
 */
export function possibility(machine: MachineState, part: Part): Possibility {
  if (machine.locked) return "pending";
  if (editable[part].includes(machine.status)) return "edit";
  if (part === "storage" && machine.status === MachineStatus.New) return "stuck";
  if (busy.includes(machine.status)) return "wait";
  return stuck.includes(machine.status) ? "stuck" : "pending";
}

/** Whether somebody's workload is, or is about to be, on the machine. */
export function inUse(machine: MachineState): boolean {
  const using: readonly number[] = [
    MachineStatus.Deployed,
    MachineStatus.Deploying,
    MachineStatus.Allocated,
    MachineStatus.FailedDeployment,
    MachineStatus.RescueMode,
    MachineStatus.EnteringRescueMode,
    MachineStatus.FailedToEnterRescueMode,
    MachineStatus.ExitingRescueMode,
    MachineStatus.FailedToExitRescueMode,
  ];
  return machine.locked || using.includes(machine.status);
}

/** What an operator does about a machine that is stuck. */
export function wayOut(status: number): string {
  switch (status) {
    case MachineStatus.New:
      return "Commission it first.";
    case MachineStatus.FailedCommissioning:
      return "Look at its commissioning results in MAAS, repair it and commission it again.";
    case MachineStatus.FailedTesting:
      return "Look at its test results in MAAS; repair it and test it again, or override the failed tests.";
    case MachineStatus.Missing:
      return "MAAS does not see it any more: check power and cabling, then commission it again.";
    case MachineStatus.Retired:
      return "It is retired: take it out of the datacenter description, or commission it again.";
    case MachineStatus.ReleasingFailed:
      return "Releasing it failed: check its BMC, then release it again.";
    case MachineStatus.FailedDiskErasing:
      return "Erasing its disks failed: look at its events in MAAS, then release it again or mark it fixed.";
    default:
      return "Look at its events in MAAS.";
  }
}
