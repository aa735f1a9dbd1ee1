import { apiTime } from "../clock";
import { nullWhenEmpty } from "../json";
import type { Json, JsonObject } from "../json";
import { metadataOf } from "../metadata";
import type { Cluster } from "../model/cluster";
import type { Machine, MachinePhase, MachinePoolSpec } from "../model/machine-pool";

/** `status.instanceState` of each phase. */
const INSTANCE_STATES: Record<MachinePhase, string> = {
  waiting: "Pending",
  allocating: "Pending",
  allocated: "Provisioning",
  deploying: "Provisioning",
  joining: "Provisioned",
  running: "Running",
  draining: "Deleting",
  releasing: "Deleting",
};

/** A pool as the cloud config shows it (`v1MaasMachinePoolConfig`): all at one level. */
function poolView(spec: MachinePoolSpec): JsonObject {
  const { archType, network, azs, tags, taints, ...pool } = spec;
  return {
    ...(JSON.parse(JSON.stringify(pool)) as JsonObject),
    minSize: pool.minSize ?? 0,
    maxSize: pool.maxSize ?? 0,
    azs: nullWhenEmpty(azs ?? []),
    tags: nullWhenEmpty(tags ?? []),
    taints: nullWhenEmpty<Json>((taints ?? []).map((taint) => ({ ...taint }))),
    machinePoolProperties: { archType: archType ?? "amd64" },
    ...(network && {
      network: {
        networkName: network.networkName,
        staticIp: network.staticIp ?? false,
        parentPoolRef: network.parentPoolUid ? { uid: network.parentPoolUid } : null,
      },
    }),
  };
}

/** A machine (`v1MaasMachine`); a deleted one is the row that stays of a released machine. */
export function machineView(machine: Machine, deleted = false): JsonObject {
  const running = machine.phase === "running" && !deleted;
  return {
    apiVersion: "v1",
    kind: "MaasMachine",
    metadata: metadataOf({ uid: machine.uid, name: machine.hostname || machine.uid, createdAt: machine.createdAt }),
    spec: {
      hostname: machine.hostname,
      az: machine.zone,
      nics: nullWhenEmpty(machine.addresses.map((address, index) => ({ index, privateIPs: [address], publicIp: "" }))),
      machineMetadata: { creationTimestamp: apiTime(machine.createdAt) },
    },
    status: {
      instanceState: deleted ? "Deleted" : INSTANCE_STATES[machine.phase],
      instanceStateLastUpdate: apiTime(machine.phaseSince),
      ready: running,
      addresses: nullWhenEmpty(machine.addresses.map((address) => ({ type: "InternalIP", address }))),
      health: {
        state: running ? "Healthy" : "",
        conditions: machine.problem
          ? [{ type: "MachineProvisioned", status: "False", reason: "ProvisioningFailed", message: machine.problem }]
          : null,
        lastHeartBeatTimestamp: apiTime(running ? machine.phaseSince : undefined),
      },
      maintenanceStatus: machine.maintenance
        ? {
            action: machine.maintenance.action,
            state: machine.maintenance.state,
            message: machine.maintenance.message,
          }
        : null,
    },
  };
}

/** A cluster's cloud config (`v1MaasCloudConfig`). */
export function cloudConfigView(cluster: Cluster, conditions: Json): JsonObject {
  const { sshKeys, ntpServers, ...config } = cluster.cloudConfig;
  const os = cluster.nodeLayers.find((layer) => layer.pack.layer === "os")?.pack.version ?? "";
  const kubernetes = cluster.nodeLayers.find((layer) => layer.pack.layer === "k8s")?.pack.version ?? "";
  const image = `u-${os.replaceAll(".", "")}-0-k-${kubernetes.replaceAll(".", "")}-0`;
  return {
    apiVersion: "v1",
    kind: "MaasCloudConfig",
    metadata: metadataOf({
      uid: cluster.cloudConfigUid,
      name: `${cluster.name}-maas-config`,
      createdAt: cluster.createdAt,
    }),
    spec: {
      cloudAccountRef: { kind: "maasaccount", name: "", uid: cluster.cloudAccountUid },
      clusterConfig: { ...config, sshKeys: nullWhenEmpty(sshKeys ?? []), ntpServers: nullWhenEmpty(ntpServers ?? []) },
      machinePoolConfig: nullWhenEmpty(
        cluster.pools.filter((pool) => !pool.deleting).map((pool) => poolView(pool.spec)),
      ),
    },
    status: {
      conditions,
      nodeImage: { name: image, state: "Uploaded" },
      sourceImageId: "",
      isAddonLayer: false,
      useCapiImage: false,
      ansibleRoleDigest: "",
      roleDigest: null,
    },
  };
}
