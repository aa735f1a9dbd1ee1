import { spawn } from "node:child_process";

/** How a program ended. */
export interface RunResult {
  /** Exit code; -1 when it could not be started or was ended by a signal. */
  code: number;
  stdout: string;
  /** Its standard error, or the system's reason why it could not be started. */
  stderr: string;
}

/** Runs a program to its end. Never throws: an unusable program answers code -1. */
export type Run = (
  program: string,
  args: readonly string[],
  options?: { folder?: string; environment?: NodeJS.ProcessEnv },
) => Promise<RunResult>;

/** {@link Run} on this machine. */
export const runProgram: Run = (program, args, options = {}) =>
  new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: options.folder,
      env: options.environment ?? process.env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.once("error", (failure) => {
      resolve({ code: -1, stdout, stderr: failure.message });
    });
    child.once("close", (code, signal) => {
      resolve({ code: code ?? -1, stdout, stderr: signal === null ? stderr : `${stderr}\nended by ${signal}` });
    });
  });
