import assert from "node:assert/strict";
import { startMaasSimulator } from "../../../lab/maas";
import type { MaasSimulator } from "../../../lab/maas";
import { MaasClient } from "../../../lab/palette/maas/client";
import type { PaletteSimulator } from "../../../lab/palette";
import { clusterBody, pool, prepareSite, untilCluster, untilHealthy } from "./support/cluster";
import type { MemoryPlatform } from "./support/memory-platform";
import type { PaletteClient } from "./support/palette-client";
import { startTestPalette } from "./support/start";

interface Machine {
  system_id: string;
  hostname: string;
  cpu_count: number;
  status_name: string;
}

/** How many machines of a class go to a pool. */
const POOLS = { "control-plane": 4, "worker-pool": 6 };

describe("the Palette simulator with the MAAS simulator", function () {
  this.timeout(60_000);
  let maas: MaasSimulator;
  let api: MaasClient;
  let simulator: PaletteSimulator;
  let client: PaletteClient;
  let platform: MemoryPlatform;

  beforeEach(async () => {
    maas = await startMaasSimulator({ timeScale: 5000 });
    api = new MaasClient(maas.url, maas.apiKey);
    ({ simulator, client, platform } = await startTestPalette());
  });
  afterEach(async () => {
    await simulator.close();
    await maas.close();
  });

  const machines = async () => (await api.get("/machines/")) as Machine[];
  const withStatus = async (status: string) => (await machines()).filter((machine) => machine.status_name === status);

  it("builds a cluster from MAAS machines and gives them back", async () => {
    for (const zone of ["az1", "az2", "az3"]) await api.post("/zones/", undefined, { name: zone });
    await api.post("/domains/", undefined, { name: "metal.example.test" });
    const bySize = (await machines()).sort((one, other) => one.cpu_count - other.cpu_count);
    for (const [name, count] of Object.entries(POOLS)) {
      await api.post("/resourcepools/", undefined, { name });
      const taken = name === "control-plane" ? bySize.splice(0, count) : bySize.splice(-count, count);
      for (const [index, machine] of taken.entries())
        await api.put(`/machines/${machine.system_id}/`, { pool: name, zone: `az${(index % 3) + 1}` });
    }
    const site = await prepareSite(client, maas);
    const small = { cloud: { instanceType: { minCPU: 1, minMemInMB: 1024 } } };
    const body = clusterBody(site, [pool("control-plane", 3, small), pool("worker-pool", 5, small)]);
    const { uid } = await client.ok<{ uid: string }>(201, "POST", "/v1/spectroclusters/maas", body);
    await untilHealthy(client, uid);

    assert.equal((await withStatus("Deployed")).length, 8);
    const nodes = platform.nodes.get(uid) ?? [];
    const hostnames = (await withStatus("Deployed")).map((machine) => machine.hostname);
    assert.deepEqual(nodes.map((node) => node.name).sort(), hostnames.sort());
    assert.ok(nodes.every((node) => node.internalIp !== ""));
    const zones = nodes.filter((node) => node.controlPlane).map((node) => node.zone);
    assert.deepEqual(zones.sort(), ["az1", "az2", "az3"], "one control plane node per zone");
    const records = (await api.get("/dnsresources/")) as { fqdn: string; ip_addresses: unknown[] }[];
    assert.equal(records.find((record) => /^vmo-[0-9a-f]{6}\.metal/.test(record.fqdn))?.ip_addresses.length, 3);

    await client.ok(204, "DELETE", `/v1/spectroclusters/${uid}`);
    await untilCluster("deleted", client, uid, (cluster) => cluster.status?.state === "Deleted");
    assert.equal((await withStatus("Deployed")).length, 0);
    assert.equal((await withStatus("Ready")).length, (await machines()).length);
  });

  it("validates an account by asking MAAS, and looks its objects up", async () => {
    const { gateway, account } = await prepareSite(client, maas);
    const validate = `/v1/overlords/maas/${gateway}/account/validate`;
    await client.ok(204, "POST", validate, { account: { apiEndpoint: maas.url, apiKey: maas.apiKey } });
    const wrong = { account: { apiEndpoint: maas.url, apiKey: "a:b:c" } };
    assert.match((await client.refused(500, "POST", validate, wrong)).message, /does not accept the API key/);
    const nowhere = { account: { apiEndpoint: "http://127.0.0.1:1/MAAS", apiKey: "a:b:c" } };
    assert.match((await client.refused(500, "POST", validate, nowhere)).message, /cannot be reached/);
    const { items } = await client.get<{ items: { name: string }[] }>(
      `/v1/cloudaccounts/maas/${account}/properties/azs`,
    );
    assert.deepEqual(
      items.map((item) => item.name),
      ["default"],
    );
    for (const property of ["domains", "resourcePools", "subnets", "tags"])
      await client.get(`/v1/cloudaccounts/maas/${account}/properties/${property}`);
    simulator.faults.add({ kind: "gateway-down" });
    const down = await client.refused(500, "GET", `/v1/cloudaccounts/maas/${account}/properties/azs`);
    assert.equal(down.code, "PrivateGatewayUnreachable");
  });
});
