import assert from "node:assert/strict";
import type { PaletteSimulator } from "../../../lab/palette";
import { clusterBody, pool, prepareSite, untilCluster, untilHealthy } from "./support/cluster";
import type { Site, TestCluster } from "./support/cluster";
import type { MaasStandIn } from "./support/maas-stand-in";
import type { PaletteClient } from "./support/palette-client";
import { startTestSite } from "./support/start";

describe("a cluster of the Palette simulator in trouble", () => {
  let maas: MaasStandIn;
  let stop: () => Promise<void>;
  let simulator: PaletteSimulator;
  let client: PaletteClient;
  let site: Site;

  beforeEach(async () => {
    ({ maas, simulator, client, stop } = await startTestSite());
    site = await prepareSite(client, maas);
  });

  afterEach(() => stop());

  const create = async (pools: object[]): Promise<string> =>
    (await client.ok<{ uid: string }>(201, "POST", "/v1/spectroclusters/maas", clusterBody(site, pools))).uid;
  const condition = (cluster: TestCluster, type: string) =>
    cluster.status?.conditions?.find((each) => each.type === type);
  const untilMessage = (uid: string, type: string, message: RegExp) =>
    untilCluster(`${type}: ${message.source}`, client, uid, (cluster) =>
      message.test(condition(cluster, type)?.message ?? ""),
    );

  it("stays in Provisioning and says why when MAAS has too few machines, and goes on when one comes", async () => {
    const uid = await create([pool("control-plane", 1), pool("worker-pool", 7)]);
    const cluster = await untilMessage(uid, "WorkerNodeAdditionDone", /6 of 7 nodes.*No available machine/s);
    assert.equal(cluster.status?.state, "Provisioning");
    const infrastructure = condition(cluster, "CloudInfrastructureReady");
    assert.equal(infrastructure?.status, "False");
    assert.match(
      infrastructure.message,
      /machine pool 'worker-pool' \(resource pool 'worker-pool'; zones az1, az2, az3/,
    );
    maas.add("w-7", "worker-pool", 7, 48, 262144);
    await untilHealthy(client, uid);
  });

  it("names a resource pool that does not exist, and recovers when the pool is corrected", async () => {
    const wrong = pool("worker-pool", 1, { cloud: { resourcePool: "wroker-pool" } });
    const uid = await create([pool("control-plane", 1), wrong]);
    const cluster = await untilMessage(uid, "WorkerNodeAdditionDone", /No such pool: 'wroker-pool'/);
    const path = `/v1/cloudconfigs/maas/${cluster.spec.cloudConfigRef.uid}/machinePools/worker-pool`;
    await client.ok(204, "PUT", path, pool("worker-pool", 1));
    await untilHealthy(client, uid);
    assert.equal(maas.named(6).length, 2);
  });

  it("shows a domain that does not exist and a gateway that is down", async () => {
    maas.domains = [];
    const uid = await create([pool("control-plane", 1), pool("worker-pool", 1)]);
    await untilMessage(uid, "CloudInfrastructureReady", /Unable to find domain/);
    simulator.faults.add({ kind: "gateway-down" });
    await untilMessage(uid, "CloudInfrastructureReady", /gateway of account 'maas-dev' is not running/);
    maas.domains = ["metal.example.test"];
    simulator.faults.clear();
    await untilHealthy(client, uid);
  });

  it("keeps a cluster in Deleting when MAAS no longer takes the key", async () => {
    const uid = await create([pool("control-plane", 1), pool("worker-pool", 1)]);
    await untilHealthy(client, uid);
    const account = (apiKey: string) =>
      client.ok(204, "PUT", `/v1/cloudaccounts/maas/${site.account}`, {
        metadata: { name: "maas-dev", annotations: { overlordUid: site.gateway } },
        spec: { apiEndpoint: maas.url, apiKey },
      });
    await account("a:b:c");
    await client.ok(204, "DELETE", `/v1/spectroclusters/${uid}`);
    const cluster = await untilMessage(uid, "CloudInfrastructureReady", /does not accept the API key/);
    assert.equal(cluster.status?.state, "Deleting");
    assert.ok(!JSON.stringify(cluster).includes("standinsecret"), "MAAS's 401 text is not passed on");
    await account(maas.apiKey);
    await untilCluster("deleted", client, uid, (each) => each.status?.state === "Deleted");
  });

  it("never becomes healthy when the lab says so", async () => {
    simulator.faults.add({ kind: "never-healthy" });
    const uid = await create([pool("control-plane", 1), pool("worker-pool", 1)]);
    await untilCluster(
      "all layers are installed",
      client,
      uid,
      (cluster) =>
        (cluster.status?.packs ?? []).length === 6 &&
        (cluster.status?.packs ?? []).every((pack) => pack.condition.status === "True"),
    );
    const overview = await client.get<{ status: { state: string; health: { state: string } } }>(
      `/v1/dashboard/spectroclusters/${uid}/overview`,
    );
    assert.deepEqual([overview.status.state, overview.status.health.state], ["Running", "Unhealthy"]);
  });

  it("installs a layer late when the lab says so, and is healthy without it until then", async () => {
    assert.throws(() => simulator.faults.add({ kind: "late-layer" }), /needs the name of a layer/);
    const late = "vmo-extras";
    const installed = (cluster: TestCluster): string[] =>
      (cluster.status?.packs ?? []).filter((pack) => pack.condition.status === "True").map((pack) => pack.name);
    simulator.faults.add({ kind: "late-layer", name: late });
    const uid = await create([pool("control-plane", 1), pool("worker-pool", 1)]);
    await untilHealthy(client, uid);
    await untilCluster("all but the late layer", client, uid, (cluster) => {
      const names = installed(cluster);
      return names.length === 5 && !names.includes(late);
    });
    simulator.faults.clear("late-layer");
    await untilCluster("the late layer is installed", client, uid, (cluster) => installed(cluster).includes(late));
  });

  it("refuses pools that cannot be, in validate as findings and in create as an error", async () => {
    const body = clusterBody(site, [pool("control-plane", 2), pool("worker-pool", 1)]);
    const findings = await client.ok<{
      machinePools: { results: { name: string; errors: { message: string }[] | null }[] };
    }>(200, "POST", "/v1/spectroclusters/maas/validate", body);
    assert.deepEqual(
      findings.machinePools.results.map((result) => [result.name, result.errors?.map((error) => error.message)]),
      [
        ["control-plane", ["Machine pool 'control-plane': size 2 is not 1, 3 or 5"]],
        ["worker-pool", undefined],
      ],
    );
    assert.match((await client.refused(400, "POST", "/v1/spectroclusters/maas", body)).message, /size 2 is not/);
    const nullPool = clusterBody(site, [pool("control-plane", 1, { cloud: { resourcePool: null } })]);
    assert.match((await client.refused(400, "POST", "/v1/spectroclusters/maas", nullPool)).message, /resourcePool/);
    const noToken = clusterBody(site);
    noToken.spec.profiles[0] = { uid: site.infra, variables: [] };
    assert.match(
      (await client.refused(400, "POST", "/v1/spectroclusters/maas", noToken)).message,
      /'token' is required/,
    );
  });
});
