import { serve, type ServedProvider } from "../dynamic/serve";
import { cloudAccountKind } from "./cloud-account";
import { clusterProfileKind } from "./cluster-profile";
import { clusterKind } from "./cluster/cluster-kind";
import type { PoolDiagnosis } from "./cluster/wait";
import { kubeconfigKind } from "./kubeconfig";

/** Every kind of Palette resource, by its name. `diagnose` says why a machine pool does not fill up. */
export function paletteProviders(diagnose?: PoolDiagnosis): Readonly<Record<string, ServedProvider>> {
  const cluster = clusterKind(diagnose);
  return {
    [cloudAccountKind.kind]: serve(cloudAccountKind),
    [clusterProfileKind.kind]: serve(clusterProfileKind),
    [cluster.kind]: serve(cluster),
    [kubeconfigKind.kind]: serve(kubeconfigKind),
  };
}
