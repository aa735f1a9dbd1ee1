import { apiTime, ZERO_TIME } from "../clock";
import { nullWhenEmpty } from "../json";
import type { Json, JsonObject } from "../json";
import { metadataOf } from "../metadata";
import type { AttachedProfile, Cluster } from "../model/cluster";
import type { Palette } from "../palette";
import { MASK } from "../observation/masking";
import { resolveMacros } from "../profiles/macros";
import { packRefView } from "../profiles/views";
import { macroValues } from "./resolve";

/** Seconds of life for which a new cluster is answered without a status. */
const STATUS_DELAY = 15;

/** Port of every API server. */
const API_PORT = 6443;

/** How nodes are patched by default: never. */
const UNPATCHED = { patchOnBoot: false, rebootIfRequired: false, onDemandPatchAfter: ZERO_TIME } as const;

/** Whether reads show the cluster's status already. */
export function hasStatus(palette: Palette, cluster: Cluster): boolean {
  const late = palette.faults.listDelay();
  return palette.clock.now() - cluster.createdAt >= palette.clock.milliseconds(STATUS_DELAY) + late;
}

/** What `metadata` of a cluster is made from. */
export function describedCluster(palette: Palette, cluster: Cluster) {
  return {
    ...cluster,
    annotations: {
      ...cluster.annotations,
      scope: "project",
      projectUid: cluster.projectUid,
      overlordUid:
        palette.state.accounts.find((account) => account.uid === cluster.cloudAccountUid)?.annotations["overlordUid"] ??
        "",
    },
  };
}

/** Conditions (`v1ClusterCondition`). */
export function conditionViews(palette: Palette, cluster: Cluster): Json {
  const extra = palette.habits["extra-conditions"] === "false" && cluster.conditions.length > 0;
  const beyond = ["ImagePullSecretPropagationDone", "NodeTelemetryDone"].map((type) => ({
    type,
    status: "False",
    reason: "NotApplicable",
    message: "",
    transitionedAt: cluster.createdAt,
  }));
  return nullWhenEmpty(
    [...cluster.conditions, ...(extra ? beyond : [])].map((condition) => ({
      type: condition.type,
      status: condition.status,
      reason: condition.reason,
      message: condition.message,
      lastTransitionTime: apiTime(condition.transitionedAt),
      lastProbeTime: apiTime(condition.transitionedAt),
    })),
  );
}

/** The API server's address, once it has one. */
function endpointViews(cluster: Cluster): Json {
  return cluster.endpoint?.recordId === undefined
    ? null
    : [{ host: `${cluster.endpoint.label}.${cluster.cloudConfig.domain}`, port: API_PORT }];
}

/** What is installed (`v1ClusterPackStatus`). */
function packStatusViews(cluster: Cluster): Json {
  return nullWhenEmpty(
    cluster.layers.map((layer) => {
      const done = layer.endedAt !== undefined;
      const condition = {
        type: "Ready",
        status: done ? "True" : "False",
        reason: done ? "InstallSuccess" : layer.failure === undefined ? "Installing" : "InstallFailed",
        message: layer.failure ?? "",
        lastTransitionTime: apiTime(layer.endedAt ?? layer.startedAt),
        lastProbeTime: apiTime(layer.endedAt ?? layer.startedAt),
      };
      return {
        name: layer.name,
        profileUid: layer.profileUid,
        version: layer.version,
        type: layer.type,
        condition,
        manifests: nullWhenEmpty(layer.manifests.map((manifest) => ({ ...manifest, condition }))),
        services: null,
        startTime: apiTime(layer.startedAt),
        endTime: apiTime(layer.endedAt),
      };
    }),
  );
}

/** The state of downloaded changes (`v1SpcApply`). */
export function spcApplyView(palette: Palette, cluster: Cluster): JsonObject {
  const unchanged = cluster.spcApply.changedAt <= cluster.createdAt;
  const never = unchanged && palette.habits["can-be-applied"] === "false";
  return {
    actionType: cluster.spcApply.actionType,
    canBeApplied: cluster.spcApply.canBeApplied && !never,
    lastModifiedTime: apiTime(cluster.spcApply.changedAt),
    patchAppliedTime: apiTime(cluster.spcApply.appliedAt),
    crdDigest: "",
    spcHash: "",
    spcInfraHash: "",
  };
}

