import { ApiError } from "../../dynamic/errors";
import type { ProfileVariable } from "../profile-content";
import type { PaletteClient } from "./client";
import { isNotFound } from "./failure";
import type { Created, ObjectMeta } from "./object-meta";

/** A pack in a profile, as Palette answers it. Manifests come without content. */
export interface PackAnswer {
  name: string;
  layer: string;
  tag?: string | null;
  version?: string | null;
  type?: string | null;
  values?: string | null;
  registryUid?: string | null;
  packUid?: string | null;
  digest?: string | null;
  manifests?: { name: string; uid: string }[] | null;
}

/** One version of a profile (`GET /v1/clusterprofiles/{uid}`). */
export interface ProfileAnswer {
  metadata: ObjectMeta;
  spec: {
    version?: string | null;
    versions?: { uid: string; version: string }[] | null;
    published?: { type?: string; cloudType?: string; packs?: PackAnswer[] | null } | null;
    draft?: { packs?: PackAnswer[] | null } | null;
  };
  status?: { isPublished?: boolean; inUseClusters?: { name: string; uid: string }[] | null } | null;
}

/** A pack with the contents of its manifests (`v1ClusterProfilePackManifests`). */
export interface PackManifestsAnswer {
  metadata: { name: string };
  spec?: { manifests?: { name?: string; content?: string | null }[] | null } | null;
}

const root = "/v1/clusterprofiles";

/** Uid and version of every version of the profile of that exact name in this project. */
export async function profileVersions(
  client: PaletteClient,
  name: string,
): Promise<{ uid: string; version: string }[]> {
  const answer = await client.get<{
    items?: { metadata: ObjectMeta; spec?: { version?: string } | null }[] | null;
  } | null>("/v1/dashboard/clusterprofiles/metadata");
  return (answer?.items ?? [])
    .filter((item) => item.metadata.name === name)
    .map((item) => ({ uid: item.metadata.uid, version: item.spec?.version ?? "" }));
}

/** One version of a profile; undefined when it does not exist. */
export async function readProfile(client: PaletteClient, uid: string): Promise<ProfileAnswer | undefined> {
  try {
    return await client.get<ProfileAnswer>(`${root}/${uid}`);
  } catch (failure) {
    if (isNotFound(failure)) return undefined;
    throw failure;
  }
}

/** Contents of all manifests of a profile, by `pack/name`. */
export async function readManifests(client: PaletteClient, uid: string): Promise<Map<string, string>> {
  const answer = await client.get<{ spec?: { packs?: PackManifestsAnswer[] | null } | null } | null>(
    `${root}/${uid}/packs/manifests`,
  );
  return new Map(manifestEntries(answer?.spec?.packs));
}

/** Contents of manifests by `pack/name`. */
export function manifestEntries(packs: readonly PackManifestsAnswer[] | null | undefined): [string, string][] {
  return (packs ?? []).flatMap((pack) =>
    (pack.spec?.manifests ?? []).map((manifest): [string, string] => [
      `${pack.metadata.name}/${manifest.name}`,
      manifest.content ?? "",
    ]),
  );
}

/** The variables of a profile. */
export async function readVariables(client: PaletteClient, uid: string): Promise<Partial<ProfileVariable>[]> {
  const answer = await client.get<{ variables?: Partial<ProfileVariable>[] | null } | null>(`${root}/${uid}/variables`);
  return answer?.variables ?? [];
}

/** Imports a profile version and publishes it: a draft cannot be used by clusters. A lost answer is looked up by name and version. */
export async function importProfile(
  client: PaletteClient,
  name: string,
  version: string,
  body: unknown,
): Promise<string> {
  const made = await client.create<Created>({ path: `${root}/import`, query: { publish: true }, body }, async () => {
    const found = (await profileVersions(client, name)).find((item) => item.version === version);
    return found === undefined ? undefined : { uid: found.uid };
  });
  return made.uid;
}

/** Puts a version's variables and then its packs back, in this order because references are checked, and publishes. */
export async function replaceContent(
  client: PaletteClient,
  uid: string,
  variables: unknown[],
  update: unknown,
): Promise<void> {
  await client.send({ method: "PUT", path: `${root}/${uid}/variables`, body: { variables } });
  await client.send({ method: "PUT", path: `${root}/${uid}`, body: update });
  await client.send({ method: "PATCH", path: `${root}/${uid}/publish`, repeatable: true });
}

/** Deletes one version. One that is gone already is a success. @throws ApiError naming the clusters that use it. */
export async function deleteProfile(client: PaletteClient, uid: string): Promise<void> {
  const found = await readProfile(client, uid);
  if (found === undefined) return;
  const users = (found.status?.inUseClusters ?? []).map((cluster) => cluster.name);
  if (users.length > 0) {
    throw new ApiError({
      api: "Palette",
      method: "DELETE",
      endpoint: `${client.url}${root}/${uid}`,
      detail: `not asked for: cluster profile "${found.metadata.name}" ${found.spec.version} is used by ${users.join(", ")}.`,
      advice: "Delete those clusters, or attach another version to them, first.",
    });
  }
  try {
    await client.send({ method: "DELETE", path: `${root}/${uid}` });
  } catch (failure) {
    if (!isNotFound(failure)) throw failure;
  }
}
