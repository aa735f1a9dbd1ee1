import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { constants } from "node:os";
import type { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { maskingStream } from "./mask-secrets";

/** How a program is run. */
export interface ForegroundOptions {
  readonly environment: NodeJS.ProcessEnv;
  /** The working folder. */
  readonly folder: string;
  /** Secrets that must not be seen in what it prints; absent: it writes to this terminal itself. */
  readonly secrets?: readonly string[];
  /** File that is made when this process is interrupted, for what the program starts in process groups of its own; absent: none. */
  readonly interruptFile?: string;
}

/**
 * Runs a program in the foreground and answers its exit code. Interrupts reach it through the process group; this process only waits for it, so
 * that the engine can end its operation and release its lock.
 */
export async function runInForeground(
  program: string,
  args: readonly string[],
  { environment, folder, secrets, interruptFile }: ForegroundOptions,
): Promise<number> {
  const note = (): void => {
    if (interruptFile !== undefined) writeFileSync(interruptFile, "");
  };
  process.on("SIGINT", note);
  process.on("SIGTERM", note);
  try {
    const output = secrets === undefined ? "inherit" : "pipe";
    const child = spawn(program, args, { cwd: folder, env: environment, stdio: ["inherit", output, output] });
    const [code] = await Promise.all([
      exitCode(child),
      masked(child.stdout, process.stdout, secrets),
      masked(child.stderr, process.stderr, secrets),
    ]);
    return code;
  } finally {
    process.off("SIGINT", note);
    process.off("SIGTERM", note);
  }
}

function exitCode(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

async function masked(from: Readable | null, to: Writable, secrets: readonly string[] = []): Promise<void> {
  if (from !== null) await pipeline(from, maskingStream(secrets), to, { end: false });
}
