import { existsSync, watchFile } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

/**
 * Environment variable with the path of a file that appears when the run is interrupted. The engine passes an interrupt on to no dynamic provider
 * (its `Cancel` does nothing there, and a provider is in a process group of its own, so that Ctrl-C does not reach it): `npm run pulumi` makes the
 * file instead. Without the variable a wait ends at its own time only.
 */
export const interruptVariable = "VMO_METAL_INTERRUPT_FILE";

/** How often the file is looked for, in milliseconds. */
const interval = 500;

let signal: { readonly file: string; readonly aborted: AbortSignal } | undefined;

/** The signal that is aborted when the run is interrupted; never without the variable. */
export function interruption(environment: NodeJS.ProcessEnv = process.env): AbortSignal {
  const file = environment[interruptVariable] ?? "";
  if (signal?.file !== file) signal = { file, aborted: watch(file) };
  return signal.aborted;
}

/** Whether the run was interrupted: a wait ends, keeps what it has reached, and leaves the rest to the next run. */
export function isInterrupted(): boolean {
  return interruption().aborted;
}

/** Pauses between two polls; ends early when the run is interrupted. */
export async function pauseUnlessInterrupted(milliseconds: number): Promise<void> {
  const aborted = interruption();
  if (aborted.aborted) return;
  try {
    await delay(milliseconds, undefined, { signal: aborted });
  } catch (failure) {
    if (!aborted.aborted) throw failure;
  }
}

/** Polls the file's status: it may lie where no change is notified, and need not exist yet. The process may end all the same. */
function watch(file: string): AbortSignal {
  const controller = new AbortController();
  if (file === "") return controller.signal;
  if (existsSync(file)) controller.abort();
  else
    watchFile(file, { interval, persistent: false }, () => {
      if (existsSync(file)) controller.abort();
    });
  return controller.signal;
}
