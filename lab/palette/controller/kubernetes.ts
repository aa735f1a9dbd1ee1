import type { KubernetesNode } from "../../kubernetes/platform";
import { parseValues, valueAt } from "../packs/pack-values";
import { digestOf } from "../uid";
import { controlPlaneNodes } from "./endpoint";
import type { Round } from "./round";

/** Starts the cluster's control plane once a control plane node runs, and again in each new process. */
export async function stepControlPlane(round: Round): Promise<void> {
  const { cluster, palette, memory } = round;
  if (memory.kubernetesStarted || (cluster.kubeconfig === undefined && controlPlaneNodes(round).length === 0)) return;
  const values = parseValues(cluster.nodeLayers.find((layer) => layer.pack.layer === "k8s")?.pack.values ?? "");
  const text = (path: string): string => {
    const value = valueAt(values, path);
    return typeof value === "string" ? value : "";
  };
  const { kubeconfig } = await palette.platform.create({
    uid: cluster.uid,
    name: cluster.name,
    podCidr: text("pack.podCIDR"),
    serviceCidr: text("pack.serviceClusterIpRange"),
  });
  memory.kubernetesStarted = true;
  if (cluster.kubeconfig === undefined) round.event("KubeConfigReady", "The control plane answers");
  cluster.kubeconfig = kubeconfig;
  cluster.nodesDigest = "";
  palette.store.save();
}

/** Gives Kubernetes the Nodes of the running machines, when they changed. */
export async function stepNodes(round: Round): Promise<void> {
  const { cluster, palette } = round;
  if (cluster.kubeconfig === undefined) return;
  const nodes = nodesOf(round);
  const digest = digestOf(JSON.stringify(nodes));
  if (digest === cluster.nodesDigest) return;
  await palette.platform.setNodes(cluster.uid, nodes);
  cluster.nodesDigest = digest;
  palette.store.save();
}

function nodesOf(round: Round): KubernetesNode[] {
  return round.cluster.machines
    .filter((machine) => machine.phase === "running" || machine.phase === "draining")
    .filter((machine) => machine.hostname !== "")
    .flatMap((machine) => {
      const spec = round.cluster.pools.find((pool) => pool.spec.name === machine.poolName)?.spec;
      if (!spec) return [];
      const cordoned = machine.maintenance?.action === "cordon" || machine.phase === "draining";
      return [
        {
          name: machine.hostname,
          controlPlane: spec.isControlPlane,
          zone: machine.zone,
          internalIp: machine.addresses[0] ?? "",
          cpuCount: machine.cpuCount,
          memoryMebibytes: machine.memoryMebibytes,
          labels: spec.additionalLabels ?? {},
          taints: [
            ...(spec.taints ?? []).map((taint) => ({
              key: taint.key ?? "",
              ...(taint.value !== undefined && taint.value !== "" && { value: taint.value }),
              effect: taint.effect ?? "NoSchedule",
            })),
            ...(spec.isControlPlane && !spec.useControlPlaneAsWorker
              ? [{ key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" }]
              : []),
            ...(cordoned ? [{ key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" }] : []),
          ],
        },
      ];
    })
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}
