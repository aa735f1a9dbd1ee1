import { fieldOf, mapOf, textOf, type KubernetesObject } from "../objects";
import type { PackStage } from "./pack-content";
import { namespaceObject } from "./pack-content";
import { chartValues } from "./pack-values";

/** MetalLB's objects in the chart's `configuration`, by the key that holds them. */
const KINDS: Record<string, { kind: string; apiVersion: string }> = {
  ipaddresspools: { kind: "IPAddressPool", apiVersion: "metallb.io/v1beta1" },
  l2advertisements: { kind: "L2Advertisement", apiVersion: "metallb.io/v1beta1" },
  bgpadvertisements: { kind: "BGPAdvertisement", apiVersion: "metallb.io/v1beta1" },
  bgppeers: { kind: "BGPPeer", apiVersion: "metallb.io/v1beta2" },
  bfdprofiles: { kind: "BFDProfile", apiVersion: "metallb.io/v1beta1" },
  communities: { kind: "Community", apiVersion: "metallb.io/v1beta1" },
};

/** MetalLB (`lb-metallb-helm`): its CRDs, then the pools and advertisements of `charts.metallb-full.configuration`. */
export function loadBalancerPack(values: Record<string, unknown>): PackStage {
  const namespace = textOf(values, "pack", "namespace") ?? "metallb-system";
  const configuration = mapOf(chartValues(values, "metallb-full"), "configuration");
  const objects = Object.entries(KINDS).flatMap(([key, { kind, apiVersion }]) =>
    Object.entries(mapOf(configuration, key)).map(([name, entry]): KubernetesObject => ({
      apiVersion,
      kind,
      metadata: { name, namespace },
      spec: fieldOf(entry, "spec") ?? {},
    })),
  );
  return { crds: ["metallb"], objects: [namespaceObject(namespace), ...objects] };
}
