/** Numbers of machine statuses, as answers have them in `status`. */
export const STATUS = {
  NEW: 0,
  COMMISSIONING: 1,
  FAILED_COMMISSIONING: 2,
  MISSING: 3,
  READY: 4,
  RESERVED: 5,
  DEPLOYED: 6,
  RETIRED: 7,
  BROKEN: 8,
  DEPLOYING: 9,
  ALLOCATED: 10,
  FAILED_DEPLOYMENT: 11,
  RELEASING: 12,
  FAILED_RELEASING: 13,
  DISK_ERASING: 14,
  FAILED_DISK_ERASING: 15,
  RESCUE_MODE: 16,
  ENTERING_RESCUE_MODE: 17,
  FAILED_ENTERING_RESCUE_MODE: 18,
  EXITING_RESCUE_MODE: 19,
  FAILED_EXITING_RESCUE_MODE: 20,
  TESTING: 21,
  FAILED_TESTING: 22,
} as const;

const NAMES: Record<number, string> = {
  [STATUS.NEW]: "New",
  [STATUS.COMMISSIONING]: "Commissioning",
  [STATUS.FAILED_COMMISSIONING]: "Failed commissioning",
  [STATUS.MISSING]: "Missing",
  [STATUS.READY]: "Ready",
  [STATUS.RESERVED]: "Reserved",
  [STATUS.DEPLOYED]: "Deployed",
  [STATUS.RETIRED]: "Retired",
  [STATUS.BROKEN]: "Broken",
  [STATUS.DEPLOYING]: "Deploying",
  [STATUS.ALLOCATED]: "Allocated",
  [STATUS.FAILED_DEPLOYMENT]: "Failed deployment",
  [STATUS.RELEASING]: "Releasing",
  [STATUS.FAILED_RELEASING]: "Releasing failed",
  [STATUS.DISK_ERASING]: "Disk erasing",
  [STATUS.FAILED_DISK_ERASING]: "Failed disk erasing",
  [STATUS.RESCUE_MODE]: "Rescue mode",
  [STATUS.ENTERING_RESCUE_MODE]: "Entering rescue mode",
  [STATUS.FAILED_ENTERING_RESCUE_MODE]: "Failed to enter rescue mode",
  [STATUS.EXITING_RESCUE_MODE]: "Exiting rescue mode",
  [STATUS.FAILED_EXITING_RESCUE_MODE]: "Failed to exit rescue mode",
  [STATUS.TESTING]: "Testing",
  [STATUS.FAILED_TESTING]: "Failed testing",
};

/** `status_name` of a status. */
export function statusName(status: number): string {
  return NAMES[status] ?? "Unknown";
}

const SOMEBODYS: ReadonlySet<number> = new Set([
  STATUS.ALLOCATED,
  STATUS.DEPLOYING,
  STATUS.DEPLOYED,
  STATUS.FAILED_DEPLOYMENT,
  STATUS.RELEASING,
  STATUS.FAILED_RELEASING,
  STATUS.DISK_ERASING,
  STATUS.FAILED_DISK_ERASING,
  STATUS.RESCUE_MODE,
  STATUS.ENTERING_RESCUE_MODE,
  STATUS.FAILED_ENTERING_RESCUE_MODE,
  STATUS.EXITING_RESCUE_MODE,
  STATUS.FAILED_EXITING_RESCUE_MODE,
  STATUS.TESTING,
  STATUS.FAILED_TESTING,
]);

/** Whether a machine of this status shows the file systems of its allocation instead of its own. */
export function showsAllocation(status: number): boolean {
  return SOMEBODYS.has(status);
}

const NETWORK_OPEN: ReadonlySet<number> = new Set([
  STATUS.NEW,
  STATUS.READY,
  STATUS.FAILED_TESTING,
  STATUS.ALLOCATED,
  STATUS.BROKEN,
]);

/** Whether a machine's network may be changed in this status. */
export function networkIsOpen(status: number): boolean {
  return NETWORK_OPEN.has(status);
}

const RELEASABLE: ReadonlySet<number> = new Set([
  STATUS.ALLOCATED,
  STATUS.RESERVED,
  STATUS.BROKEN,
  STATUS.DEPLOYING,
  STATUS.DEPLOYED,
  STATUS.FAILED_DEPLOYMENT,
  STATUS.FAILED_DISK_ERASING,
  STATUS.FAILED_RELEASING,
]);

/** Whether a machine of this status can be released. */
export function isReleasable(status: number): boolean {
  return RELEASABLE.has(status);
}
