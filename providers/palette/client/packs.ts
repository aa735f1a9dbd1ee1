import { z } from "zod";
import { InputError } from "../../dynamic/errors";
import { isGone } from "../../http/lost-answer";
import { choosePack, type OfferedPack, type WantedPack } from "../pack-choice";
import type { PackPreset } from "../pack-values";
import type { PaletteClient } from "./client";
import { itemsOf } from "./object-meta";
import { requestBody } from "./request-body";
import { packSearchSchema } from "./request-schemas";

/** A pack of a registry in one version, with what its values start from. */
export interface ResolvedPack {
  registryUid: string;
  /** Name of the registry in this tenant. */
  registryName: string;
  packUid: string;
  /** The tag as the registry spells it, or the moving tag of the layer that stands for it. */
  tag: string;
  /** The version that the tag stands for now. */
  version: string;
  /** `spectro`, `helm` or `oci`: follows the kind of the registry. */
  type: string;
  layer: string;
  values: string;
  presets: PackPreset[];
}

const registrySchema = z.object({ uid: z.string().min(1), name: z.string(), kind: z.string() });

const registriesSchema = itemsOf(registrySchema, "registries");

type RegistryAnswer = z.infer<typeof registrySchema>;

const presetSchema = z.object({
  name: z.string(),
  displayName: z.exactOptional(z.string()),
  group: z.string(),
  remove: z
    .array(z.string())
    .nullish()
    .transform((paths) => paths ?? null),
  add: z
    .string()
    .nullish()
    .transform((text) => text ?? null),
});

/** A pack with its tags and their values (`GET /v1/packs/{packName}/registries/{registryUid}`). */
const packSchema = z
  .object({
    name: z.string(),
    layer: z.string().nullish(),
    tags: z
      .array(
        z.object({
          packUid: z.string().min(1),
          tag: z.string(),
          version: z.string(),
          parentTags: z
            .array(z.string())
            .nullish()
            .transform((tags) => tags ?? []),
        }),
      )
      .nullish(),
    packValues: z
      .array(z.object({ packUid: z.string(), values: z.string().nullish(), presets: z.array(presetSchema).nullish() }))
      .nullish(),
  })
  .describe("a pack");

type PackAnswer = z.infer<typeof packSchema>;

type ValuesAnswer = NonNullable<PackAnswer["packValues"]>[number];

/** A version of a pack among all of the tenant (`GET /v1/packs`); one that is switched off must not be used. */
const summarySchema = z.object({
  metadata: z.object({ uid: z.string() }),
  spec: z.object({ name: z.string() }),
  status: z.object({ disabled: z.boolean().nullish() }).nullish(),
});

/** A pack among those that a search finds (`POST /v1/packs/search`), with the registries that have it. */
const foundSchema = z.object({
  spec: z.object({
    name: z.string(),
    registries: z
      .array(z.object({ uid: z.string(), name: z.string(), latestPackUid: z.string(), latestVersion: z.string() }))
      .nullish(),
  }),
});

const packType: Readonly<Record<string, string>> = { pack: "spectro", helm: "helm", oci: "oci" };

/** Names of the vendor's own registry, which differ from tenant to tenant: a layer that names one means the other where only that is there. */
export const vendorRegistries: readonly string[] = ["Public Repo", "Palette Registry"];

const registries = new WeakMap<PaletteClient, Promise<RegistryAnswer[]>>();

/**
 * Resolves what a layer names to a pack: its uid, version, values and presets. Registries are found by name, because their uids differ from
 * tenant to tenant; the version by {@link choosePack}. Values are always the whole values of the pack, or the import would run with ours only.
 *
 * @throws InputError when there is no such registry or pack, the name fits several registries, or Palette returns no values of the pack
 */
export async function resolvePack(
  client: PaletteClient,
  pack: WantedPack & { readonly registry: string },
): Promise<ResolvedPack> {
  const registry = await registryByName(client, pack.registry);
  const answer = await packByName(client, pack.name, registry.uid);
  const disabled = await disabledPacks(client, pack.name);
  const offered = (answer?.tags ?? []).filter(({ packUid }) => !disabled.has(packUid));
  const found = choosePack(pack, offered) ?? (await searchedPack(client, pack, registry, disabled));
  if (found === undefined) throw await notOffered(client, pack, registry, offered, disabled.size > 0);
  const values = await wholeValues(client, pack.name, found.packUid, answer?.packValues ?? []);
  return {
    registryUid: registry.uid,
    registryName: registry.name,
    packUid: found.packUid,
    tag: found.parentTags.includes(pack.tag) ? pack.tag : found.tag,
    version: found.version,
    type: packType[registry.kind] ?? registry.kind,
    layer: answer?.layer ?? "",
    values: values.values ?? "",
    presets: values.presets ?? [],
  };
}

/**
 * The values of one pack: those that came with its family, else those of a read by its uid.
 * @throws InputError when neither has them: a layer of ours alone is no pack that works
 */
