import { z } from "zod";
import { ApiError } from "../../dynamic/errors";
import { isGone } from "../../http/lost-answer";
import type { ProfileVariable } from "../profile-content";
import type { PaletteClient } from "./client";
import { isAbout, itemsOf, objectMetaSchema, objectNameSchema } from "./object-meta";
import { requestBody } from "./request-body";
import {
  profileImportSchema,
  profileUpdateSchema,
  type VariableEntity,
  variablesUpdateSchema,
} from "./request-schemas";

/** A pack in a profile, as Palette answers it. Manifests come without content. */
export const packSchema = z.object({
  name: z.string(),
  layer: z.string(),
  tag: z.string().nullish(),
  version: z.string().nullish(),
  type: z.string().nullish(),
  values: z.string().nullish(),
  registryUid: z.string().nullish(),
  packUid: z.string().nullish(),
  digest: z.string().nullish(),
  manifests: z.array(objectNameSchema).nullish(),
});

/** One version of a profile (`GET /v1/clusterprofiles/{uid}`). */
const profileSchema = z
  .object({
    metadata: objectMetaSchema,
    spec: z.object({
      version: z.string().nullish(),
      versions: z.array(z.object({ uid: z.string(), version: z.string() })).nullish(),
      published: z
        .object({
          type: z.string().nullish(),
          cloudType: z.string().nullish(),
          packs: z.array(packSchema).nullish(),
        })
        .nullish(),
      draft: z.object({ packs: z.array(packSchema).nullish() }).nullish(),
    }),
    status: z
      .object({
        isPublished: z.boolean().nullish(),
        inUseClusters: z.array(z.object({ name: z.string(), uid: z.string() })).nullish(),
      })
      .nullish(),
  })
  .describe("a cluster profile");

/** A pack with the contents of its manifests (`v1ClusterProfilePackManifests`). */
export const packManifestsSchema = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z
    .object({
      manifests: z.array(z.object({ name: z.string().nullish(), content: z.string().nullish() })).nullish(),
    })
    .nullish(),
});

/** The contents of the manifests of one profile (`v1ClusterProfilePacksManifests`). */
export const profileManifestsSchema = z.object({
  metadata: z.object({ uid: z.string() }),
  spec: z.object({ packs: z.array(packManifestsSchema).nullish() }),
});

const variableSchema = z.object({
  name: z.string(),
  displayName: z.string().nullish(),
  description: z.string().nullish(),
  format: z.enum(["string", "number", "boolean", "ipv4", "ipv4cidr", "ipv6", "version", "base64"]).nullish(),
  defaultValue: z.string().nullish(),
  required: z.boolean().nullish(),
  immutable: z.boolean().nullish(),
  isSensitive: z.boolean().nullish(),
  regex: z.string().nullish(),
  hidden: z.boolean().nullish(),
  inputType: z.enum(["text", "dropdown", "multiline"]).nullish(),
  options: z
    .array(
      z
        .object({ value: z.string(), label: z.string().nullish(), description: z.string().nullish() })
        .transform(({ value, label, description }) => ({ value, label: label ?? "", description: description ?? "" })),
    )
    .nullish(),
});

const variablesSchema = z
  .object({ variables: z.array(variableSchema).nullable() })
  .describe("the variables of a cluster profile");

const versionsSchema = itemsOf(
  z.object({ metadata: objectNameSchema, spec: z.object({ version: z.string().nullish() }).nullish() }),
  "cluster profiles",
);

/** See {@link packSchema}. */
export type PackAnswer = z.infer<typeof packSchema>;
/** See {@link readProfile}. */
export type ProfileAnswer = z.infer<typeof profileSchema>;
/** See {@link packManifestsSchema}. */
export type PackManifestsAnswer = z.infer<typeof packManifestsSchema>;

const root = "/v1/clusterprofiles";

/** Uid and version of every version of the profile of that exact name in this project. */
export async function profileVersions(
  client: PaletteClient,
  name: string,
): Promise<{ uid: string; version: string }[]> {
  return (await client.get("/v1/dashboard/clusterprofiles/metadata", versionsSchema))
    .filter((item) => item.metadata.name === name)
    .map((item) => ({ uid: item.metadata.uid, version: item.spec?.version ?? "" }));
}

/** One version of a profile; undefined when it does not exist. */
export async function readProfile(client: PaletteClient, uid: string): Promise<ProfileAnswer | undefined> {
  try {
    return await client.get(`${root}/${uid}`, profileSchema, undefined, isAbout(uid));
  } catch (failure) {
    if (isGone(failure)) return undefined;
    throw failure;
  }
}

/** Contents of all manifests of a profile, by `pack/name`. */
export async function readManifests(client: PaletteClient, uid: string): Promise<Map<string, string>> {
  const schema = profileManifestsSchema.describe("the manifests of a cluster profile");
  const answer = await client.get(`${root}/${uid}/packs/manifests`, schema, undefined, isAbout(uid));
  return new Map(manifestEntries(answer.spec.packs));
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
  const answer = await client.get(`${root}/${uid}/variables`, variablesSchema);
  return (answer.variables ?? []).map(withoutNulls);
}

/** What Palette leaves out or writes as null is absent. */
function withoutNulls(variable: z.infer<typeof variableSchema>): Partial<ProfileVariable> {
  const present = Object.entries(variable).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(present);
}

/** Imports a profile version and publishes it: a draft cannot be used by clusters. A lost answer is looked up by name and version. */
export async function importProfile(
  client: PaletteClient,
  name: string,
  version: string,
  profile: z.input<typeof profileImportSchema>,
): Promise<string> {
  const body = requestBody(profileImportSchema, profile);
  const made = await client.create({ path: `${root}/import`, query: { publish: true }, body }, async () => {
    const found = (await profileVersions(client, name)).find((item) => item.version === version);
    return found === undefined ? undefined : { uid: found.uid };
  });
  return made.uid;
}

/** Puts a version's variables and then its packs back, in this order because references are checked, and publishes. */
export async function replaceContent(
  client: PaletteClient,
  uid: string,
  variables: VariableEntity[],
  update: z.input<typeof profileUpdateSchema>,
): Promise<void> {
  const body = requestBody(variablesUpdateSchema, { variables });
  await client.send({ method: "PUT", path: `${root}/${uid}/variables`, body });
  await client.send({ method: "PUT", path: `${root}/${uid}`, body: requestBody(profileUpdateSchema, update) });
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
    if (!isGone(failure)) throw failure;
  }
}
