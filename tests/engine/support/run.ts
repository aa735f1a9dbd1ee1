import { type ChildProcess, spawn } from "node:child_process";

/** How a command ended and what it printed. */
export interface Ran {
  /** Exit code; 128 + signal number for one ended by a signal. */
  code: number;
  stdout: string;
  stderr: string;
  /** Both streams in the order in which they came. */
  output: string;
}

/** A command that is still running. */
export interface Running {
  readonly child: ChildProcess;
  /** What it has printed so far. */
  output(): string;
  /** Resolves when the output matches; rejects with the output when the command ends before. */
  printed(pattern: RegExp): Promise<void>;
  /** Resolves when it has ended. */
  ended: Promise<Ran>;
}

/** Starts a command in a process group of its own, so that a whole tree of processes can be killed at once. */
export function start(
  program: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Running {
  const child = spawn(program, args, { ...options, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  let output = "";
  const waiting = new Set<() => void>();
  const grow = (text: string): void => {
    output += text;
    for (const look of waiting) look();
  };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    grow(text);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    grow(text);
  });
  const ended = new Promise<Ran>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) =>
      resolve({ code: code ?? (signal === "SIGKILL" ? 137 : 143), stdout, stderr, output }),
    );
  });
  return {
    child,
    output: () => output,
    ended,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!pattern.test(output)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
        void ended.then((ran) =>
          reject(new Error(`ended with ${ran.code} before it printed ${pattern}:\n${ran.output}`)),
        );
      }),
  };
}

/** Kills a started command and all that it has started, at once, as a power cut would. */
export function killTree(running: Running): void {
  if (running.child.pid !== undefined) process.kill(-running.child.pid, "SIGKILL");
}

/** Interrupts a started command as Ctrl-C in its terminal does: the signal goes to its whole process group. */
export function interrupt(running: Running): void {
  if (running.child.pid !== undefined) process.kill(-running.child.pid, "SIGINT");
}
