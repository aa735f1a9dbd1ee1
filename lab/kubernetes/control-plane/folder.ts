import { join } from "node:path";

/** Where the parts of one cluster lie; everything below `root`, which only the owner can enter. */
export interface ClusterFolder {
  root: string;
  /** `ClusterRecord` as JSON. */
  record: string;
  /** etcd's data. */
  etcd: string;
  /** The API server makes its certificate here. */
  certificates: string;
  /** Certificate (with its authority) that the API server made. */
  certificate: string;
  /** Signs service account tokens. */
  serviceAccountKey: string;
  /** Bearer tokens of the users that the lab knows, in the API server's CSV form. */
  tokens: string;
  /** The API server's EncryptionConfiguration for Secrets, with its key. */
  encryption: string;
  /** Kubeconfig of the controller manager. */
  controllerManagerKubeconfig: string;
  /** Log and pid files, `<program>.log` and `<program>.pid`. */
  processes: string;
}

/** The layout of a cluster's folder. */
export function clusterFolder(root: string): ClusterFolder {
  return {
    root,
    record: join(root, "cluster.json"),
    etcd: join(root, "etcd"),
    certificates: join(root, "certificates"),
    certificate: join(root, "certificates", "apiserver.crt"),
    serviceAccountKey: join(root, "service-account.key"),
    tokens: join(root, "tokens.csv"),
    encryption: join(root, "encryption.yaml"),
    controllerManagerKubeconfig: join(root, "controller-manager.kubeconfig"),
    processes: join(root, "processes"),
  };
}
