import { fieldOf, listOf, mapOf, textMapOf, textOf, type KubernetesObject } from "../objects";
import { namespaceObject, type PackStage } from "./pack-content";
import { chartValues } from "./pack-values";

/** The name of the pack and of its chart. */
export const VIRTUALIZATION_PACK = "virtual-machine-orchestrator";

/** Gates that the pack itself gives to CDI. */
const CDI_GATES = ["HonorWaitForFirstConsumer"];

/**
 * Virtual Machine Orchestrator, in the order of a real installation: the chart's own CRD, namespaces and Multus, then
 * what the KubeVirt and CDI operators bring, then snapshots.
 */
export function virtualizationPack(values: Record<string, unknown>): PackStage[] {
  const chart = chartValues(values, VIRTUALIZATION_PACK);
  return [
    {
      crds: ["vmtemplates", ...(isEnabled(chart, "multus") ? (["multus"] as const) : [])],
      objects: namespaces(chart),
    },
    ...(isEnabled(chart, "kubevirt")
      ? [{ crds: ["kubevirt" as const], objects: [kubeVirt(chart), proxyService(chart, "kubevirt")] }]
      : []),
    ...(isEnabled(chart, "cdi") ? [{ crds: ["cdi" as const], objects: [cdi(chart), proxyService(chart, "cdi")] }] : []),
    ...(isEnabled(chart, "snapshot-controller")
      ? [{ crds: ["snapshot" as const], objects: volumeSnapshotClass(chart) }]
      : []),
  ];
}

/** Parts of the chart are on unless switched off. */
function isEnabled(chart: Record<string, unknown>, part: string): boolean {
  return fieldOf(chart, part, "enabled") !== false;
}

function namespaces(chart: Record<string, unknown>): KubernetesObject[] {
  const enabled = listOf(chart, "vmEnabledNamespaces").filter((one): one is string => typeof one === "string");
  const golden = textOf(chart, "goldenImagesNamespace") ?? "vmo-golden-images";
  const names = new Set([
    "vm-dashboard",
    kubeVirtNamespace(chart),
    "cdi",
    golden,
    ...(enabled.length > 0 ? enabled : ["default", "virtual-machines"]),
  ]);
  names.delete("default");
  return [...names].map((name) => ofHelm(namespaceObject(name)));
}

/** An object that a chart makes, as Helm marks it. */
function ofHelm(object: KubernetesObject): KubernetesObject {
  const { metadata } = object;
  return {
    ...object,
    metadata: {
      ...metadata,
      labels: { ...metadata.labels, "app.kubernetes.io/managed-by": "Helm" },
      annotations: {
        ...metadata.annotations,
        "meta.helm.sh/release-name": "virtual-machine-orchestrator",
        "meta.helm.sh/release-namespace": "vm-dashboard",
      },
    },
  };
}

/** The service of a part of the chart, through which images come in or go out; the chart makes both LoadBalancers. */
function proxyService(chart: Record<string, unknown>, part: "kubevirt" | "cdi"): KubernetesObject {
  const service = mapOf(chart, part, "service");
  const port = fieldOf(service, "port");
  return ofHelm({
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name: part === "cdi" ? "cdi-uploadproxy-lb" : "virt-exportproxy-lb",
      namespace: part === "cdi" ? "cdi" : kubeVirtNamespace(chart),
    },
    spec: {
      type: textOf(service, "type") ?? "LoadBalancer",
      ports: [{ name: "https", port: typeof port === "number" ? port : 443, targetPort: 8443 }],
      selector: part === "cdi" ? { "cdi.kubevirt.io": "cdi-uploadproxy" } : { "kubevirt.io": "virt-exportproxy" },
    },
  });
}

function kubeVirtNamespace(chart: Record<string, unknown>): string {
  return textOf(chart, "kubevirt", "namespace") ?? "kubevirt";
}

function kubeVirt(chart: Record<string, unknown>): KubernetesObject {
  const resource = mapOf(chart, "kubevirt", "kubevirtResource");
  const config = mapOf(resource, "config");
  const rollout = textOf(resource, "vmRolloutStrategy") ?? textOf(config, "vmRolloutStrategy");
  const eviction = textOf(config, "evictionStrategy");
  return {
    apiVersion: "kubevirt.io/v1",
    kind: "KubeVirt",
    metadata: { name: "kubevirt", namespace: kubeVirtNamespace(chart) },
    spec: {
      configuration: {
        ...(eviction === undefined ? {} : { evictionStrategy: eviction }),
        ...(rollout === undefined ? {} : { vmRolloutStrategy: rollout }),
        ...mapOf(config, "additionalConfig"),
        developerConfiguration: {
          featureGates: listOf(resource, "additionalFeatureGates"),
          ...(fieldOf(resource, "useEmulation") === true ? { useEmulation: true } : {}),
          ...mapOf(config, "additionalDevConfig"),
        },
      },
    },
  };
}

function cdi(chart: Record<string, unknown>): KubernetesObject {
  const resource = mapOf(chart, "cdi", "cdiResource");
  return {
    apiVersion: "cdi.kubevirt.io/v1beta1",
    kind: "CDI",
    metadata: { name: "cdi" },
    spec: {
      config: {
        featureGates: [...new Set([...CDI_GATES, ...listOf(resource, "additionalFeatureGates")])],
        ...mapOf(resource, "additionalConfig"),
      },
      ...mapOf(resource, "additionalSpec"),
    },
  };
}

function volumeSnapshotClass(chart: Record<string, unknown>): KubernetesObject[] {
  const wanted = mapOf(chart, "snapshot-controller", "volumeSnapshotClass");
  if (wanted["create"] !== true) return [];
  return [
    {
      apiVersion: "snapshot.storage.k8s.io/v1",
      kind: "VolumeSnapshotClass",
      metadata: {
        name: textOf(wanted, "name") ?? "spectro-volume-snapshot-class",
        labels: textMapOf(wanted, "extraLabels"),
        annotations: { "snapshot.storage.kubernetes.io/is-default-class": "true" },
      },
      driver: textOf(wanted, "driver") ?? "",
      deletionPolicy: textOf(wanted, "deletionPolicy") ?? "Delete",
      parameters: textMapOf(wanted, "params"),
    },
  ];
}
