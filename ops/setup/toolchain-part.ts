/**
 * What `npm start` and the tests need beside npm packages, as plain paths.
 *
 * The same shape, with absent keys for parts that are not there yet, is written as JSON to the file that `lab/` reads
 * (see {@link import("./toolchain-record").recordPath}).
 */
export interface Toolchain {
  /** The Pulumi engine and its Node.js language host. */
  pulumi: {
    /** Path of `pulumi`. */
    bin: string;
    /** E.g. `3.259.0`. */
    version: string;
    /** Folders that must come first on PATH: the engine's, and the language host's if that is another. */
    pathEntries: string[];
  };
  /** Pulumi's provider for Kubernetes. */
  kubernetesProvider: {
    /** Path of `pulumi-resource-kubernetes`. */
    bin: string;
    /** The version it must be installed as; equal to that of the package `@pulumi/kubernetes`. */
    version: string;
  };
  /** Path of `etcd`. */
  etcd: string;
  /** Path of `kube-apiserver`. */
  kubeApiserver: string;
  /** Path of `kube-controller-manager`. */
  kubeControllerManager: string;
  /** Folder with the upstream CustomResourceDefinitions, one per file, `<name of the definition>.yaml`. */
  crds: string;
}

/** A part of the toolchain that can be asked for. */
export type Part = keyof Toolchain;

/** All parts, in the order in which a run needs them. */
export const allParts: readonly Part[] = [
  "pulumi",
  "etcd",
  "kubeApiserver",
  "kubeControllerManager",
  "crds",
  "kubernetesProvider",
];
