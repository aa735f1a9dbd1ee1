/** Seconds of life that a machine takes for what it does; the lab's clock runs them faster. */
export const DURATIONS = {
  powerOn: 20,
  powerOff: 15,
  /** From the start of a deployment until the installer runs. */
  installerBoot: 120,
  /** Until the installed system boots. */
  installation: 420,
  deployment: 600,
  erasing: 180,
  commissioning: 300,
  testing: 180,
  rescueMode: 120,
} as const;
