import type { ConfigurationReader } from "../dynamic/configuration";
import { serve, type ServedProvider } from "../dynamic/serve";
import { cloudAccountKind } from "./cloud-account";
import { clusterProfileKind } from "./cluster-profile";
import { clusterKind } from "./cluster/cluster-kind";
import type { MetalView } from "./cluster/metal-view";
import { kubeconfigKind } from "./kubeconfig";

/** Every kind of Palette resource, by its name. `metalOf` makes what tells what MAAS knows of machines. */
export function paletteProviders(
  metalOf?: (configuration: ConfigurationReader) => MetalView,
): Readonly<Record<string, ServedProvider>> {
  const cluster = clusterKind(metalOf);
  return {
    [cloudAccountKind.kind]: serve(cloudAccountKind),
    [clusterProfileKind.kind]: serve(clusterProfileKind),
    [cluster.kind]: serve(cluster),
    [kubeconfigKind.kind]: serve(kubeconfigKind),
  };
}
