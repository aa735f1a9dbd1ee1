import { spawn } from "node:child_process";
import { constants } from "node:os";

/**
 * Runs a program in the foreground on this terminal and answers its exit code. Interrupts reach it through the process group;
 * this process only waits for it, so that the engine can end its operation and release its lock.
 */
export async function runInForeground(
  program: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  folder: string,
): Promise<number> {
  const ignore = (): undefined => undefined;
  process.on("SIGINT", ignore);
  process.on("SIGTERM", ignore);
  try {
    return await new Promise<number>((resolve, reject) => {
      const child = spawn(program, args, { cwd: folder, env: environment, stdio: "inherit" });
      child.once("error", reject);
      child.once("close", (code, signal) => {
        resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
      });
    });
  } finally {
    process.off("SIGINT", ignore);
    process.off("SIGTERM", ignore);
  }
}
