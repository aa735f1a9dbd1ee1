import type * as pulumi from "@pulumi/pulumi";
import type { ProfileArgs } from "../../components/palette/palette";
import { type ExportedProfile, readProfileExport } from "../../providers/palette/profile-export";
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
 * @throws InputError for a file that is no export, or that holds masks which no secret fills
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

/**
 * Whether what the cluster is to run installs storage of a provider that `profiles/` has no layer for: one of the imported profiles has to be
 * the base of the cluster.
 */
export function hasBase(imported: readonly ProfileArgs[]): boolean {
  return imported.some(isBase);
}

/** Our profiles and the imported ones: one of the same name, or another base of the cluster, takes the place of ours. */
export function mergedProfiles(ours: readonly ProfileArgs[], imported: readonly ProfileArgs[]): ProfileArgs[] {
  const replaces = (other: ProfileArgs, own: ProfileArgs): boolean =>
    other.rendered.name === own.rendered.name || (isBase(other) && isBase(own));
  const places = ours.map((own) => imported.find((other) => replaces(other, own)) ?? own);
  return [...places, ...imported.filter((other) => !places.includes(other))];
}

function isBase({ rendered }: ProfileArgs): boolean {
  return rendered.profileType === "infra" || rendered.profileType === "cluster";
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
