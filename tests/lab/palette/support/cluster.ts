import { until } from "../../../../lab/until";
import type { PaletteClient } from "./palette-client";
import { addOnProfile, infraProfile } from "./profiles";

/** A pool in the write shape. */
export function pool(name: string, size: number, changes: { pool?: object; cloud?: object } = {}) {
  const isControlPlane = name === "control-plane";
  return {
    cloudConfig: {
      instanceType: isControlPlane ? { minCPU: 4, minMemInMB: 8192 } : { minCPU: 48, minMemInMB: 262144 },
      resourcePool: isControlPlane ? "control-plane" : "worker-pool",
      azs: ["az1", "az2", "az3"],
      tags: null,
      ...changes.cloud,
    },
    poolConfig: {
      name,
      size,
      labels: [isControlPlane ? "control-plane" : "worker"],
      isControlPlane,
      updateStrategy: { type: "RollingUpdateScaleOut" },
      taints: [],
      ...changes.pool,
    },
  };
}

/** What a cluster of a test is made from. */
export interface Site {
  account: string;
  infra: string;
  core: string;
  gateway: string;
}

/** Makes the cloud account and both profiles. */
export async function prepareSite(client: PaletteClient, maas: { url: string; apiKey: string }): Promise<Site> {
  const { items } = await client.get<{ items: { metadata: { uid: string } }[] }>("/v1/overlords");
  const gateway = items[0]?.metadata.uid ?? "";
  const account = await client.ok<{ uid: string }>(201, "POST", "/v1/cloudaccounts/maas", {
    metadata: { name: "maas-dev", annotations: { overlordUid: gateway } },
    spec: { apiEndpoint: maas.url, apiKey: maas.apiKey, preferredSubnets: ["management"] },
  });
  const importProfile = (entity: unknown): Promise<{ uid: string }> =>
    client.ok(201, "POST", "/v1/clusterprofiles/import?publish=true", entity);
  const infra = await importProfile(await infraProfile(client));
  const core = await importProfile(await addOnProfile(client));
  return { account: account.uid, infra: infra.uid, core: core.uid, gateway };
}

/** A cluster's create body. */
export function clusterBody(
  site: Site,
  pools: object[] = [pool("control-plane", 3), pool("worker-pool", 5)],
  name = "vmo",
) {
  return {
    metadata: { name, labels: { site: "dc1" }, annotations: { description: "test" } },
    spec: {
      cloudAccountUid: site.account,
      cloudConfig: { domain: "metal.example.test", sshKeys: ["ssh-ed25519 AAAA test"], ntpServers: null },
      profiles: [{ uid: site.infra, variables: [{ name: "token", value: "flash-array-token" }] }, { uid: site.core }],
      machinepoolconfig: pools,
      clusterConfig: { machineManagementConfig: {}, resources: { namespaces: [], rbacs: [] } },
      policies: {},
    },
  };
}

/** A condition as the API answers it. */
export interface TestCondition {
  type: string;
  status: string;
  reason: string;
  message: string;
}

/** The parts of a cluster that tests look at. */
export interface TestCluster {
  spec: { cloudConfigRef: { uid: string }; clusterProfileTemplates: { uid: string; name: string }[] };
  status: {
    state: string;
    conditions: TestCondition[] | null;
    repave: { state: string } | null;
    spcApply: { canBeApplied: boolean };
    apiEndpoints: { host: string; port: number }[] | null;
    packs: { name: string; version: string; condition: { status: string } }[] | null;
  } | null;
}

/** Reads a cluster. */
export function readCluster(client: PaletteClient, uid: string): Promise<TestCluster> {
  return client.get(`/v1/spectroclusters/${uid}`);
}

/** Waits for something about a cluster. */
export function untilCluster(
  what: string,
  client: PaletteClient,
  uid: string,
  holds: (cluster: TestCluster) => boolean,
): Promise<TestCluster> {
  return until(what, async () => readCluster(client, uid).then((cluster) => (holds(cluster) ? cluster : undefined)), {
    timeout: 60_000,
  });
}

/** Waits for a good health report in the overview. */
export async function untilHealthy(client: PaletteClient, uid: string): Promise<void> {
  await until(
    `cluster ${uid} is healthy`,
    async () => {
      const overview = await client.get<{ status: { health: { state: string } | null } | null }>(
        `/v1/dashboard/spectroclusters/${uid}/overview`,
      );
      return overview.status?.health?.state === "Healthy" || undefined;
    },
    { timeout: 60_000 },
  );
}

/** Whether every condition is true. */
export function settled(cluster: TestCluster): boolean {
  return cluster.status?.conditions?.every((condition) => condition.status === "True") ?? false;
}

/** The names of a pool's machines that run. */
export async function runningMachines(client: PaletteClient, uid: string, poolName: string): Promise<string[]> {
  const config = (await readCluster(client, uid)).spec.cloudConfigRef.uid;
  const { items } = await client.get<{ items: { spec: { hostname: string }; status: { instanceState: string } }[] }>(
    `/v1/cloudconfigs/maas/${config}/machinePools/${poolName}/machines`,
  );
  return items.filter((item) => item.status.instanceState === "Running").map((item) => item.spec.hostname);
}
