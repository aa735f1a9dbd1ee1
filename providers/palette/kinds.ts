import type { ConfigurationReader } from "../dynamic/configuration";
import { serve, type ServedProvider } from "../dynamic/serve";
import { cloudAccountKind } from "./cloud-account";
import { clusterProfileKind } from "./cluster-profile";
import { clusterKind } from "./cluster/cluster-kind";
import type { PoolDiagnosis } from "./cluster/pool-diagnosis";
import { kubeconfigKind } from "./kubeconfig";

/** Every kind of Palette resource, by its name. `diagnosisOf` makes what says why a machine pool does not fill up. */
export function paletteProviders(
  diagnosisOf?: (configuration: ConfigurationReader) => PoolDiagnosis,
): Readonly<Record<string, ServedProvider>> {
  const cluster = clusterKind(diagnosisOf);
  return {
    [cloudAccountKind.kind]: serve(cloudAccountKind),
    [clusterProfileKind.kind]: serve(clusterProfileKind),
    [cluster.kind]: serve(cluster),
    [kubeconfigKind.kind]: serve(kubeconfigKind),
  };
}
