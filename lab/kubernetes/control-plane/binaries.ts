import { existsSync } from "node:fs";
import { join } from "node:path";
import { readJsonFile } from "../../json-file";
import { mapOf, textOf } from "../objects";

/** The programs and CRD files of a control plane. */
export interface Binaries {
  /** Path of `etcd`. */
  etcd: string;
  /** Path of `kube-apiserver`. */
  kubeApiserver: string;
  /** Path of `kube-controller-manager`. */
  kubeControllerManager: string;
  /** Folder with the upstream CRDs, `<folder>/<crd name>.yaml`. */
  crds: string;
}

/** Environment variables that name a path before all else. */
export const BINARY_VARIABLES: Record<keyof Binaries, string> = {
  etcd: "VMO_METAL_ETCD",
  kubeApiserver: "VMO_METAL_KUBE_APISERVER",
  kubeControllerManager: "VMO_METAL_KUBE_CONTROLLER_MANAGER",
  crds: "VMO_METAL_CRDS",
};

/**
 * The programs that set-up found or built: environment variables first, then the list that set-up leaves in the project.
 * @returns what is there, and under `missing` the names of what is not.
 */
export function findBinaries(
  project: string,
  environment: NodeJS.ProcessEnv = process.env,
): { binaries: Binaries | undefined; missing: string[] } {
  const list = mapOf(readJsonFile(join(project, "node_modules", ".cache", "vmo-metal", "toolchain.json")));
  const path = (name: keyof Binaries): string => {
    const found = environment[BINARY_VARIABLES[name]] ?? textOf(list[name]) ?? "";
    return found !== "" && existsSync(found) ? found : "";
  };
  const binaries: Binaries = {
    etcd: path("etcd"),
    kubeApiserver: path("kubeApiserver"),
    kubeControllerManager: path("kubeControllerManager"),
    crds: path("crds"),
  };
  const missing = Object.entries(binaries)
    .filter(([, found]) => found === "")
    .map(([name]) => name);
  return { binaries: missing.length === 0 ? binaries : undefined, missing };
}
