import { execFileSync, spawnSync, type SpawnSyncReturns } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";

/** The infra profile's node files. */
export const nodeFiles = join(__dirname, "../../profiles/vmo-ra-infra-maas-pure-flasharray/node-files");

/** A node's file system in a temporary folder. */
export class Node {
  readonly root = mkdtempSync(join(tmpdir(), "vmo-metal-node-"));

  /** Writes a file. */
  write(path: string, content: string): void {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  /** A file's text; undefined when there is none. */
  read(path: string): string | undefined {
    try {
      return readFileSync(join(this.root, path), "utf8");
    } catch {
      return undefined;
    }
  }

  /** Every file with its text, size and mode. */
  everything(): Record<string, string> {
    const files = readdirSync(this.root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return Object.fromEntries(
      files.map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [relative(this.root, path), `${statSync(path).mode.toString(8)} ${readFileSync(path, "utf8")}`];
      }),
    );
  }

  /** Runs one of the scripts on it. */
  run(script: string, args: string[] = [], environment: Record<string, string> = {}): SpawnSyncReturns<string> {
    return spawnSync("sh", [join(nodeFiles, script), ...args], {
      encoding: "utf8",
      env: { PATH: process.env["PATH"] ?? "", VMO_METAL_ROOT: this.root, ...environment },
    });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Whether a command is installed here. */
export function isInstalled(command: string): boolean {
  try {
    execFileSync("sh", ["-c", `command -v ${command}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
