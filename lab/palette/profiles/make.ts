import type { ClusterProfile, ProfilePack, ProfileType, Variable } from "../model/profile";
import type { Ownership } from "../model/tenant";
import type { Palette } from "../palette";
import { newUid } from "../uid";
import { importedPack } from "./packs";
import type { ImportEntity } from "./payloads";
import { checkNameAndVersion, checkTemplate } from "./template";
import { checkVariables } from "./variables";

/** What a new profile version is made from. */
export interface NewProfile {
  name: string;
  version: string;
  description: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  type: ProfileType;
  cloudType: string;
  variables: Variable[];
  packs: ProfilePack[];
}

/**
 * Adds a profile version after all checks.
 * @param publish whether clusters can use it at once; else it is a draft.
 * @throws PaletteError 400, 404, 409
 */
export function addProfile(palette: Palette, owner: Ownership, input: NewProfile, publish: boolean): ClusterProfile {
  checkNameAndVersion(palette, owner, input.name, input.version);
  checkVariables(input.variables);
  checkTemplate(palette, input.type, input.packs, input.variables);
  const now = palette.clock.now();
  const { packs, ...described } = input;
  const profile: ClusterProfile = {
    ...described,
    ...owner,
    uid: newUid(),
    [publish ? "published" : "draft"]: { packs },
    createdAt: now,
    modifiedAt: now,
  };
  palette.state.profiles.push(profile);
  return profile;
}

/**
 * Imports an exported profile: not an upsert, a name and version that exist are refused.
 * @throws PaletteError 400, 404, 409
 */
export function importProfile(
  palette: Palette,
  owner: Ownership,
  entity: ImportEntity,
  publish: boolean,
): ClusterProfile {
  const { metadata, spec } = entity;
  checkNameAndVersion(palette, owner, metadata.name, spec.version);
  checkVariables(spec.variables);
  return addProfile(
    palette,
    owner,
    {
      name: metadata.name,
      version: spec.version,
      description: metadata.description,
      labels: metadata.labels,
      annotations: {},
      type: spec.template.type,
      cloudType: spec.template.cloudType,
      variables: spec.variables,
      packs: spec.template.packs.map((pack) => importedPack(palette, pack)),
    },
    publish,
  );
}
