import { stringify } from "yaml";
import type { JsonObject } from "../json";
import type { ClusterProfile, ProfilePack } from "../model/profile";
import { maskValues } from "../packs/pack-values";
import type { Palette } from "../palette";
import { publishedOrDraft } from "./template";
import { variableView } from "./variables";

/** A profile as a file to import elsewhere; sensitive values and variable defaults are masked. */
export function exportProfile(palette: Palette, profile: ClusterProfile, format: "json" | "yaml"): string {
  const entity: JsonObject = {
    metadata: { name: profile.name, description: profile.description, labels: profile.labels },
    spec: {
      version: profile.version,
      template: {
        type: profile.type,
        cloudType: profile.cloudType,
        packs: publishedOrDraft(profile).packs.map((pack) => exportPack(palette, pack)),
      },
      variables: profile.variables.map(variableView),
    },
  };
  return format === "yaml" ? stringify(JSON.parse(JSON.stringify(entity))) : JSON.stringify(entity, undefined, 2);
}

function exportPack(palette: Palette, pack: ProfilePack): JsonObject {
  const registry = palette.registries.find((each) => each.uid === pack.registryUid);
  const known = palette.catalogue.byUid(pack.packUid);
  return {
    name: pack.name,
    type: pack.type,
    layer: pack.layer,
    version: pack.version,
    tag: pack.tag,
    values: maskValues(pack.values, known?.sensitiveParameters ?? []),
    ...(registry && {
      registry: {
        metadata: {
          uid: registry.uid,
          name: registry.name,
          kind: registry.kind,
          isPrivate: registry.isPrivate,
          providerType: registry.kind === "oci" ? "zarf" : registry.kind,
          isSyncSupported: registry.kind !== "oci",
        },
      },
    }),
    manifests: pack.manifests.map((manifest) => ({ name: manifest.name, content: manifest.content })),
  };
}
