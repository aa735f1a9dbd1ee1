import assert from "node:assert/strict";
import type { PaletteSimulator } from "../../../lab/palette";
import { until } from "../../../lab/until";
import {
  clusterBody,
  prepareSite,
  readCluster,
  runningMachines,
  settled,
  untilCluster,
  untilHealthy,
} from "./support/cluster";
import type { Site } from "./support/cluster";
import type { MaasStandIn } from "./support/maas-stand-in";
import type { MemoryPlatform } from "./support/memory-platform";
import type { PaletteClient } from "./support/palette-client";
import { startTestSite } from "./support/start";

describe("a cluster of the Palette simulator", () => {
  let maas: MaasStandIn;
  let stop: () => Promise<void>;
  let simulator: PaletteSimulator;
  let client: PaletteClient;
  let platform: MemoryPlatform;
  let site: Site;

  beforeEach(async () => {
    ({ maas, simulator, client, platform, stop } = await startTestSite());
    site = await prepareSite(client, maas);
  });

  afterEach(() => stop());

  const create = async (body: unknown = clusterBody(site)): Promise<string> =>
    (await client.ok<{ uid: string }>(201, "POST", "/v1/spectroclusters/maas", body)).uid;

  it("comes up from MAAS machines and gets its layers in order", async () => {
    const uid = await create();
    await untilHealthy(client, uid);

    const cluster = await readCluster(client, uid);
    assert.equal(cluster.status?.state, "Running");
    assert.ok(settled(cluster));
    assert.deepEqual(
      cluster.status.conditions?.map((condition) => condition.type),
      [
        "ImageResolutionDone",
        "BootstrappingDone",
        "KubeConfigReady",
        "CloudInfrastructureReady",
        "ControlPlaneNodeAdditionDone",
        "ControlPlaneNodeDeletionDone",
        "WorkerNodeAdditionDone",
        "WorkerNodeDeletionDone",
      ],
    );
    assert.deepEqual(maas.named(6).length, 8);
    assert.deepEqual(maas.named(4).length, 2);
    const firstWorker = maas.log.findIndex((entry) => entry === "allocate w-1");
    assert.ok(firstWorker > maas.log.findIndex((entry) => entry.startsWith("deploy cp-")), "control plane first");

    assert.deepEqual(
      platform.installed.map((pack) => pack.name),
      ["ubuntu-maas", "kubernetes", "cni-cilium-oss", "csi-portworx-generic", "lb-metallb-helm", "vmo-extras"],
    );
    assert.deepEqual(platform.created[0], {
      uid,
      name: "vmo",
      podCidr: "100.64.0.0/18",
      serviceCidr: "100.64.64.0/18",
    });
    const portworx = platform.installed.find((pack) => pack.name === "csi-portworx-generic");
    assert.match(portworx?.values ?? "", /repl: '2'/);
    assert.match(portworx?.values ?? "", /name: "px-vmo"/);
    assert.match(portworx?.manifests[0]?.content ?? "", /flash-array-token/);
    const nodes = platform.nodes.get(uid) ?? [];
    assert.equal(nodes.length, 8);
    assert.ok(
      nodes.every((node) => node.internalIp.startsWith("172.16.0.")),
      "preferred subnet",
    );

    const [record] = maas.records;
    assert.match(record?.fqdn ?? "", /^vmo-[0-9a-f]{6}\.metal\.example\.test$/);
    assert.equal(record?.ip_addresses.length, 3);
    assert.deepEqual(cluster.status.apiEndpoints, [{ host: record?.fqdn, port: 6443 }]);
    const kubeconfig = await client.send("GET", `/v1/spectroclusters/${uid}/assets/kubeconfigclient`);
    assert.match(String(kubeconfig.body), /current-context: vmo/);
    assert.equal(kubeconfig.headers.get("content-type"), "application/octet-stream");
  });

  it("has no status and no kubeconfig at first", async () => {
    simulator.setTimeScale(1);
    const uid = await create();
    assert.equal((await readCluster(client, uid)).status, null);
    const refusal = await client.refused(404, "GET", `/v1/spectroclusters/${uid}/assets/adminKubeconfig`);
    assert.equal(refusal.code, "ResourceNotFound");
  });

  it("is deleted with its machines released, stays readable and is then forgotten", async () => {
    const uid = await create();
    await untilHealthy(client, uid);
    await client.ok(204, "DELETE", `/v1/spectroclusters/${uid}`);
    await untilCluster("deleted", client, uid, (cluster) => cluster.status?.state === "Deleted");
    assert.equal(maas.named(4).length, 10);
    assert.deepEqual(maas.records, []);
    assert.deepEqual(platform.deleted, [uid]);
    await client.refused(404, "GET", `/v1/spectroclusters/${uid}/assets/adminKubeconfig`);
    assert.equal((await create(clusterBody(site))).length, 24, "the name is free again");
    simulator.setTimeScale(100_000_000);
    await until(
      "the deleted cluster is forgotten",
      async () => (await client.send("GET", `/v1/spectroclusters/${uid}`)).status === 404 || undefined,
      { timeout: 5000 },
    );
  });

  it("refuses to be deleted by force early; later leaves the machines deployed", async () => {
    const uid = await create();
    await untilHealthy(client, uid);
    const refusal = await client.refused(400, "DELETE", `/v1/spectroclusters/${uid}?forceDelete=true`);
    assert.equal(refusal.code, "ForceDeleteNotAllowed");
    const machines = maas.named(6).length;
    await client.ok(204, "PUT", `/v1/cloudaccounts/maas/${site.account}`, {
      metadata: { name: "maas-dev", annotations: { overlordUid: site.gateway } },
      spec: { apiEndpoint: maas.url, apiKey: "no:longer:valid" },
    });
    await client.ok(204, "DELETE", `/v1/spectroclusters/${uid}`);
    await until(
      "deletion may be forced",
      async () =>
        (await client.send("DELETE", `/v1/spectroclusters/${uid}?forceDelete=true`)).status === 204 || undefined,
      { timeout: 5000 },
    );
    await untilCluster("deleted", client, uid, (cluster) => cluster.status?.state === "Deleted");
    assert.equal(maas.named(6).length, machines);
  });

  it("replaces a machine whose deployment fails", async () => {
    maas.failing.add("w-1");
    const uid = await create();
    await until("a deployment failed", () => Promise.resolve(maas.log.includes("release w-1") || undefined), {
      timeout: 10_000,
    });
    maas.failing.clear();
    await untilHealthy(client, uid);
    assert.equal((await runningMachines(client, uid, "worker-pool")).length, 5);
    const events = await client.get<{ items: { reason: string }[] }>(`/v1/events/components/spectrocluster/${uid}`);
    assert.ok(events.items.some((event) => event.reason === "MachineProvisioningFailed"));
  });
});