async function wholeValues(
  client: PaletteClient,
  name: string,
  packUid: string,
  known: readonly ValuesAnswer[],
): Promise<ValuesAnswer> {
  const first = known.find((each) => each.packUid === packUid);
  if (typeof first?.values === "string" && first.values.trim() !== "") return first;
  const answer = await packByUid(client, name, packUid);
  const second = answer?.packValues?.find((each) => each.packUid === packUid);
  if (typeof second?.values === "string") return second;
  throw new InputError(
    `Palette returns no values of pack ${name} (uid ${packUid}), neither with its versions nor by its uid. ` +
      "Synchronise its registry in Palette, then run the command again.",
  );
}

/** What a search finds in the registry where the list of versions does not have the pack. */
async function searchedPack(
  client: PaletteClient,
  wanted: WantedPack,
  registry: RegistryAnswer,
  disabled: ReadonlySet<string>,
): Promise<OfferedPack | undefined> {
  const uids = (await searchPacks(client, wanted.name))
    .filter(({ uid, latestPackUid }) => uid === registry.uid && !disabled.has(latestPackUid))
    .map(({ latestPackUid }) => latestPackUid);
  const answers = await Promise.all(uids.map((uid) => packByUid(client, wanted.name, uid)));
  return choosePack(
    wanted,
    answers.flatMap((answer) => answer?.tags ?? []),
  );
}

/** The registries that have a pack of a name, each with its newest version. */
async function searchPacks(client: PaletteClient, name: string) {
  const filter = requestBody(packSearchSchema, { filter: { name: { eq: name } }, sort: [] });
  try {
    const found = await client.search("/v1/packs/search", foundSchema, "packs", filter);
    return found.filter(({ spec }) => spec.name === name).flatMap(({ spec }) => spec.registries ?? []);
  } catch (failure) {
    if (isGone(failure)) return [];
    throw failure;
  }
}

async function disabledPacks(client: PaletteClient, name: string): Promise<ReadonlySet<string>> {
  const found = await client.list("/v1/packs", summarySchema, "packs", { filters: `spec.name=${name}` });
  return new Set(
    found
      .filter(({ spec, status }) => spec.name === name && status?.disabled === true)
      .map((item) => item.metadata.uid),
  );
}

/** Why a pack cannot be resolved, with what there is instead. */
async function notOffered(
  client: PaletteClient,
  { name, tag, version }: WantedPack,
  registry: RegistryAnswer,
  offered: readonly OfferedPack[],
  someDisabled: boolean,
): Promise<InputError> {
  const has = offered.map((each) => [each.tag, ...each.parentTags].join(" = ")).join(", ") || "no such pack";
  const elsewhere = (await searchPacks(client, name))
    .filter(({ uid }) => uid !== registry.uid)
    .map((each) => `"${each.name}" (${each.latestVersion})`);
  const asked = version === undefined || version === tag ? `tag ${tag}` : `tag ${tag} or version ${version}`;
  return new InputError(
    `Registry "${registry.name}" has no pack ${name} with ${asked}; it has: ${has}${someDisabled ? " (versions that are switched off left out)" : ""}.` +
      (elsewhere.length === 0
        ? ""
        : ` Other registries have it: ${elsewhere.join(", ")}; name one in palette.registries.layers.`) +
      " Synchronise the registry in Palette, or change the version of the layer.",
  );
}

/** A pack with all its versions; undefined when the registry has none of that name. */
async function packByName(client: PaletteClient, name: string, registryUid: string): Promise<PackAnswer | undefined> {
  return readPack(client, name, `/v1/packs/${encodeURIComponent(name)}/registries/${registryUid}`, {
    cloudType: "all",
  });
}

async function packByUid(client: PaletteClient, name: string, uid: string): Promise<PackAnswer | undefined> {
  return readPack(client, name, `/v1/packs/${encodeURIComponent(uid)}`);
}

async function readPack(
  client: PaletteClient,
  name: string,
  path: string,
  query: Record<string, string> = {},
): Promise<PackAnswer | undefined> {
  try {
    return await client.get(path, packSchema, query, (answer) =>
      answer.name === name ? undefined : `expected pack ${name}, but ${answer.name} came`,
    );
  } catch (failure) {
    if (isGone(failure)) return undefined;
    throw failure;
  }
}

/** All registries that the key can see; read once for each client. */
export async function allRegistries(client: PaletteClient): Promise<readonly RegistryAnswer[]> {
  let known = registries.get(client);
  if (known === undefined) {
    known = client.get("/v1/registries/metadata", registriesSchema, { scope: "all" });
    registries.set(client, known);
    known.catch(() => registries.delete(client));
  }
  return known;
}

async function registryByName(client: PaletteClient, name: string): Promise<RegistryAnswer> {
  const all = await allRegistries(client);
  const exact = all.filter((registry) => registry.name === name);
  const found =
    exact.length === 0 && vendorRegistries.includes(name)
      ? all.filter((registry) => vendorRegistries.includes(registry.name))
      : exact;
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new InputError(
    found.length === 0
      ? `Palette has no registry "${name}"; it has: ${all.map((registry) => registry.name).join(", ") || "none"}. ` +
          "Name the one that has the packs in palette.registries."
      : `Palette has ${found.length} registries named "${name}"; rename all but one, so that a name says which is meant.`,
  );
}
