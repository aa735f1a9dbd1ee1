import type { AttachedProfile, Cluster, NodeLayer } from "../model/cluster";
import { LAYERS } from "../model/profile";
import type { ProfilePack } from "../model/profile";
import { installPriority } from "../packs/pack-values";
import type { Palette } from "../palette";
import { resolveMacros } from "../profiles/macros";
import type { MacroValues } from "../profiles/macros";
import { variableValues } from "../profiles/variables";

/** A layer of a cluster with everything resolved. */
export interface ResolvedLayer {
  profileUid: string;
  pack: ProfilePack;
}

/**
 * All layers of a cluster's profiles with macros resolved, in the order of installation: operating system, Kubernetes,
 * network, storage, then add-ons by install priority (and in the profiles' order within one).
 */
export function resolvedLayers(
  palette: Palette,
  cluster: Pick<Cluster, "uid" | "name" | "projectUid">,
  profiles: readonly AttachedProfile[],
): ResolvedLayer[] {
  const layers = profiles.flatMap((profile) => {
    const values = macroValues(palette, cluster, profiles, profile);
    return profile.packs.map((pack) => ({ profileUid: profile.uid, pack: resolvePack(pack, values) }));
  });
  const rank = ({ pack }: ResolvedLayer): number => LAYERS.indexOf(pack.layer);
  const priority = ({ pack }: ResolvedLayer): number => (pack.layer === "addon" ? installPriority(pack.values) : 0);
  return layers.sort((one, other) => rank(one) - rank(other) || priority(one) - priority(other));
}

/** The layers that nodes are made from: operating system and Kubernetes. */
export function nodeLayersOf(layers: readonly ResolvedLayer[]): NodeLayer[] {
  return layers.filter(({ pack }) => pack.layer === "os" || pack.layer === "k8s");
}

function resolvePack(pack: ProfilePack, values: MacroValues): ProfilePack {
  return {
    ...pack,
    values: resolveMacros(pack.values, values),
    manifests: pack.manifests.map((manifest) => ({ ...manifest, content: resolveMacros(manifest.content, values) })),
  };
}

/** What macros in a profile's texts stand for on a cluster. */
export function macroValues(
  palette: Palette,
  cluster: Pick<Cluster, "uid" | "name" | "projectUid">,
  profiles: readonly AttachedProfile[],
  profile: AttachedProfile,
): MacroValues {
  const { tenant, projects, macros } = palette.state;
  const kubernetes = profiles.flatMap((each) => each.packs).find((pack) => pack.layer === "k8s");
  return {
    variables: variableValues(profile.variables, profile.values),
    macros: new Map(macros.map((macro) => [macro.name, macro.value])),
    quotes: palette.habits["quoted-variables"],
    system: new Map([
      ["cluster.uid", cluster.uid],
      ["cluster.name", cluster.name],
      ["project.uid", cluster.projectUid],
      ["project.name", projects.find((project) => project.uid === cluster.projectUid)?.name ?? ""],
      ["tenant.uid", tenant.uid],
      ["tenant.name", tenant.name],
      ["cloud.type", "maas"],
      ["kubernetes.version", kubernetes?.version ?? ""],
    ]),
  };
}
