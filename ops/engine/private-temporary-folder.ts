import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";

const prefix = "vmo-metal-run-";

/**
 * Gives one run of the engine a folder of its own for temporary files, which only its owner can enter, and removes it afterwards: the Kubernetes
 * provider leaves the cluster's kubeconfig in clear in such a file at every run. Folders that killed runs have left are removed too.
 *
 * @param base where temporary files go otherwise. Default: the system's folder for them
 */
export async function withPrivateTemporaryFolder<Result>(
  work: (environment: { readonly TMPDIR: string }) => Promise<Result>,
  base: string = tmpdir(),
): Promise<Result> {
  removeLeft(base);
  const folder = mkdtempSync(join(base, `${prefix}${process.pid}-`));
  try {
    shareCompiledSources(base, folder);
    return await work({ TMPDIR: folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A folder's name holds the id of the process that made it. */
function removeLeft(base: string): void {
  for (const name of readdirSync(base)) {
    const owner = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
    if (owner !== undefined && !runs(Number(owner))) rmSync(join(base, name), { recursive: true, force: true });
  }
}

function runs(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (failure) {
    // EPERM: it runs, and is somebody else's.
    return (failure as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/** tsx keeps what it has compiled in the folder for temporary files; without that every run would take seconds longer. */
function shareCompiledSources(base: string, folder: string): void {
  const name = `tsx-${process.geteuid?.() ?? userInfo().username}`;
  mkdirSync(join(base, name), { recursive: true });
  symlinkSync(join(base, name), join(folder, name), "junction");
}
