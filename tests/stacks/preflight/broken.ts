import type { Settings } from "../descriptions";

/** All secrets that the minimal description may need. */
export const secrets = ["flashArrayApiToken", "grafanaAdminPassword", "windowsAdministratorPassword", "guestPassword"];

/** A description that breaks one rule. */
export interface Broken {
  /** What is changed in the minimal description. */
  readonly changes: Settings;
  /** Where the rule finds it. */
  readonly path: string;
  /** What its message says. */
  readonly message: RegExp;
  readonly secrets?: readonly string[];
  readonly plaintext?: readonly string[];
}

/** Descriptions by the code of the rule that they break. */
export type BrokenDescriptions = Readonly<Record<string, Broken | Broken[]>>;

/** All workers with other settings, and more. */
export function workers(settings: Settings, more: Settings = {}): Settings {
  return { hosts: { "worker-pool": settings }, ...more };
}

/** Five workers as a range, and a sixth with settings of its own. */
export function hostWith(settings: Settings): Settings {
  return { hosts: { "worker-pool": { machines: ["worker-[1-5]", { hostname: "worker-6", ...settings }] } } };
}
