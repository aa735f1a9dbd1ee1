import { execFileSync, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, rmSync } from "node:fs";
import { readTextFile } from "./json-file";
import { until } from "./until";

/** How a process that the lab starts is known again, also by a later lab process. */
export interface ProcessMark {
  /** Holds the process id; written by the process itself before it becomes the program. */
  pidFile: string;
  /** One whole argument that only this process has: it names the folder that it works on. */
  argument: string;
}

/** A program to run in the background. */
export interface ProcessStart extends ProcessMark {
  /** Path of the program. */
  program: string;
  /** All arguments; one of them is `argument`. No secrets: every user of the machine can read them. */
  arguments: string[];
  /** Working folder. */
  folder: string;
  /** Standard output and standard error go here; emptied at the start, or appended to. */
  logFile: string;
  /** Default false. */
  append?: boolean;
  /** The whole environment, so that nothing of the caller's configures the program by accident. */
  environment: Record<string, string>;
}

/**
 * The id of the running process with this mark. A process id that another program has taken over since is never
 * answered: the command line is compared.
 */
export function findProcess(mark: ProcessMark): number | undefined {
  const pid = Number.parseInt(readTextFile(mark.pidFile) ?? "", 10);
  if (!Number.isInteger(pid) || pid <= 1) return undefined;
  return commandLine(pid).has(mark.argument) ? pid : undefined;
}

/**
 * Starts a program that outlives this process; resolves as soon as it can be found again. The shell in front writes the
 * pid file and then turns into the program, so that a kill of the lab at any moment leaves no process without its file.
 * @throws Error when the program ends at once; with the end of its log.
 */
export async function startProcess(start: ProcessStart): Promise<void> {
  const log = openSync(start.logFile, start.append === true ? "a" : "w", 0o600);
  const script = 'echo $$ > "$1" && shift && exec "$@"';
  const child = spawn("/bin/sh", ["-c", script, "sh", start.pidFile, start.program, ...start.arguments], {
    cwd: start.folder,
    detached: true,
    env: start.environment,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  child.unref();
  let failure: string | undefined;
  child.once("error", (error) => (failure = error.message));
  child.once("exit", (code, killer) => (failure = `it ended with ${killer ?? `code ${code}`}`));
  await until(
    `start of ${start.program}`,
    () => {
      if (failure !== undefined) throw new Error(`cannot run ${start.program}: ${failure}\n${endOfLog(start.logFile)}`);
      const pid = findProcess(start);
      // Before it turns into the program, the shell has the same arguments.
      return pid !== undefined && commandLine(pid).runs(start.program) ? pid : undefined;
    },
    { timeout: 10_000, every: 5 },
  );
}

/** The last lines of a log file, for an error message. */
export function endOfLog(logFile: string, lines = 8): string {
  return (readTextFile(logFile) ?? "").trimEnd().split("\n").slice(-lines).join("\n");
}

/**
 * Ends the process with this mark: asks first, after `grace` milliseconds kills. Nothing happens when it does not run.
 * Resolves when the process is gone.
 */
export async function stopProcess(mark: ProcessMark, grace: number): Promise<void> {
  const gone = () => (findProcess(mark) === undefined ? true : undefined);
  if (grace > 0 && signal(mark, "SIGTERM")) {
    try {
      await until(`end of process with ${mark.argument}`, gone, { timeout: grace });
    } catch {
      signal(mark, "SIGKILL");
    }
  } else {
    signal(mark, "SIGKILL");
  }
  await until(`end of killed process with ${mark.argument}`, gone, { timeout: 10_000 });
  if (existsSync(mark.pidFile)) rmSync(mark.pidFile, { force: true });
}

/** Sends a signal to the process with this mark; false when there is none. */
function signal(mark: ProcessMark, name: NodeJS.Signals): boolean {
  const pid = findProcess(mark);
  if (pid === undefined) return false;
  try {
    return process.kill(pid, name);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
    throw error;
  }
}

/** What a running process was started with. */
interface CommandLine {
  /** Whether this is the program. */
  runs(program: string): boolean;
  /** Whether this is one of its arguments. */
  has(argument: string): boolean;
}

/** The command line of a process; has nothing when there is no such process or it is a zombie. */
function commandLine(pid: number): CommandLine {
  if (existsSync("/proc/self/cmdline")) {
    const parts = (readTextFile(`/proc/${pid}/cmdline`) ?? "").split("\0").slice(0, -1);
    return { runs: (program) => parts[0] === program, has: (argument) => parts.includes(argument) };
  }
  const text = ` ${processText(pid)} `;
  return { runs: (program) => text.startsWith(` ${program} `), has: (argument) => text.includes(` ${argument} `) };
}

/** The command line where there is no /proc: in one text, arguments with a space between them. */
function processText(pid: number): string {
  try {
    return execFileSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch {
    return "";
  }
}
