import { existsSync } from "node:fs";
import { chmod, copyFile, link, mkdir, rename, rm, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import type { Toolchain } from "./toolchain-part";

/**
 * Gives an operator's own engine the provider for Kubernetes that was built here, when it has none in that version and the network does
 * not let it download Pulumi's own. Says so, because it writes into the operator's folder.
 *
 * @param environment the operator's; `PULUMI_HOME` names the engine's home folder, default `~/.pulumi`
 * @param reachable whether Pulumi's download site answers; asked only when the plugin is missing
 * @param say where it is told
 */
export async function installForOwnEngine(
  toolchain: Pick<Toolchain, "kubernetesProvider">,
  environment: NodeJS.ProcessEnv,
  reachable: () => Promise<boolean>,
  say: (line: string) => void,
): Promise<void> {
  const home = environment["PULUMI_HOME"];
  const pulumiHome = home === undefined || home === "" ? join(homedir(), ".pulumi") : home;
  const installed = pluginFile(pulumiHome, toolchain.kubernetesProvider.version);
  if ((existsSync(installed) && !existsSync(`${dirname(installed)}.partial`)) || (await reachable())) return;
  await installKubernetesProvider(toolchain, pulumiHome);
  say(
    `Pulumi provider for Kubernetes ${toolchain.kubernetesProvider.version}: installed into ${dirname(installed)}, because the network does not let the engine download it.`,
  );
}

function pluginFile(pulumiHome: string, version: string): string {
  return join(pulumiHome, "plugins", `resource-kubernetes-v${version}`, "pulumi-resource-kubernetes");
}

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
  const installed = pluginFile(pulumiHome, version);
  const folder = dirname(installed);
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
