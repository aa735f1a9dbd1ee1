import type { ClusterFolder } from "./folder";

/**
 * Sockets of etcd, relative to the cluster's folder in which etcd and the API server run: nobody else can reach them,
 * they use up no ports, and a long path of the lab's folder does not matter.
 */
const ETCD_CLIENTS = "unix://etcd.sock:1";
const ETCD_PEERS = "unix://etcd-peer.sock:1";

/**
 * Admission plugins that need a controller which the lab does not run: finalizers on claims, a taint on new Nodes and
 * default service accounts would stay for ever.
 */
const DISABLED_ADMISSION = ["StorageObjectInUseProtection", "TaintNodesByCondition", "ServiceAccount"];

/** Arguments by which a process is known again (`ProcessMark.argument`). */
export interface ServerArguments {
  arguments: string[];
  argument: string;
}

/** etcd: one member. Without fsync: the data survives the end of any process, only not a power cut. */
export function etcdArguments(folder: ClusterFolder): ServerArguments {
  const argument = `--data-dir=${folder.etcd}`;
  return {
    argument,
    arguments: [
      argument,
      "--name=lab",
      `--listen-client-urls=${ETCD_CLIENTS}`,
      `--advertise-client-urls=${ETCD_CLIENTS}`,
      `--listen-peer-urls=${ETCD_PEERS}`,
      `--initial-advertise-peer-urls=${ETCD_PEERS}`,
      `--initial-cluster=lab=${ETCD_PEERS}`,
      "--unsafe-no-fsync",
      "--log-level=warn",
    ],
  };
}

/** kube-apiserver: loopback, its own certificate, tokens from a file, role-based authorization. */
export function apiServerArguments(
  folder: ClusterFolder,
  cluster: { port: number; serviceCidr: string },
): ServerArguments {
  const argument = `--cert-dir=${folder.certificates}`;
  return {
    argument,
    arguments: [
      argument,
      `--etcd-servers=${ETCD_CLIENTS}`,
      "--bind-address=127.0.0.1",
      "--advertise-address=127.0.0.1",
      `--secure-port=${cluster.port}`,
      `--service-cluster-ip-range=${cluster.serviceCidr}`,
      "--endpoint-reconciler-type=none",
      "--service-account-issuer=https://kubernetes.default.svc",
      `--service-account-key-file=${folder.serviceAccountKey}`,
      `--service-account-signing-key-file=${folder.serviceAccountKey}`,
      `--token-auth-file=${folder.tokens}`,
      `--encryption-provider-config=${folder.encryption}`,
      "--authorization-mode=RBAC",
      "--anonymous-auth=false",
      "--allow-privileged=true",
      "--enable-priority-and-fairness=false",
      `--disable-admission-plugins=${DISABLED_ADMISSION.join(",")}`,
      "--profiling=false",
    ],
  };
}

/** kube-controller-manager: only what finishes the deletion of namespaces and of owned objects. */
export function controllerManagerArguments(folder: ClusterFolder): ServerArguments {
  const argument = `--kubeconfig=${folder.controllerManagerKubeconfig}`;
  return {
    argument,
    arguments: [
      argument,
      "--controllers=namespace-controller,garbage-collector-controller",
      "--leader-elect=false",
      "--secure-port=0",
      "--profiling=false",
    ],
  };
}
