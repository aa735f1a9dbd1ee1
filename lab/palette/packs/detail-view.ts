import type { JsonObject } from "../json";
import { nullWhenEmpty } from "../json";
import type { ProfilePack } from "../model/profile";
import type { Palette } from "../palette";
import { digestOf } from "../uid";

/** A layer as `v1PackSummarySpec`: what the registry says of it and the layer's own values. */
export function packDetailView(palette: Palette, pack: ProfilePack): JsonObject {
  const known = palette.catalogue.byUid(pack.packUid);
  return {
    name: pack.name,
    displayName: known?.displayName ?? pack.name,
    addonType: known?.addonType ?? "",
    addonSubType: known?.addonSubType ?? "",
    cloudTypes: known?.cloudTypes ?? ["all"],
    layer: pack.layer,
    type: pack.type,
    version: pack.version,
    group: known?.group ?? "",
    registryUid: pack.registryUid,
    digest: pack.digest,
    values: pack.values,
    manifests: nullWhenEmpty(
      pack.manifests.map((manifest) => ({ kind: "manifest", name: manifest.name, uid: manifest.uid })),
    ),
    presets: null,
    schema: null,
    annotations: null,
    logoUrl: "",
    eol: "",
  };
}

/** A layer as `v1PackManifestsSpec`: the same with the contents of its manifests. */
export function packManifestsView(palette: Palette, pack: ProfilePack): JsonObject {
  return {
    ...packDetailView(palette, pack),
    addonSubType: undefined,
    manifests: nullWhenEmpty(
      pack.manifests.map(({ uid, name, content }) => ({ uid, name, content, digest: digestOf(content) })),
    ),
  };
}
