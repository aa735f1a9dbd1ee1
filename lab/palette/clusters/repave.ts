import type { NodeLayer, RepaveReason } from "../model/cluster";
import type { ProfilePack } from "../model/profile";
import { differingPaths, flatten, parseValues } from "../packs/pack-values";
import { digestOf } from "../uid";

/** Parts of the Kubernetes layer's values that are in every node; the rest is changed in place. */
const KUBERNETES_NODE_PATHS = /^(kubeadmconfig(\.|$)|pack\.podCIDR$|pack\.serviceClusterIpRange$|values$)/;

function isPartOfNodes(layer: ProfilePack["layer"], path: string): boolean {
  return layer === "os" ? !path.startsWith("pack.content") : KUBERNETES_NODE_PATHS.test(path);
}

/** Digest of what of a layer is in every node: nodes with another one are replaced. */
export function nodeDigest({ pack }: NodeLayer): string {
  const leaves = [...flatten(parseValues(pack.values) ?? { values: pack.values })];
  const content = leaves
    .filter(([path]) => isPartOfNodes(pack.layer, path))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return digestOf(JSON.stringify([pack.name, pack.version, content]));
}

/**
 * Why nodes have to be replaced when a cluster goes from one set of node layers to another: another version of the
 * operating system or Kubernetes, or other values that are part of a node. Empty: no repave.
 */
export function repaveReasons(current: readonly NodeLayer[], target: readonly NodeLayer[]): RepaveReason[] {
  return target.flatMap(({ pack }) => {
    const before = current.find((layer) => layer.pack.layer === pack.layer)?.pack;
    if (!before) return [];
    const keys = differingPaths(before.values, pack.values).filter((path) => isPartOfNodes(pack.layer, path));
    const upgraded = before.name !== pack.name || before.version !== pack.version;
    if (!upgraded && keys.length === 0) return [];
    const what = pack.layer === "os" ? "operating system" : "Kubernetes";
    return [
      {
        code: upgraded ? "PackVersionChanged" : "PackValuesChanged",
        message: upgraded
          ? `The ${what} layer changes from ${before.name} ${before.version} to ${pack.name} ${pack.version}`
          : `The ${what} layer '${pack.name}' changes in ${keys.join(", ")}`,
        current: before,
        target: pack,
        diffConfigKeys: keys,
      },
    ];
  });
}
