import { existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

/**
 * Environment variable with the path of a file that appears when the run is interrupted. The engine passes an interrupt on to no dynamic provider
 * (its `Cancel` does nothing there, and a provider is in a process group of its own, so that Ctrl-C does not reach it): `npm run pulumi` creates
 * the file instead. Without the variable a wait ends at its own time only.
 */
export const interruptVariable = "VMO_METAL_INTERRUPT_FILE";

/** How long a pause goes on after an interrupt at most, in milliseconds. The file system does not notify of every folder, so the file is polled. */
const interval = 500;

/** Whether the run was interrupted: a wait ends, keeps what it has reached, and leaves the rest to the next run. */
export function isInterrupted(environment: NodeJS.ProcessEnv = process.env): boolean {
  const file = environment[interruptVariable] ?? "";
  return file !== "" && existsSync(file);
}

/** Pauses between two polls; ends early when the run is interrupted. */
export async function pauseUnlessInterrupted(milliseconds: number): Promise<void> {
  const end = Date.now() + milliseconds;
  for (let left = milliseconds; left > 0 && !isInterrupted(); left = end - Date.now()) {
    await delay(Math.min(left, interval));
  }
}
