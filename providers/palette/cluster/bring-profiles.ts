import type { z } from "zod";
import { requestBody } from "../client/request-body";
import {
  attachedProfilesSchema,
  clusterVariablesUpdateSchema,
  detachedProfilesSchema,
} from "../client/request-schemas";
import { ApiError } from "../../dynamic/errors";
import type { PaletteClient } from "../client/client";
import { type AttachedTemplate, type ClusterAnswer, readCluster, readClusterVariables } from "../client/clusters";
import { mayHaveHappened } from "../../http/lost-answer";
import { readProfile } from "../client/profiles";
import { type ResolvedProfile, variableEntities } from "./attached-profiles";

/** How often a change of the set is begun again after an answer that was lost. */
const attempts = 3;

/** What has to change for a cluster to have the wanted profiles. */
interface ProfileChange {
  /** Uids of profiles to detach. */
  detach: string[];
  /** Profiles to attach, each with the one whose place it takes. */
  attach: { profile: ResolvedProfile; replaces: string | undefined }[];
}

/**
 * Brings the profiles of a cluster to the wanted set. Versions are swapped with `replaceWithProfile`: without it a second version would be
 * attached beside the first. Variables go with the swap, because a new version drops the old one's values. The set is read back.
 *
 * @param secretIsNew whether a secret variable has another value than was sent last: Palette shows it masked, so that it cannot be compared
 * @returns whether anything had to change
 * @throws ApiError when the set is another one afterwards
 */
export async function bringProfiles(
  client: PaletteClient,
  uid: string,
  wanted: readonly ResolvedProfile[],
  secretIsNew: (key: string, value: string) => boolean,
): Promise<boolean> {
  const swapped = await bringSet(client, uid, wanted);
  const values = await changedVariables(client, uid, wanted, secretIsNew);
  if (values.length > 0) {
    const path = `/v1/spectroclusters/${uid}/variables`;
    const body = requestBody(clusterVariablesUpdateSchema, values);
    await client.send({ method: "PATCH", path, body, repeatable: true });
  }
  return swapped || values.length > 0;
}

/** Whether a cluster has another set of profile versions than is wanted. */
export function hasOtherProfiles(cluster: ClusterAnswer, wanted: readonly ResolvedProfile[]): boolean {
  const attached = attachedTo(cluster);
  return attached.length !== wanted.length || wanted.some(({ uid }) => !attached.some((item) => item.uid === uid));
}

async function bringSet(client: PaletteClient, uid: string, wanted: readonly ResolvedProfile[]): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    const cluster = await readCluster(client, uid);
    if (cluster === undefined || !hasOtherProfiles(cluster, wanted)) return attempt > 1;
    const change = planChange(attachedTo(cluster), wanted, await baseProfile(client, cluster, wanted));
    try {
      await applyChange(client, uid, change);
    } catch (failure) {
      if (!mayHaveHappened(failure) || attempt >= attempts) throw failure;
      continue;
    }
    await verifySet(client, uid, wanted);
    return true;
  }
}

/** The wanted profile that takes the place of the attached infra (or full) profile when their names differ. */
async function baseProfile(
  client: PaletteClient,
  cluster: ClusterAnswer,
  wanted: readonly ResolvedProfile[],
): Promise<ResolvedProfile | undefined> {
  const base = attachedTo(cluster).find(isBase);
  if (base === undefined || wanted.some(({ name }) => name === base.name)) return undefined;
  for (const profile of wanted) {
    const type = (await readProfile(client, profile.uid))?.spec.published?.type ?? "";
    if (isBase({ type })) return profile;
  }
  return undefined;
}

function planChange(
  attached: readonly AttachedTemplate[],
  wanted: readonly ResolvedProfile[],
  base: ResolvedProfile | undefined,
): ProfileChange {
  const attach = wanted
    .filter(({ uid }) => !attached.some((profile) => profile.uid === uid))
    .map((profile) => {
      const replaced = attached.find(
        (item) =>
          (item.name === profile.name || (profile === base && isBase(item))) &&
          !wanted.some(({ uid }) => uid === item.uid),
      );
      return { profile, replaces: replaced?.uid };
    });
  const kept = new Set([...wanted.map(({ uid }) => uid), ...attach.map(({ replaces }) => replaces)]);
  return { attach, detach: attached.map(({ uid }) => uid).filter((uid) => !kept.has(uid)) };
}

async function applyChange(client: PaletteClient, uid: string, change: ProfileChange): Promise<void> {
  const path = `/v1/spectroclusters/${uid}/profiles`;
  if (change.detach.length > 0) {
    const body = requestBody(detachedProfilesSchema, { profileUids: change.detach });
    await client.send({ method: "DELETE", path, body });
  }
  if (change.attach.length === 0) return;
  const profiles = change.attach.map(({ profile, replaces }) => ({
    uid: profile.uid,
    packValues: [],
    variables: variableEntities(profile.variables),
    ...(replaces === undefined ? {} : { replaceWithProfile: replaces }),
  }));
  const body = requestBody(attachedProfilesSchema, { profiles });
  await client.send({ method: "PATCH", path, query: { resolveNotification: true }, body });
}

async function verifySet(client: PaletteClient, uid: string, wanted: readonly ResolvedProfile[]): Promise<void> {
  const cluster = await readCluster(client, uid);
  if (cluster === undefined || !hasOtherProfiles(cluster, wanted)) return;
  const name = ({ name: profile, profileVersion }: AttachedTemplate): string => `${profile} ${profileVersion ?? ""}`;
  throw new ApiError({
    api: "Palette",
    method: "GET",
    endpoint: `${client.url}/v1/spectroclusters/${uid}`,
    detail:
      `cluster "${cluster.metadata.name}" was told to run ${wanted.map((profile) => `${profile.name} ${profile.version}`).join(", ")}, ` +
      `but has ${attachedTo(cluster).map(name).join(", ") || "no profile"}.`,
    advice: "Look at the cluster's profiles in Palette, then run the command again.",
  });
}

/** Variables whose value on the cluster differs. Masked ones cannot be compared. */
async function changedVariables(
  client: PaletteClient,
  uid: string,
  wanted: readonly ResolvedProfile[],
  secretIsNew: (key: string, value: string) => boolean,
): Promise<z.input<typeof clusterVariablesUpdateSchema>> {
  const present = await readClusterVariables(client, uid);
  return wanted.flatMap((profile) => {
    const known = present.find(({ profileUid }) => profileUid === profile.uid)?.variables ?? [];
    const differs = profile.variables.some(({ name, value, secret }) =>
      secret === undefined ? known.find((item) => item.name === name)?.value !== value : secretIsNew(secret, value),
    );
    return differs ? [{ profileUid: profile.uid, variables: variableEntities(profile.variables) }] : [];
  });
}

function attachedTo(cluster: ClusterAnswer): readonly AttachedTemplate[] {
  return cluster.spec?.clusterProfileTemplates ?? [];
}

/** Whether a profile is one of which a cluster has exactly one. */
function isBase({ type }: Pick<AttachedTemplate, "type">): boolean {
  return type === "infra" || type === "cluster";
}
