import type { JsonObject } from "../json";
import { nullWhenEmpty } from "../json";
import { metadataOf } from "../metadata";
import type { AttachedProfile, Cluster, RepaveReason } from "../model/cluster";
import { MASK } from "../observation/masking";
import { packDetailView, packManifestsView } from "../packs/detail-view";
import type { Palette } from "../palette";
import { packRefView, presetsView } from "../profiles/views";
import type { PackMeta } from "../profiles/views";
import { variableView } from "../profiles/variables";

/** An attached profile with its packs and values (`v1SpectroClusterProfile`). */
export function attachedProfileView(
  palette: Palette,
  cluster: Cluster,
  profile: AttachedProfile,
  meta: PackMeta,
): JsonObject {
  return {
    metadata: metadataOf({ uid: profile.uid, name: profile.name, createdAt: profile.sourceModifiedAt }),
    spec: {
      cloudType: profile.cloudType,
      type: profile.type,
      version: 1,
      relatedObject: { kind: "spectrocluster", name: cluster.name, uid: cluster.uid },
      packs: profile.packs.map((pack) => ({
        metadata: metadataOf({ uid: pack.packUid, name: pack.name, createdAt: profile.sourceModifiedAt }),
        spec: {
          ...packDetailView(palette, pack),
          presets: meta.presets ? presetsView(palette.catalogue.byUid(pack.packUid)) : null,
        },
        status: {},
      })),
    },
  };
}

/** An attached profile's packs with the contents of their manifests (`v1ClusterProfilePacksManifests`). */
export function attachedManifestsView(palette: Palette, profile: AttachedProfile): JsonObject {
  return {
    metadata: metadataOf({ uid: profile.uid, name: profile.name, createdAt: profile.sourceModifiedAt }),
    spec: {
      packs: profile.packs.map((pack) => ({
        metadata: metadataOf({ uid: pack.packUid, name: pack.name, createdAt: profile.sourceModifiedAt }),
        spec: packManifestsView(palette, pack),
        status: {},
      })),
    },
  };
}

/** The variables of an attached profile with the cluster's values; sensitive ones masked. */
export function clusterVariablesView(profile: AttachedProfile): JsonObject {
  return {
    profileUid: profile.uid,
    variables: nullWhenEmpty(
      profile.variables.map((variable) => {
        const value = profile.values[variable.name] ?? variable.defaultValue ?? "";
        return { ...variableView(variable), value: variable.isSensitive && value !== "" ? MASK : value };
      }),
    ),
  };
}

/** Reasons of a repave (`v1SpectroClusterRepaveReason`). */
export function repaveReasonViews(palette: Palette, reasons: readonly RepaveReason[]): JsonObject[] | null {
  return nullWhenEmpty(
    reasons.map((reason) => ({
      code: reason.code,
      message: reason.message,
      pack: {
        // Resolved values can hold secrets: the differing keys say enough.
        current: packRefView(palette, { ...reason.current, values: "" }),
        target: packRefView(palette, { ...reason.target, values: "" }),
        diffConfigKeys: nullWhenEmpty(reason.diffConfigKeys),
      },
    })),
  );
}
