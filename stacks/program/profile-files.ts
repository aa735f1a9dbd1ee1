import type * as pulumi from "@pulumi/pulumi";
import type { ProfileArgs } from "../../components/palette/palette";
import { type ExportedProfile, readProfileExport } from "../../providers/palette/profile-export";
import { InputError } from "../../providers/dynamic/errors";
import type { ProfileFile } from "../description/profile-files";

/** Profiles from files, ready for the cluster. */
export interface ImportedProfiles {
  profiles: ProfileArgs[];
  /** Values of their sensitive variables, by `profile/variable`. */
  secretVariables: Record<string, string>;
}

/**
 * Reads the exported profiles of a description.
 *
 * @param read answers the text of a file
 * @param secret answers a stack secret; a missing one is an error of the preflight
 * @throws InputError for a file that is no export, or that holds masks which no secret fills, and for files of which a cluster can have one only
 */
export function importedProfiles(
  files: readonly ProfileFile[],
  read: (file: string) => string,
  secret: (key: string) => string | undefined,
  toSecret: (value: Record<string, string>) => pulumi.Input<Record<string, string>>,
): ImportedProfiles {
  const clear = (keys: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, secret(key) ?? ""]));
  const exports = files.map((file) => {
    const secrets = { values: clear(file.secretValues), manifests: file.secretManifests };
    return { file, profile: readProfileExport(read(file.file), file.file, secrets) };
  });
  refuseTwoOfOne(exports);
  return {
    profiles: exports.map(({ file, profile }) => profileArgs(profile, file, toSecret)),
    secretVariables: Object.assign(
      {},
      ...exports.map(({ file, profile }) =>
        Object.fromEntries(
          Object.entries(clear(file.secretVariables)).map(([name, value]) => [`${profile.name}/${name}`, value]),
        ),
      ),
    ) as Record<string, string>,
  };
}

/** A cluster has a profile once. */
function refuseTwoOfOne(exports: readonly { file: ProfileFile; profile: ExportedProfile }[]): void {
  const said = (found: typeof exports): string =>
    found
      .map(({ file, profile }) => `${file.file} (${profile.name} ${profile.version}, ${profile.profileType})`)
      .join(", ");
  for (const { profile } of exports) {
    const same = exports.filter((other) => other.profile.name === profile.name);
    if (same.length > 1) throw new InputError(`these files hold the same cluster profile: ${said(same)}. Keep one.`);
  }
  const bases = exports.filter(({ profile }) => isBaseType(profile.profileType));
  if (bases.length > 1) {
    throw new InputError(
      `a cluster has exactly one profile of type infra or cluster, and these files hold more: ${said(bases)}. Keep one.`,
    );
  }
}

/**
 * Whether what the cluster is to run installs storage of a provider that `profiles/` has no layer for: one of the imported profiles has to be
 * the base of the cluster.
 */
export function hasBase(imported: readonly ProfileArgs[]): boolean {
  return imported.some(isBase);
}

/**
 * Our profiles and the imported ones: one of the same name, or another base of the cluster, takes the place of ours.
 *
 * @throws InputError when not exactly one base results, because one of a name of ours is of another type
 */
export function mergedProfiles(ours: readonly ProfileArgs[], imported: readonly ProfileArgs[]): ProfileArgs[] {
  const replaces = (other: ProfileArgs, own: ProfileArgs): boolean =>
    other.rendered.name === own.rendered.name || (isBase(other) && isBase(own));
  const places = ours.map((own) => imported.find((other) => replaces(other, own)) ?? own);
  const merged = [...places, ...imported.filter((other) => !places.includes(other))];
  if (merged.filter(isBase).length === 1) return merged;
  const list = merged.map(({ rendered }) => `${rendered.name} (${rendered.profileType})`).join(", ");
  throw new InputError(
    `a cluster has exactly one profile of type infra or cluster; with these files it would have ${list}. ` +
      "Give a profile of another type another name than ours, and export it again.",
  );
}

function isBase({ rendered }: Pick<ProfileArgs, "rendered">): boolean {
  return isBaseType(rendered.profileType);
}

function isBaseType(type: string): boolean {
  return type === "infra" || type === "cluster";
}

function profileArgs(
  profile: ExportedProfile,
  file: ProfileFile,
  toSecret: (value: Record<string, string>) => pulumi.Input<Record<string, string>>,
): ProfileArgs {
  const { name, description, profileType, cloudType, layers, variables } = profile;
  return {
    rendered: { name, description, profileType, cloudType, layers, variables },
    version: profile.version,
    secretManifests: toSecret(profile.secretManifests),
    secretValues: toSecret(profile.secretValues),
    variables: { ...file.variables },
  };
}
