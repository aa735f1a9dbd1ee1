import { apiTime } from "../clock";
import { nullWhenEmpty } from "../json";
import type { Json, JsonObject } from "../json";
import { metadataOf } from "../metadata";
import type { AttachedProfile, Cluster } from "../model/cluster";
import type { Palette } from "../palette";
import { packRefView } from "../profiles/views";
import { describedCluster, hasStatus, statusView } from "./views";

/** `Healthy`, `Unhealthy`, or empty while a cluster is not up yet. */
export function healthState(palette: Palette, cluster: Cluster): string {
  if (cluster.state !== "Running") return "";
  return cluster.healthy && !palette.faults.on("never-healthy") ? "Healthy" : "Unhealthy";
}

function healthView(palette: Palette, cluster: Cluster): Json {
  const state = healthState(palette, cluster);
  if (state === "") return null;
  return {
    state,
    conditions:
      state === "Healthy"
        ? null
        : [
            {
              type: "PacksReady",
              message: "Not all layers are installed",
              relatedObject: { kind: "spectrocluster", name: cluster.name, uid: cluster.uid },
            },
          ],
    lastHeartBeatTimestamp: apiTime(palette.clock.now()),
    agentVersion: "4.7.3",
  };
}

function profileMetaView(palette: Palette, profile: AttachedProfile): JsonObject {
  return {
    uid: profile.uid,
    name: profile.name,
    type: profile.type,
    cloudType: profile.cloudType,
    scope: palette.state.profiles.find((each) => each.uid === profile.uid)?.scope ?? "",
    version: 1,
    packs: profile.packs.map((pack) => packRefView(palette, { ...pack, values: "" })),
  };
}

function cloudConfigMeta(cluster: Cluster): JsonObject {
  return {
    cloudType: "maas",
    uid: cluster.cloudConfigUid,
    hybridMachinePools: null,
    machinePools: nullWhenEmpty(
      cluster.pools
        .filter((pool) => !pool.deleting)
        .map(({ spec }) => {
          const machines = cluster.machines.filter((machine) => machine.poolName === spec.name);
          return {
            cloudType: "maas",
            healthy: machines.filter((machine) => machine.phase === "running").length,
            infraProfileTemplate: null,
            isControlPlane: spec.isControlPlane,
            labels: spec.labels,
            maintenanceMode: machines.filter((machine) => machine.maintenance?.action === "cordon").length,
            size: spec.size,
          };
        }),
    ),
  };
}

function base(palette: Palette, cluster: Cluster): { account: JsonObject; profiles: JsonObject[] } {
  const account = palette.state.accounts.find((each) => each.uid === cluster.cloudAccountUid);
  return {
    account: { name: account?.name ?? "", uid: cluster.cloudAccountUid },
    profiles: cluster.profiles.map((profile) => profileMetaView(palette, profile)),
  };
}

/** A cluster's overview, which alone has its health (`v1SpectroClusterUidSummary`). */
export function overviewView(palette: Palette, cluster: Cluster): JsonObject {
  const { account, profiles } = base(palette, cluster);
  const kubernetes = cluster.nodeLayers.find((layer) => layer.pack.layer === "k8s");
  return {
    metadata: metadataOf(describedCluster(palette, cluster)),
    spec: {
      archTypes: ["amd64"],
      cloudConfig: cloudConfigMeta(cluster),
      cloudaccount: account,
      clusterProfileTemplate: profiles[0] ?? null,
      clusterProfileTemplates: nullWhenEmpty(profiles),
    },
    status: hasStatus(palette, cluster)
      ? {
          ...statusView(palette, cluster),
          health: healthView(palette, cluster),
          kubeMeta: {
            hasKubeConfig: cluster.kubeconfig !== undefined,
            hasKubeConfigClient: cluster.kubeconfig !== undefined,
            hasManifest: false,
            kubernetesVersion: kubernetes?.pack.version ?? "",
          },
          notifications: notificationsView(palette, cluster),
          cost: null,
          hourlyRate: null,
          metrics: null,
          workspaces: null,
        }
      : null,
  };
}

/** A row of a search (`v1SpectroClusterSummary`). */
export function clusterSummaryView(palette: Palette, cluster: Cluster): JsonObject {
  const { account, profiles } = base(palette, cluster);
  const project = palette.state.projects.find((each) => each.uid === cluster.projectUid);
  return {
    metadata: metadataOf(describedCluster(palette, cluster)),
    specSummary: {
      archTypes: ["amd64"],
      cloudAccountMeta: account,
      cloudConfig: cloudConfigMeta(cluster),
      clusterConfig: { hostClusterConfig: null, timezone: "" },
      clusterProfileTemplate: profiles[0] ?? null,
      clusterProfileTemplates: nullWhenEmpty(profiles),
      projectMeta: { name: project?.name ?? "", uid: cluster.projectUid },
    },
    status: {
      state: cluster.state,
      health: healthView(palette, cluster),
      repave: cluster.repave ? { state: cluster.repave.state } : null,
      notifications: notificationsView(palette, cluster),
      fips: { mode: "none" },
      clusterImport: null,
      cost: null,
      hourlyRate: null,
      location: null,
      metrics: null,
      virtual: null,
    },
  };
}

function notificationsView(palette: Palette, cluster: Cluster): JsonObject {
  const open = palette.state.notifications.some((each) => each.objectUid === cluster.uid && !each.isDone);
  return { isAvailable: open, isTemplateVariableResolutionPending: false };
}
