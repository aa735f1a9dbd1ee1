import { InputError } from "../../dynamic/errors";
import type { PaletteClient } from "../client/client";
import type { ClusterAnswer } from "../client/clusters";
import { readClusterVariables } from "../client/clusters";
import { profileVersions } from "../client/profiles";
import type { AttachedProfile, ClusterInputs } from "./inputs";

/** A profile of a cluster with its uid and the values of all its variables. */
export interface ResolvedProfile {
  name: string;
  version: string;
  uid: string;
  variables: ProfileVariableValue[];
}

/** The value of one variable. */
export interface ProfileVariableValue {
  name: string;
  value: string;
  /** Key among the secret variables; absent for one that is no secret. */
  secret?: string;
}

/**
 * Resolves the profiles of a cluster by name and version.
 *
 * @throws InputError when a version does not exist; it lists those that do.
 */
export async function resolveProfiles(client: PaletteClient, inputs: ClusterInputs): Promise<ResolvedProfile[]> {
  return Promise.all(
    inputs.profiles.map(async (profile) => {
      const versions = await profileVersions(client, profile.name);
      const found = versions.find(({ version }) => version === profile.version);
      if (found === undefined) {
        const known = versions.map(({ version }) => version).join(", ") || "none";
        throw new InputError(
          `Palette has no cluster profile "${profile.name}" ${profile.version}; versions of that name: ${known}.`,
        );
      }
      return {
        name: profile.name,
        version: profile.version,
        uid: found.uid,
        variables: variablesOf(profile, inputs.secretVariables),
      };
    }),
  );
}

/** The values of a profile's variables, secret ones included, sorted by name. */
export function variablesOf(
  profile: AttachedProfile,
  secretVariables: Readonly<Record<string, string>>,
): ProfileVariableValue[] {
  const prefix = `${profile.name}/`;
  const secret = Object.entries(secretVariables)
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, value]): ProfileVariableValue => ({ name: key.slice(prefix.length), value, secret: key }));
  return [...Object.entries(profile.variables).map(([name, value]) => ({ name, value })), ...secret].sort(
    (left, right) => left.name.localeCompare(right.name),
  );
}

/** Variables as Palette takes them. */
export function variableEntities(variables: readonly ProfileVariableValue[]): { name: string; value: string }[] {
  return variables.map(({ name, value }) => ({ name, value }));
}

/** The attached profiles as they really are, said like our inputs: in our order, with the values of the variables that we set. */
export async function presentProfiles(
  client: PaletteClient,
  cluster: ClusterAnswer,
  ours: readonly AttachedProfile[],
): Promise<AttachedProfile[]> {
  const values = await readClusterVariables(client, cluster.metadata.uid);
  const attached = (cluster.spec?.clusterProfileTemplates ?? []).map((profile) => {
    const known = values.find(({ profileUid }) => profileUid === profile.uid)?.variables ?? [];
    const own = ours.find(({ name }) => name === profile.name)?.variables ?? {};
    const variables = Object.keys(own).map((name) => [name, known.find((item) => item.name === name)?.value ?? ""]);
    return {
      name: profile.name,
      version: profile.profileVersion ?? "",
      variables: Object.fromEntries(variables) as Record<string, string>,
    };
  });
  const position = ({ name }: AttachedProfile): number => {
    const index = ours.findIndex((profile) => profile.name === name);
    return index < 0 ? ours.length : index;
  };
  return attached.sort((left, right) => position(left) - position(right));
}