/** `status` of a cluster, as the plain read and the overview share it. */
export function statusView(palette: Palette, cluster: Cluster): JsonObject {
  return {
    state: cluster.state,
    conditions: conditionViews(palette, cluster),
    apiEndpoints: endpointViews(cluster),
    packs: packStatusViews(cluster),
    spcApply: spcApplyView(palette, cluster),
    services: null,
    addOnServices: null,
    location: null,
    upgrades: null,
    fips: { mode: "none" },
    virtual: null,
    clusterImport: null,
    abortTimestamp: apiTime(undefined),
  };
}

/** How much of the attached packs a read shows. */
export interface ClusterPackOptions {
  /** `profileType` of the query: only profiles of this type. */
  profileType: string | null;
  presets: boolean;
  schema: boolean;
  /** `resolvePackValues` of the query: values with their macros replaced, sensitive ones masked. */
  resolved: boolean;
}

/** A cluster (`v1SpectroCluster`); `status` is null at first. */
export function clusterView(palette: Palette, cluster: Cluster, options: ClusterPackOptions): JsonObject {
  return {
    apiVersion: "v1",
    kind: "SpectroCluster",
    metadata: metadataOf(describedCluster(palette, cluster)),
    spec: {
      cloudType: "maas",
      cloudConfigRef: { kind: "maas", name: `${cluster.name}-maas-config`, uid: cluster.cloudConfigUid },
      clusterConfig: clusterConfigView(cluster),
      clusterProfileTemplates: nullWhenEmpty(
        cluster.profiles
          .filter((profile) => !options.profileType || profile.type === options.profileType)
          .map((profile) => (options.resolved ? resolvedProfile(palette, cluster, profile) : profile))
          .map((profile) => attachedTemplateView(palette, profile, options)),
      ),
      clusterTemplate: null,
      clusterType: "PureManage",
    },
    status: hasStatus(palette, cluster)
      ? {
          ...statusView(palette, cluster),
          profileStatus: { hasUserMacros: false },
          // Never null: the vendor's client reads its state on every update.
          repave: cluster.repave ? { state: cluster.repave.state } : {},
        }
      : null,
  };
}

function resolvedProfile(palette: Palette, cluster: Cluster, profile: AttachedProfile): AttachedProfile {
  const values = macroValues(palette, cluster, cluster.profiles, profile);
  const secrets = profile.variables.filter((variable) => variable.isSensitive).map((variable) => variable.name);
  const variables = new Map(
    [...values.variables].map(([name, value]) => [name, secrets.includes(name) ? MASK : value]),
  );
  return {
    ...profile,
    packs: profile.packs.map((pack) => ({ ...pack, values: resolveMacros(pack.values, { ...values, variables }) })),
  };
}

/** A profile of a cluster (`v1ClusterProfileTemplate`). */
function attachedTemplateView(
  palette: Palette,
  profile: AttachedProfile,
  options: Pick<ClusterPackOptions, "presets" | "schema">,
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
    relatedObject: null,
    packs: profile.packs.map((pack) => packRefView(palette, pack, options)),
  };
}

// The write shape has `location` and inline namespaces and role bindings, the read shape references.
function clusterConfigView(cluster: Cluster): JsonObject {
  const management = cluster.clusterConfig["machineManagementConfig"] as JsonObject | undefined;
  return {
    ...cluster.clusterConfig,
    machineManagementConfig: {
      ...management,
      osPatchConfig: { ...UNPATCHED, ...(management?.["osPatchConfig"] as JsonObject | undefined) },
    },
    resources: undefined,
    location: undefined,
    clusterResources: { namespaces: null, rbacs: null },
    clusterRbac: null,
  };
}
