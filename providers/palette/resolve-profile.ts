import { parseDocument } from "yaml";
import { yamlScalar } from "../../profiles/render/yaml-text";
import type { PaletteClient } from "./client/client";
import { type ResolvedPack, resolvePack } from "./client/packs";
import type { PackAnswer } from "./client/profiles";
import { type ImportedPack, packTypeOf, type UpdatedPack } from "./client/request-schemas";
import { withMacrosKept } from "./macro-text";
import { packValues } from "./pack-values";
import type { ProfileLayer } from "./profile-content";
import { InputError, messageOf } from "../dynamic/errors";

/** A layer with everything that Palette wants of it: the pack's uid and the full values. */
export interface ResolvedLayer {
  layer: ProfileLayer;
  /** Null for a layer of manifests only. */
  pack: ResolvedPack | null;
  values: string;
  /** Where in `values` the secret ones stand. */
  secretPaths: string[][];
  manifests: { name: string; content: string }[];
}

/** Secrets of a profile, kept apart from its layers. */
export interface ProfileSecrets {
  /** Contents of manifests by `pack/name`; they come behind the layer's other ones. */
  secretManifests: Readonly<Record<string, string>>;
  /** Values by `pack/key/key/…`; a `/` inside a key is written `~1`. */
  secretValues: Readonly<Record<string, string>>;
}

/** Values of a layer that has manifests only; the install order is all that it says. */
const manifestPackUid = "spectro-manifest-pack";

/** Resolves the layers of a profile against the registries. */
export async function resolveLayers(
  client: PaletteClient,
  layers: readonly ProfileLayer[],
  secrets: ProfileSecrets,
): Promise<ResolvedLayer[]> {
  return Promise.all(layers.map((layer) => resolveLayer(client, layer, secrets)));
}

async function resolveLayer(
  client: PaletteClient,
  layer: ProfileLayer,
  { secretManifests, secretValues }: ProfileSecrets,
): Promise<ResolvedLayer> {
  const { name, tag, version, registry } = layer.pack;
  const manifests = [...layer.manifests, ...secretManifestsOf(name, secretManifests)];
  const secrets = secretValuesOf(name, secretValues);
  const rest = { layer, manifests, secretPaths: secrets.map(({ keys }) => keys) };
  if (registry === null) return { ...rest, pack: null, values: withSecrets(layer.values, secrets) };
  const pack = await resolvePack(client, { name, tag, registry, ...(version === undefined ? {} : { version }) });
  if (layer.whole === true) return { ...rest, pack, values: withSecrets(layer.values, secrets) };
  try {
    const values = packValues(pack.values, pack.presets, { presets: layer.presets, overlay: layer.values });
    return { ...rest, pack, values: withSecrets(values, secrets) };
  } catch (failure) {
    throw new InputError(`Layer ${name} ${tag}: ${messageOf(failure)}`);
  }
}

/** The secret values of one pack, with their keys. */
export function secretValuesOf(
  pack: string,
  secretValues: Readonly<Record<string, string>>,
): { key: string; keys: string[]; value: string }[] {
  return Object.entries(secretValues)
    .filter(([key]) => key.startsWith(`${pack}/`))
    .map(([key, value]) => ({
      key,
      keys: key
        .slice(pack.length + 1)
        .split("/")
        .map((part) => part.replaceAll("~1", "/")),
      value,
    }));
}

function withSecrets(values: string, secrets: readonly { keys: string[]; value: string }[]): string {
  if (secrets.length === 0) return values;
  const added = secrets.map(({ value }) => value);
  const edit = (text: string): string => {
    const document = parseDocument(text);
    for (const { keys, value } of secrets) document.setIn(keys, yamlScalar(value));
    return document.toString({ lineWidth: 0 });
  };
  return withMacrosKept(values, edit, added);
}

/** The secret manifests of one pack, by name. */
export function secretManifestsOf(
  pack: string,
  secretManifests: Readonly<Record<string, string>>,
): { name: string; content: string }[] {
  return Object.entries(secretManifests)
    .filter(([key]) => key.startsWith(`${pack}/`))
    .map(([key, content]) => ({ name: key.slice(pack.length + 1), content }));
}

/** A layer as the import takes it (`v1PackImportEntity`). */
export function importEntity({ layer, pack, values, manifests }: ResolvedLayer): ImportedPack {
  return {
    name: layer.pack.name,
    type: pack?.type ?? "manifest",
    layer: layer.pack.layer,
    version: pack?.version ?? layer.pack.tag,
    tag: pack?.tag ?? layer.pack.tag,
    values,
    ...(pack === null
      ? {}
      : {
          registry: { metadata: { uid: pack.registryUid, name: pack.registryName, kind: registryKind(pack.type) } },
        }),
    manifests,
  };
}

/**
 * A layer as an update takes it (`v1PackManifestUpdateEntity`).
 *
 * @param present the layers as the profile has them: a manifest that exists is named by its uid, as the vendor's clients do, or it may be refused
 *   or added a second time
 */
export function updateEntity(
  { layer, pack, values, manifests }: ResolvedLayer,
  present: readonly Pick<PackAnswer, "name" | "manifests">[],
): UpdatedPack {
  const known = present.find(({ name }) => name === layer.pack.name)?.manifests ?? [];
  return {
    name: layer.pack.name,
    type: packTypeOf(pack?.type ?? "manifest"),
    layer: layer.pack.layer,
    tag: pack?.tag ?? layer.pack.tag,
    uid: pack?.packUid ?? manifestPackUid,
    ...(pack === null ? {} : { registryUid: pack.registryUid }),
    values,
    manifests: withUids(manifests, known),
  };
}

function registryKind(type: string): string {
  return type === "spectro" ? "pack" : type;
}

/** Manifests with the uids of those that exist already; a new one has none. */
export function withUids(
  manifests: readonly { name: string; content: string }[],
  known: readonly { name: string; uid: string }[] | null | undefined,
): { name: string; content: string; uid?: string }[] {
  return manifests.map((manifest) => {
    const uid = (known ?? []).find(({ name }) => name === manifest.name)?.uid;
    return uid === undefined ? manifest : { ...manifest, uid };
  });
}
