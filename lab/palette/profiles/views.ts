import { nullWhenEmpty } from "../json";
import type { Json, JsonObject } from "../json";
import { metadataOf } from "../metadata";
import type { ClusterProfile, ProfilePack, ProfileTemplate } from "../model/profile";
import type { Palette } from "../palette";
import type { Pack } from "../packs/pack";
import { usesUserMacros } from "./macros";
import { lineage } from "./template";

/** Which parts of packs an answer carries beside the values. */
export interface PackMeta {
  presets: boolean;
  schema: boolean;
}

/** Presets as the API writes them. */
export function presetsView(pack: Pack | undefined): Json {
  return nullWhenEmpty((pack?.presets ?? []).map((preset) => ({ ...preset, remove: nullWhenEmpty(preset.remove) })));
}

/** A layer as `v1PackRef`: manifests by reference only. */
export function packRefView(palette: Palette, pack: ProfilePack, meta?: PackMeta): JsonObject {
  return {
    name: pack.name,
    type: pack.type,
    layer: pack.layer,
    tag: pack.tag,
    version: pack.version,
    registryUid: pack.registryUid,
    packUid: pack.packUid,
    digest: pack.digest,
    values: pack.values,
    manifests: nullWhenEmpty(
      pack.manifests.map((manifest) => ({ kind: "manifest", name: manifest.name, uid: manifest.uid })),
    ),
    annotations: null,
    isInvalid: false,
    inValidReason: "",
    logo: "",
    server: "",
    params: null,
    presets: meta?.presets ? presetsView(palette.catalogue.byUid(pack.packUid)) : null,
    schema: null,
  };
}

/** A layer as `v1PackRefSummary`. */
function packSummaryView(palette: Palette, pack: ProfilePack): JsonObject {
  const known = palette.catalogue.byUid(pack.packUid);
  return {
    name: pack.name,
    displayName: known?.displayName ?? pack.name,
    addonType: known?.addonType ?? "",
    annotations: null,
    layer: pack.layer,
    logoUrl: "",
    packUid: pack.packUid,
    tag: pack.tag,
    type: pack.type,
    version: pack.version,
  };
}

/** A template as `v1ClusterProfileTemplate`. */
export function templateView(
  palette: Palette,
  profile: { uid: string; name: string; type: string; cloudType: string; version: string },
  template: ProfileTemplate,
  meta?: PackMeta,
): JsonObject {
  return {
    uid: profile.uid,
    name: profile.name,
    type: profile.type,
    cloudType: profile.cloudType,
    profileVersion: profile.version,
    version: 1,
    packServerRefs: null,
    packServerSecret: "",
    packs: template.packs.map((pack) => packRefView(palette, pack, meta)),
  };
}

/** Clusters that use a profile version. */
export function clustersUsing(palette: Palette, uid: string) {
  return palette.state.clusters.filter(
    (cluster) => cluster.state !== "Deleted" && cluster.profiles.some((profile) => profile.uid === uid),
  );
}

/** A profile as `v1ClusterProfile`. */
export function profileView(palette: Palette, profile: ClusterProfile, meta?: PackMeta): JsonObject {
  const users = clustersUsing(palette, profile.uid);
  return {
    apiVersion: "v1",
    kind: "ClusterProfile",
    metadata: metadataOf(describedProfile(profile)),
    spec: {
      version: profile.version,
      versions: versionsView(palette, profile),
      published: profile.published ? templateView(palette, profile, profile.published, meta) : null,
      draft: profile.draft ? templateView(palette, profile, profile.draft, meta) : null,
    },
    status: {
      isPublished: profile.published !== undefined,
      hasUserMacros: [profile.published, profile.draft].some((template) =>
        template?.packs.some((pack) => usesUserMacros(pack.values)),
      ),
      inUseClusters: nullWhenEmpty(
        users.map((cluster) => ({
          uid: cluster.uid,
          name: cluster.name,
          kind: "spectrocluster",
          projectUid: cluster.projectUid,
          tenantUid: palette.state.tenant.uid,
        })),
      ),
      inUseClusterUids: nullWhenEmpty(users.map((cluster) => cluster.uid)),
      inUseClusterTemplates: null,
    },
  };
}

/** A profile as `v1ClusterProfileSummary`. */
export function profileSummaryView(palette: Palette, profile: ClusterProfile): JsonObject {
  const summary = (template: ProfileTemplate | undefined): Json =>
    template
      ? {
          type: profile.type,
          cloudType: profile.cloudType,
          packs: template.packs.map((pack) => packSummaryView(palette, pack)),
        }
      : null;
  const users = clustersUsing(palette, profile.uid);
  return {
    metadata: metadataOf(describedProfile(profile)),
    specSummary: {
      version: profile.version,
      versions: versionsView(palette, profile),
      published: summary(profile.published),
      draft: summary(profile.draft),
    },
    status: {
      isPublished: profile.published !== undefined,
      inUseClusters: nullWhenEmpty(users.map((cluster) => ({ uid: cluster.uid, name: cluster.name }))),
      inUseClusterUids: nullWhenEmpty(users.map((cluster) => cluster.uid)),
      inUseClusterTemplates: null,
      fips: { mode: "none" },
      pack: { deleted: 0, deprecated: 0, disabled: 0 },
    },
  };
}

/** Manifest metadata and content of a layer, as `v1ManifestEntity`. */
export function manifestView(
  profile: ClusterProfile,
  pack: ProfilePack,
  manifest: ProfilePack["manifests"][number],
  digest: (text: string) => string,
): JsonObject {
  const find = (template: ProfileTemplate | undefined): Json => {
    const found = template?.packs
      .find((each) => each.name === pack.name)
      ?.manifests.find((each) => each.uid === manifest.uid);
    return found ? { content: found.content, digest: digest(found.content) } : null;
  };
  return {
    metadata: metadataOf({
      uid: manifest.uid,
      name: manifest.name,
      createdAt: profile.createdAt,
      modifiedAt: profile.modifiedAt,
    }),
    spec: { published: find(profile.published), draft: find(profile.draft) },
  };
}

function describedProfile(profile: ClusterProfile) {
  return {
    ...profile,
    annotations: {
      ...profile.annotations,
      scope: profile.scope,
      ...(profile.projectUid !== "" && { projectUid: profile.projectUid }),
      ...(profile.description !== "" && { description: profile.description }),
    },
  };
}

function versionsView(palette: Palette, profile: ClusterProfile): Json {
  return lineage(palette, profile).map((each) => ({ uid: each.uid, version: each.version }));
}
