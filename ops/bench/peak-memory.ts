import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** A process as `ps` tells it. */
export interface ProcessMemory {
  readonly pid: number;
  readonly parent: number;
  readonly kibibytes: number;
}

/** Samples the memory of a process and all that it has started until it is told to end. */
export class PeakMemory {
  private peakKibibytes = 0;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly root: number) {
    this.timer = setInterval(() => void this.sample(), 500);
  }

  /** Ends the sampling; answers the most memory that was seen at once, in MiB (resident sets added up). */
  end(): number {
    clearInterval(this.timer);
    return Math.round(this.peakKibibytes / 1024);
  }

  private async sample(): Promise<void> {
    const { stdout } = await promisify(execFile)("ps", ["-axo", "pid=,ppid=,rss="]);
    this.peakKibibytes = Math.max(this.peakKibibytes, treeKibibytes(readProcesses(stdout), this.root));
  }
}

/** Reads what `ps -axo pid=,ppid=,rss=` prints. */
export function readProcesses(text: string): ProcessMemory[] {
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const [pid = 0, parent = 0, kibibytes = 0] = line.trim().split(/\s+/).map(Number);
      return { pid, parent, kibibytes };
    });
}

/** Memory of a process and its descendants. Pure. */
export function treeKibibytes(processes: readonly ProcessMemory[], root: number): number {
  const own = processes.find(({ pid }) => pid === root)?.kibibytes ?? 0;
  return processes
    .filter(({ parent }) => parent === root)
    .reduce((sum, { pid }) => sum + treeKibibytes(processes, pid), own);
}
