import { existsSync } from "node:fs";
import { chmod, copyFile, link, mkdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Toolchain } from "./toolchain-part";

/**
 * Installs the provider for Kubernetes as a plugin under an engine's home folder, as `pulumi plugin install --file` would: found on
 * PATH instead, it works but the engine warns at every command. Nothing is done when it is there.
 *
 * The file is hard-linked where the file systems allow it (it has 200 MB), else copied.
 *
 * @param pulumiHome the engine's home folder; made when absent
 */
export async function installKubernetesProvider(
  toolchain: Pick<Toolchain, "kubernetesProvider">,
  pulumiHome: string,
): Promise<void> {
  const { bin, version } = toolchain.kubernetesProvider;
  const folder = join(pulumiHome, "plugins", `resource-kubernetes-v${version}`);
  const installed = join(folder, "pulumi-resource-kubernetes");
  if (existsSync(installed) && (await isSame(installed, bin))) return;
  await mkdir(folder, { recursive: true });
  const draft = `${installed}.${process.pid}`;
  try {
    await linkOrCopy(bin, draft);
    await rename(draft, installed);
  } finally {
    await rm(draft, { force: true });
  }
  await rm(`${folder}.partial`, { force: true });
}

async function isSame(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([stat(one), stat(other)]);
  return a.ino === b.ino && a.dev === b.dev ? true : a.size === b.size && a.mtimeMs >= b.mtimeMs;
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (failure) {
    const code = failure instanceof Error ? (failure as NodeJS.ErrnoException).code : undefined;
    if (code !== "EXDEV" && code !== "EPERM" && code !== "EMLINK" && code !== "ENOTSUP") throw failure;
    await copyFile(from, to);
    await chmod(to, 0o755);
  }
}
