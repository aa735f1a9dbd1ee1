import { namespaceObject, type PackStage } from "./pack-content";
import { loadBalancerPack } from "./load-balancer-pack";
import { packNamespaces, parseManifest, parseValues } from "./pack-values";
import { storagePack } from "./storage-pack";
import { VIRTUALIZATION_PACK, virtualizationPack } from "./virtualization-pack";
import type { InstalledPack } from "../platform";

/** What Palette itself brings to every cluster: its own namespaces, and cert-manager. */
export function paletteBase(clusterUid: string): PackStage[] {
  const names = ["palette-system", `cluster-${clusterUid}`, "cert-manager"];
  return [{ crds: ["cert-manager"], objects: names.map((name) => namespaceObject(name)) }];
}

/**
 * What a pack brings, in the order in which it comes: its namespaces, its own CRDs and objects, the manifests of the layer.
 * @throws Error naming the pack or the manifest when a text is not what it should be.
 */
export function contentsOfPack(pack: InstalledPack): PackStage[] {
  const values = parseValues(pack.name, pack.values);
  const manifests = pack.manifests.flatMap(parseManifest);
  return [
    { crds: [], objects: packNamespaces(values) },
    ...chartStages(pack, values, manifests),
    { crds: [], objects: manifests },
  ].filter((stage) => stage.crds.length + stage.objects.length > 0);
}

function chartStages(
  pack: InstalledPack,
  values: Record<string, unknown>,
  manifests: ReturnType<typeof parseManifest>,
): PackStage[] {
  if (pack.layer === "csi") return [storagePack(pack.name, values, manifests)];
  switch (pack.name) {
    case "lb-metallb-helm":
      return [loadBalancerPack(values)];
    case VIRTUALIZATION_PACK:
      return virtualizationPack(values);
    default:
      return [];
  }
}

/** Pods per node that the kubelet configuration among the node files of an OS pack asks for; undefined when it does not. */
export function maximumPodsOf(pack: InstalledPack): number | undefined {
  const match = pack.layer === "os" ? /^\s*maxPods:\s*(\d+)\s*$/m.exec(pack.values) : null;
  return match === null ? undefined : Number(match[1]);
}
