import { InputError } from "../../dynamic/errors";
import type { PackPreset } from "../pack-values";
import type { PaletteClient } from "./client";
import { isNotFound } from "./failure";

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

interface RegistryAnswer {
  uid: string;
  name: string;
  kind: "pack" | "helm" | "oci";
}

interface PackAnswer {
  layer?: string | null;
  tags?: { packUid: string; tag: string; version: string }[] | null;
  packValues?: { packUid: string; values?: string | null; presets?: PackPreset[] | null }[] | null;
}

const packType = { pack: "spectro", helm: "helm", oci: "oci" } as const;

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
    type: packType[registry.kind],
    layer: answer?.layer ?? "",
    values: values?.values ?? "",
    presets: values?.presets ?? [],
  };
}

/** A pack with all its tags; undefined when the registry has none of that name. */
async function packByName(client: PaletteClient, name: string, registryUid: string): Promise<PackAnswer | undefined> {
  const path = `/v1/packs/${encodeURIComponent(name)}/registries/${registryUid}`;
  try {
    return (await client.get<PackAnswer | null>(path, { cloudType: "all" })) ?? undefined;
  } catch (failure) {
    if (isNotFound(failure)) return undefined;
    throw failure;
  }
}

async function registryByName(client: PaletteClient, name: string): Promise<RegistryAnswer> {
  let known = registries.get(client);
  if (known === undefined) {
    known = client
      .get<{ items?: RegistryAnswer[] | null } | null>("/v1/registries/metadata", { scope: "all" })
      .then((answer) => answer?.items ?? []);
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
