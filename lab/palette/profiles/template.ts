import { conflict, invalid } from "../http/error";
import type { ClusterProfile, Layer, ProfilePack, ProfileTemplate, ProfileType, Variable } from "../model/profile";
import type { Ownership } from "../model/tenant";
import { compareVersions } from "../packs/version";
import type { Palette } from "../palette";
import { baseName } from "./packs";
import { checkMacros } from "./macros";

/**
 * Checks a profile's layers together: the layers that its type must have, no name twice, macros that are defined.
 * @throws PaletteError 400
 */
export function checkTemplate(
  palette: Palette,
  type: ProfileType,
  packs: readonly ProfilePack[],
  variables: readonly Variable[],
): void {
  const names = new Set<string>();
  for (const pack of packs) {
    if (names.has(pack.name)) throw invalid("DuplicatePack", `Pack '${pack.name}' is in the cluster profile twice`);
    names.add(pack.name);
  }
  checkLayers(type, packs);
  checkMacros(
    packs.flatMap((pack) => [
      { where: `Pack '${pack.name}' values`, text: pack.values },
      ...pack.manifests.map((each) => ({
        where: `Manifest '${each.name}' of pack '${pack.name}'`,
        text: each.content,
      })),
    ]),
    variables.map((variable) => variable.name),
    palette.state.macros.map((macro) => macro.name),
  );
}

const CORE: readonly Layer[] = ["os", "k8s", "cni", "csi"];

function checkLayers(type: ProfileType, packs: readonly ProfilePack[]): void {
  if (packs.length === 0) throw invalid("InvalidClusterProfile", "The cluster profile has no packs");
  const count = (layer: Layer): number => packs.filter((pack) => pack.layer === layer).length;
  if (type === "add-on") {
    const core = packs.find((pack) => pack.layer !== "addon");
    if (core)
      throw invalid("InvalidClusterProfile", `An add-on profile cannot have the ${core.layer} layer '${core.name}'`);
    return;
  }
  for (const layer of CORE)
    if (count(layer) !== 1)
      throw invalid("InvalidClusterProfile", `A profile of type ${type} needs one ${layer} layer, not ${count(layer)}`);
  if (type === "infra" && count("addon") > 0)
    throw invalid("InvalidClusterProfile", "A profile of type infra cannot have add-on layers");
}

/** What is wrong between the layers of a cluster: versions that do not work together, as one sentence per pack. */
export function constraintErrors(palette: Palette, packs: readonly ProfilePack[]): { pack: string; message: string }[] {
  return packs.flatMap((pack) =>
    (palette.catalogue.byUid(pack.packUid)?.requires ?? []).flatMap((requirement) => {
      const other = packs.find((each) => baseName(each.name) === requirement.pack);
      if (!other) return [];
      const fits =
        compareVersions(other.version, requirement.minimum) >= 0 &&
        compareVersions(other.version, requirement.maximum) <= 0;
      const range = `${requirement.minimum} to ${requirement.maximum}`;
      return fits
        ? []
        : [
            {
              pack: pack.name,
              message: `Pack '${pack.name}' ${pack.version} needs '${other.name}' ${range}, not ${other.version}`,
            },
          ];
    }),
  );
}

/** Profiles of one name in one scope are versions of one lineage. */
export function lineage(palette: Palette, profile: Ownership & { name: string }): ClusterProfile[] {
  return palette.state.profiles.filter(
    (each) => each.name === profile.name && each.scope === profile.scope && each.projectUid === profile.projectUid,
  );
}

/**
 * Checks that a name and version are free in a scope and well formed.
 * @throws PaletteError 409 `ClusterProfileAlreadyExists`, 400
 */
export function checkNameAndVersion(palette: Palette, owner: Ownership, name: string, version: string): void {
  if (!/^[A-Za-z0-9]([A-Za-z0-9 ._-]*[A-Za-z0-9])?$/.test(name))
    throw invalid("InvalidClusterProfileName", `'${name}' is not a name for a cluster profile`);
  if (!/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/.test(version))
    throw invalid("InvalidClusterProfileVersion", `'${version}' is not a semantic version`);
  if (lineage(palette, { ...owner, name }).some((profile) => profile.version === version))
    throw conflict("ClusterProfileAlreadyExists", `Cluster profile '${name}' version '${version}' already exists`);
}

/** What clusters use of a profile. */
export function publishedOrDraft(profile: ClusterProfile): ProfileTemplate {
  return profile.published ?? profile.draft ?? { packs: [] };
}

/** What an edit works on: the draft when there is one. */
export function draftOrPublished(profile: ClusterProfile): ProfileTemplate {
  return profile.draft ?? profile.published ?? { packs: [] };
}
