import type { PaletteClient } from "./client/client";
import { type ResolvedPack, resolvePack } from "./client/packs";
import { packValues } from "./pack-values";
import type { ProfileLayer } from "./profile-content";
import { InputError, messageOf } from "../dynamic/errors";

/** A layer with everything that Palette wants of it: the pack's uid and the full values. */
export interface ResolvedLayer {
  layer: ProfileLayer;
  /** Null for a layer of manifests only. */
  pack: ResolvedPack | null;
  values: string;
  manifests: { name: string; content: string }[];
}

/** Values of a layer that has manifests only; the install order is all that it says. */
const manifestPackUid = "spectro-manifest-pack";

/**
 * Resolves the layers of a profile against the registries.
 *
 * @param secretManifests contents of secret manifests by `pack/name`; they come behind the layer's other ones
 */
export async function resolveLayers(
  client: PaletteClient,
  layers: readonly ProfileLayer[],
  secretManifests: Readonly<Record<string, string>>,
): Promise<ResolvedLayer[]> {
  return Promise.all(layers.map((layer) => resolveLayer(client, layer, secretManifests)));
}

async function resolveLayer(
  client: PaletteClient,
  layer: ProfileLayer,
  secretManifests: Readonly<Record<string, string>>,
): Promise<ResolvedLayer> {
  const { name, tag, registry } = layer.pack;
  const manifests = [...layer.manifests, ...secretManifestsOf(name, secretManifests)];
  if (registry === null) return { layer, pack: null, values: layer.values, manifests };
  const pack = await resolvePack(client, { name, tag, registry });
  try {
    const values = packValues(pack.values, pack.presets, { presets: layer.presets, overlay: layer.values });
    return { layer, pack, values, manifests };
  } catch (failure) {
    throw new InputError(`Layer ${name} ${tag}: ${messageOf(failure)}`);
  }
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
export function importEntity({ layer, pack, values, manifests }: ResolvedLayer): Record<string, unknown> {
  return {
    name: layer.pack.name,
    type: pack?.type ?? "manifest",
    layer: layer.pack.layer,
    version: pack?.version ?? layer.pack.tag,
    tag: layer.pack.tag,
    values,
    ...(pack === null
      ? {}
      : {
          registry: { metadata: { uid: pack.registryUid, name: layer.pack.registry, kind: registryKind(pack.type) } },
        }),
    manifests,
  };
}

/** A layer as an update takes it (`v1PackManifestUpdateEntity`). */
export function updateEntity({ layer, pack, values, manifests }: ResolvedLayer): Record<string, unknown> {
  return {
    name: layer.pack.name,
    type: pack?.type ?? "manifest",
    layer: layer.pack.layer,
    tag: layer.pack.tag,
    uid: pack?.packUid ?? manifestPackUid,
    ...(pack === null ? {} : { registryUid: pack.registryUid }),
    values,
    manifests,
  };
}

function registryKind(type: string): string {
  return type === "spectro" ? "pack" : type;
}
