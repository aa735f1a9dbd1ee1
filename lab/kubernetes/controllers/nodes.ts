import { isDeepStrictEqual } from "node:util";
import { Netmask } from "netmask";
import { listOf, mapOf, textMapOf, textOf, type KubernetesObject } from "../objects";
import type { KubernetesNode } from "../platform";
import { MEBIBYTE, mebibyteQuantity } from "../quantity";
import { isKubeVirtDeployed } from "./operators";
import { exactly, type Plan, type Step } from "./plan";
import type { ClusterFacts, Snapshot } from "./snapshot";
import { statusPatch, withTransitionTimes, type Condition } from "./status-patch";

const MANAGER = "kubelet";

/** Each Node gets a network of this size from the pod network. */
const POD_PREFIX = 24;

/** Keeps a Node per deployed machine: registers missing ones, keeps labels and status, removes the Nodes of machines that left. */
export function planNodes(snapshot: Snapshot): Plan {
  const present = snapshot.all("Node");
  const wanted = snapshot.cluster.nodes;
  const taken = new Set(present.flatMap((node) => textOf(node, "spec", "podCIDR") ?? []));
  const steps = wanted.flatMap((node): Step[] => {
    const found = snapshot.find("Node", node.name);
    if (found !== undefined) return refreshSteps(snapshot, found, node);
    const podCidr = nextPodCidr(snapshot.cluster.podCidr, taken);
    if (podCidr !== undefined) taken.add(podCidr);
    return [{ do: "create", object: newNode(node, podCidr), manager: MANAGER }];
  });
  const left = present.filter((node) => !wanted.some((one) => one.name === node.metadata.name));
  return { steps: [...steps, ...left.map((node): Step => ({ do: "delete", target: exactly(node) }))] };
}

/** The first free /24 of the pod network; undefined when there is none left: that Node stays NotReady, as in life. */
export function nextPodCidr(podCidr: string, taken: ReadonlySet<string>): string | undefined {
  const network = new Netmask(podCidr);
  for (let part = new Netmask(`${network.base}/${POD_PREFIX}`); network.contains(part.base); part = part.next()) {
    if (!taken.has(part.toString())) return part.toString();
  }
  return undefined;
}

function newNode(node: KubernetesNode, podCidr: string | undefined): KubernetesObject {
  const taint = { key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" };
  const taints = node.controlPlane && !node.taints.some((one) => one.key === taint.key) ? [taint] : [];
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name: node.name, labels: nodeLabels(node) },
    spec: {
      ...(podCidr === undefined ? {} : { podCIDR: podCidr, podCIDRs: [podCidr] }),
      taints: [...taints, ...node.taints],
    },
  };
}

function nodeLabels(node: KubernetesNode): Record<string, string> {
  return {
    "kubernetes.io/hostname": node.name,
    "kubernetes.io/os": "linux",
    "kubernetes.io/arch": "amd64",
    "topology.kubernetes.io/zone": node.zone,
    [`node-role.kubernetes.io/${node.controlPlane ? "control-plane" : "worker"}`]: "",
    ...node.labels,
  };
}

function refreshSteps(snapshot: Snapshot, present: KubernetesObject, node: KubernetesNode): Step[] {
  const virtual = isKubeVirtDeployed(snapshot) && !node.controlPlane;
  const labels = { ...nodeLabels(node), ...(virtual ? { "kubevirt.io/schedulable": "true" } : {}) };
  const current = textMapOf(present, "metadata", "labels");
  const missing = Object.fromEntries(Object.entries(labels).filter(([key, value]) => current[key] !== value));
  const target = exactly(present);
  const steps: Step[] =
    Object.keys(missing).length === 0
      ? []
      : [{ do: "merge", target, patch: { metadata: { labels: missing } }, manager: MANAGER }];
  const wanted = nodeStatus(snapshot, present, node, virtual);
  // Other parts of a Node's status (images, volumes) are left alone.
  const relevant = Object.fromEntries(Object.keys(wanted).map((key) => [key, mapOf(present, "status")[key]]));
  if (isDeepStrictEqual(relevant, wanted)) return steps;
  const status = statusPatch({ ...present, status: relevant }, wanted) ?? {};
  return [...steps, { do: "merge-status", target, status, manager: MANAGER }];
}

function nodeStatus(
  snapshot: Snapshot,
  present: KubernetesObject,
  node: KubernetesNode,
  virtual: boolean,
): Record<string, unknown> {
  const hasNetwork = textOf(present, "spec", "podCIDR") !== undefined;
  const resources = {
    cpu: String(node.cpuCount),
    memory: mebibyteQuantity(node.memoryMebibytes * MEBIBYTE),
    pods: String(snapshot.cluster.maximumPods),
    ...(virtual
      ? { "devices.kubevirt.io/kvm": "1k", "devices.kubevirt.io/tun": "1k", "devices.kubevirt.io/vhost-net": "1k" }
      : {}),
  };
  return {
    addresses: [
      { type: "InternalIP", address: node.internalIp },
      { type: "Hostname", address: node.name },
    ],
    capacity: resources,
    allocatable: resources,
    conditions: withTransitionTimes(
      nodeConditions(hasNetwork),
      listOf(present, "status", "conditions"),
      snapshot.now,
    ).map((condition) => ({ ...condition, lastHeartbeatTime: condition.lastTransitionTime })),
    nodeInfo: nodeInfo(node, snapshot.cluster),
  };
}

function nodeConditions(hasNetwork: boolean): Condition[] {
  return [
    { type: "MemoryPressure", status: "False", reason: "KubeletHasSufficientMemory" },
    { type: "DiskPressure", status: "False", reason: "KubeletHasNoDiskPressure" },
    { type: "PIDPressure", status: "False", reason: "KubeletHasSufficientPID" },
    hasNetwork
      ? { type: "Ready", status: "True", reason: "KubeletReady", message: "kubelet is posting ready status" }
      : {
          type: "Ready",
          status: "False",
          reason: "KubeletNotReady",
          message: "container runtime network not ready: no /24 left in the cluster's pod network for this node",
        },
  ];
}

function nodeInfo(node: KubernetesNode, cluster: ClusterFacts): Record<string, string> {
  return {
    architecture: "amd64",
    operatingSystem: "linux",
    osImage: "Ubuntu 22.04.5 LTS",
    kernelVersion: "5.15.0-139-generic",
    containerRuntimeVersion: "containerd://1.7.27",
    kubeletVersion: `v${cluster.kubernetesVersion}`,
    kubeProxyVersion: "",
    machineID: node.name,
    systemUUID: node.name,
    bootID: node.name,
  };
}
