import { accessSync, constants, existsSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { isAtLeast } from "./version";
import { SetupError } from "./setup-error";
import type { Progress } from "./progress";
import type { Run } from "./run";
import type { Toolchain } from "./toolchain-part";
import { oldest, versions } from "./versions";

/** What looking for installed programs needs. */
export interface Surroundings {
  environment: NodeJS.ProcessEnv;
  run: Run;
  progress: Progress;
}

/** Something that the user installed. */
export interface Installed<T> {
  value: T;
  /** What named it: `PATH`, `KUBEBUILDER_ASSETS` or another variable. */
  origin: string;
  /** Path of the program. */
  path: string;
}

/** A program that is taken when the user has it. */
interface Wanted {
  program: string;
  /** Variable that names it directly; what it names is taken as it is. */
  variable: string;
  /** Answers its version in {@link pattern}. */
  pattern: RegExp;
  oldest: string;
}

const wanted: Readonly<Record<"etcd" | "kubeApiserver" | "kubeControllerManager", Wanted>> = {
  etcd: { program: "etcd", variable: "VMO_METAL_ETCD", pattern: /etcd Version: (\S+)/, oldest: oldest.etcd },
  kubeApiserver: {
    program: "kube-apiserver",
    variable: "VMO_METAL_KUBE_APISERVER",
    pattern: /Kubernetes (v\S+)/,
    oldest: oldest.kubernetes,
  },
  kubeControllerManager: {
    program: "kube-controller-manager",
    variable: "VMO_METAL_KUBE_CONTROLLER_MANAGER",
    pattern: /Kubernetes (v\S+)/,
    oldest: oldest.kubernetes,
  },
};

/** A server program that the user named, or has in KUBEBUILDER_ASSETS or on PATH, when it is new enough. */
export async function installedServer(
  part: keyof typeof wanted,
  surroundings: Surroundings,
): Promise<Installed<string> | undefined> {
  const { program, variable, pattern, oldest: limit } = wanted[part];
  const { environment, run, progress } = surroundings;
  const named = namedPath(variable, environment);
  if (named !== undefined) return { value: named, origin: variable, path: named };
  const assets = environment["KUBEBUILDER_ASSETS"];
  const candidates = [
    ...(assets === undefined || assets === "" ? [] : [{ origin: "KUBEBUILDER_ASSETS", path: join(assets, program) }]),
    ...onPath(program, environment).map((path) => ({ origin: "PATH", path })),
  ];
  for (const { origin, path } of candidates.filter((candidate) => isProgram(candidate.path))) {
    const told = await run(path, ["--version"], { environment });
    const version = pattern.exec(told.stdout)?.[1];
    if (version !== undefined && isAtLeast(version, limit)) return { value: path, origin, path };
    progress.say(
      `${path} is not used: ${version === undefined ? "it does not tell its version" : `${version} is older than ${limit}`}`,
    );
  }
  return undefined;
}

/** A folder with the upstream CustomResourceDefinitions that the user named. */
export function installedDefinitions({ environment }: Surroundings): Installed<string> | undefined {
  const named = namedPath("VMO_METAL_CRDS", environment);
  return named === undefined ? undefined : { value: named, origin: "VMO_METAL_CRDS", path: named };
}

/** The engine on PATH, when it is new enough and its language host for Node.js is beside it or on PATH. */
export async function installedEngine({
  environment,
  run,
  progress,
}: Surroundings): Promise<Installed<Toolchain["pulumi"]> | undefined> {
  for (const bin of onPath("pulumi", environment).filter(isProgram)) {
    const told = await run(bin, ["version"], { environment: { ...environment, PULUMI_SKIP_UPDATE_CHECK: "true" } });
    const version = /^v?(\d+\.\d+\.\d+)/m.exec(told.stdout)?.[1];
    if (version === undefined || !isAtLeast(version, oldest.pulumi)) {
      progress.say(
        `${bin} is not used: ${version === undefined ? "it does not tell its version" : `${version} is older than ${oldest.pulumi}`}`,
      );
      continue;
    }
    const besideOrOnPath = [dirname(bin), ...pathFolders(environment)];
    const host = besideOrOnPath.find((folder) => isProgram(join(folder, "pulumi-language-nodejs")));
    const launcher = besideOrOnPath.find((folder) => isProgram(join(folder, "pulumi-resource-pulumi-nodejs")));
    if (host === undefined || launcher === undefined) {
      progress.say(`${bin} is not used: its language host for Node.js is neither beside it nor on PATH`);
      continue;
    }
    const pathEntries = [...new Set([dirname(bin), host, launcher])];
    return { value: { bin, version, pathEntries }, origin: "PATH", path: bin };
  }
  return undefined;
}

/** The provider for Kubernetes among the user's own plugins, in exactly the wanted version. */
export function installedProvider({
  environment,
}: Surroundings): Installed<Toolchain["kubernetesProvider"]> | undefined {
  const home = environment["PULUMI_HOME"];
  const folder = join(home !== undefined && home !== "" ? home : join(homedir(), ".pulumi"), "plugins");
  const plugin = join(folder, `resource-kubernetes-v${versions.kubernetesProvider}`);
  const bin = join(plugin, "pulumi-resource-kubernetes");
  // The engine leaves a `.partial` beside a plugin whose download did not end.
  if (!isProgram(bin) || existsSync(`${plugin}.partial`)) return undefined;
  return { value: { bin, version: versions.kubernetesProvider }, origin: "Pulumi plugins", path: bin };
}

function namedPath(variable: string, environment: NodeJS.ProcessEnv): string | undefined {
  const path = environment[variable];
  if (path === undefined || path === "") return undefined;
  if (existsSync(path)) return path;
  throw new SetupError(
    `${variable} cannot be used`,
    `it names ${path}, which does not exist`,
    `correct ${variable}, or unset it so that the set-up finds or builds the part`,
  );
}

function pathFolders(environment: NodeJS.ProcessEnv): string[] {
  return (environment["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
}

function onPath(program: string, environment: NodeJS.ProcessEnv): string[] {
  return pathFolders(environment).map((folder) => join(folder, program));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
