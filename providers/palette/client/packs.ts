import { z } from "zod";
import { InputError } from "../../dynamic/errors";
import { isGone } from "../../http/lost-answer";
import type { PackPreset } from "../pack-values";
import type { PaletteClient } from "./client";
import { itemsOf } from "./object-meta";

/** A pack of a registry in one version, with what its values start from. */
export interface ResolvedPack {
  registryUid: string;
  packUid: string;
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
    tags: z.array(z.object({ packUid: z.string().min(1), tag: z.string(), version: z.string() })).nullish(),
    packValues: z
      .array(z.object({ packUid: z.string(), values: z.string().nullish(), presets: z.array(presetSchema).nullish() }))
      .nullish(),
  })
  .describe("a pack");

type PackAnswer = z.infer<typeof packSchema>;

const packType: Readonly<Record<string, string>> = { pack: "spectro", helm: "helm", oci: "oci" };

const registries = new WeakMap<PaletteClient, Promise<RegistryAnswer[]>>();

/**
 * Resolves name, tag and registry to a pack: its uid, version, values and presets. Registries are found by name, because their uids
 * differ from tenant to tenant.
 *
 * @throws InputError when there is no such registry, pack or tag, or the name fits several registries.
 */
export async function resolvePack(
  client: PaletteClient,
  pack: { name: string; tag: string; registry: string },
): Promise<ResolvedPack> {
  const registry = await registryByName(client, pack.registry);
  const answer = await packByName(client, pack.name, registry.uid);
  const tags = answer?.tags ?? [];
  const found = tags.find(({ tag }) => tag === pack.tag);
  if (found === undefined) {
    const offered = tags.map(({ tag }) => tag).join(", ") || "no such pack";
    throw new InputError(
      `Registry "${pack.registry}" has no pack ${pack.name} with tag ${pack.tag}; it has: ${offered}. ` +
        "Synchronise the registry in Palette, or change the version of the layer.",
    );
  }
  const values = (answer?.packValues ?? []).find(({ packUid }) => packUid === found.packUid);
  return {
    registryUid: registry.uid,
    packUid: found.packUid,
    version: found.version,
    type: packType[registry.kind] ?? registry.kind,
    layer: answer?.layer ?? "",
    values: values?.values ?? "",
    presets: values?.presets ?? [],
  };
}

/** A pack with all its tags; undefined when the registry has none of that name. */
async function packByName(client: PaletteClient, name: string, registryUid: string): Promise<PackAnswer | undefined> {
  const path = `/v1/packs/${encodeURIComponent(name)}/registries/${registryUid}`;
  try {
    return await client.get(path, packSchema, { cloudType: "all" }, (answer) =>
      answer.name === name ? undefined : `expected pack ${name}, but ${answer.name} came`,
    );
  } catch (failure) {
    if (isGone(failure)) return undefined;
    throw failure;
  }
}

async function registryByName(client: PaletteClient, name: string): Promise<RegistryAnswer> {
  let known = registries.get(client);
  if (known === undefined) {
    known = client.get("/v1/registries/metadata", registriesSchema, { scope: "all" });
    registries.set(client, known);
    known.catch(() => registries.delete(client));
  }
  const all = await known;
  const found = all.filter((registry) => registry.name === name);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new InputError(
    found.length === 0
      ? `Palette has no registry "${name}"; it has: ${all.map((registry) => registry.name).join(", ") || "none"}.`
      : `Palette has ${found.length} registries named "${name}"; rename all but one, so that a name says which is meant.`,
  );
}
