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
  variables: { name: string; value: string }[];
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
): { name: string; value: string }[] {
  const prefix = `${profile.name}/`;
  const secret = Object.entries(secretVariables)
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, value]): [string, string] => [key.slice(prefix.length), value]);
  return [...Object.entries(profile.variables), ...secret]
    .map(([name, value]) => ({ name, value }))
    .sort((left, right) => left.name.localeCompare(right.name));
}

/**
 * Brings the profiles of a cluster to the wanted set. Versions are swapped with `replaceWithProfile`: without it a second version would be
 * attached beside the first. Variables go with the swap, because a new version drops the old one's values.
 *
 * @returns whether anything had to change
 */
export async function bringProfiles(
  client: PaletteClient,
  cluster: ClusterAnswer,
  wanted: readonly ResolvedProfile[],
): Promise<boolean> {
  const attached = cluster.spec?.clusterProfileTemplates ?? [];
  const swaps = wanted.filter(({ uid }) => !attached.some((profile) => profile.uid === uid));
  const extra = attached.filter((profile) => !wanted.some(({ name }) => name === profile.name));
  const uid = cluster.metadata.uid;
  const path = `/v1/spectroclusters/${uid}/profiles`;
  if (extra.length > 0) {
    await client.send({ method: "DELETE", path, body: { profileUids: extra.map((profile) => profile.uid) } });
  }
  if (swaps.length > 0) {
    const profiles = swaps.map((profile) => {
      const former = attached.find(({ name }) => name === profile.name);
      return {
        uid: profile.uid,
        packValues: [],
        variables: profile.variables,
        ...(former === undefined ? {} : { replaceWithProfile: former.uid }),
      };
    });
    const query = { resolveNotification: attached.length > 0 };
    await client.send({ method: "PATCH", path, query, body: { profiles }, repeatable: true });
  }
  const values = await changedVariables(client, uid, wanted);
  if (values.length > 0) {
    await client.send({
      method: "PATCH",
      path: `/v1/spectroclusters/${uid}/variables`,
      body: values,
      repeatable: true,
    });
  }
  return extra.length + swaps.length + values.length > 0;
}

/** Variables whose value on the cluster differs; masked ones cannot be compared and are sent again. */
async function changedVariables(
  client: PaletteClient,
  uid: string,
  wanted: readonly ResolvedProfile[],
): Promise<unknown[]> {
  const present = await readClusterVariables(client, uid);
  return wanted.flatMap((profile) => {
    const known = present.find(({ profileUid }) => profileUid === profile.uid)?.variables ?? [];
    const differs = profile.variables.some(
      ({ name, value }) => known.find((item) => item.name === name)?.value !== value,
    );
    return differs ? [{ profileUid: profile.uid, variables: profile.variables }] : [];
  });
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
