import assert from "node:assert/strict";
import { until } from "../../../lab/until";
import {
  clusterBody,
  pool,
  prepareSite,
  readCluster,
  runningMachines,
  settled,
  untilCluster,
  untilHealthy,
} from "./support/cluster";
import type { Site, TestCluster } from "./support/cluster";
import type { MaasStandIn } from "./support/maas-stand-in";
import type { MemoryPlatform } from "./support/memory-platform";
import type { PaletteClient } from "./support/palette-client";
import { infraProfile } from "./support/profiles";
import { startTestSite } from "./support/start";

describe("changes to a running cluster of the Palette simulator", () => {
  let maas: MaasStandIn;
  let stop: () => Promise<void>;
  let client: PaletteClient;
  let platform: MemoryPlatform;
  let site: Site;
  let uid: string;
  let pools: string;

  beforeEach(async () => {
    ({ maas, client, platform, stop } = await startTestSite());
    site = await prepareSite(client, maas);
    const body = clusterBody(site, [pool("control-plane", 1), pool("worker-pool", 3)]);
    ({ uid } = await client.ok<{ uid: string }>(201, "POST", "/v1/spectroclusters/maas", body));
    await untilHealthy(client, uid);
    pools = `/v1/cloudconfigs/maas/${(await readCluster(client, uid)).spec.cloudConfigRef.uid}/machinePools`;
  });

  afterEach(() => stop());

  const untilSettled = (what: string, and: (cluster: TestCluster) => boolean = () => true) =>
    untilCluster(what, client, uid, (cluster) => settled(cluster) && and(cluster));
  const untilWorkers = (count: number) =>
    until(
      `${count} workers`,
      async () => (await runningMachines(client, uid, "worker-pool")).length === count || undefined,
      { timeout: 10_000 },
    );

  it("scales a pool up and down", async () => {
    await client.ok(204, "PUT", `${pools}/worker-pool`, pool("worker-pool", 5));
    await untilCluster("scaling starts", client, uid, (cluster) => !settled(cluster));
    await untilSettled("scaled up");
    assert.equal((await runningMachines(client, uid, "worker-pool")).length, 5);
    await client.ok(204, "PUT", `${pools}/worker-pool`, pool("worker-pool", 2));
    await untilWorkers(2);
    await untilSettled("scaled down");
    assert.equal(maas.named(6).length, 3);
  });

  it("changes labels in place, and replaces nodes one by one when a taint changes", async () => {
    const before = await runningMachines(client, uid, "worker-pool");
    const labelled = pool("worker-pool", 3, { pool: { additionalLabels: { role: "vmo" } } });
    await client.ok(204, "PUT", `${pools}/worker-pool`, labelled);
    await until(
      "labels",
      () => Promise.resolve(platform.nodes.get(uid)?.some((node) => node.labels["role"] === "vmo") || undefined),
      { timeout: 5000 },
    );
    assert.deepEqual(await runningMachines(client, uid, "worker-pool"), before);

    const allocations = maas.log.filter((entry) => entry.startsWith("allocate w-")).length;
    const taints = [{ key: "vmo", value: "only", effect: "NoSchedule" }];
    await client.ok(204, "PUT", `${pools}/worker-pool`, pool("worker-pool", 3, { pool: { taints } }));
    await untilCluster("replacing starts", client, uid, (cluster) => !settled(cluster));
    await untilSettled("replaced");
    assert.equal(maas.log.filter((entry) => entry.startsWith("allocate w-")).length, allocations + 3);
    const workers = (platform.nodes.get(uid) ?? []).filter((node) => !node.controlPlane);
    assert.equal(workers.length, 3);
    assert.ok(workers.every((node) => node.taints.some((taint) => taint.key === "vmo")));
  });

  it("adds and deletes a pool", async () => {
    const second = pool("second", 1);
    assert.equal((await client.ok<{ uid: string }>(201, "POST", pools, second)).uid.length, 24);
    assert.equal((await client.refused(409, "POST", pools, second)).code, "MachinePoolAlreadyExists");
    await until(
      "the new pool runs",
      async () => (await runningMachines(client, uid, "second")).length === 1 || undefined,
      { timeout: 10_000 },
    );
    await client.ok(204, "DELETE", `${pools}/second`);
    await client.refused(404, "GET", `${pools}/second/machines`);
    await until("its machine is free", () => Promise.resolve(maas.named(6).length === 4 || undefined), {
      timeout: 10_000,
    });
    await client.refused(400, "DELETE", `${pools}/control-plane`);
  });

  it("replaces a machine that is deleted, and cordons one for maintenance", async () => {
    const { items } = await client.get<{ items: { metadata: { uid: string }; spec: { hostname: string } }[] }>(
      `${pools}/worker-pool/machines`,
    );
    const [first, second] = items;
    const maintenance = `${pools}/worker-pool/machines/${second?.metadata.uid}/maintenance`;
    await client.ok(204, "PUT", maintenance, { action: "cordon" });
    await until(
      "cordoned",
      async () => {
        const machine = await client.get<{ status: { maintenanceStatus: { state: string } } }>(
          `${pools}/worker-pool/machines/${second?.metadata.uid}`,
        );
        return machine.status.maintenanceStatus.state === "Completed" || undefined;
      },
      { timeout: 5000 },
    );
    await client.ok(204, "DELETE", `${pools}/worker-pool/machines/${first?.metadata.uid}`);
    await until("released", () => Promise.resolve(maas.log.includes(`release ${first?.spec.hostname}`) || undefined), {
      timeout: 10_000,
    });
    await untilWorkers(3);
  });

  describe("with a new version of its infrastructure profile", () => {
    let newer: string;

    beforeEach(async () => {
      const entity = await infraProfile(client, "1.1.0", "1.32.6");
      ({ uid: newer } = await client.ok<{ uid: string }>(
        201,
        "POST",
        "/v1/clusterprofiles/import?publish=true",
        entity,
      ));
    });

    const swap = (more: object = {}) => ({
      profiles: [
        { uid: newer, replaceWithProfile: site.infra, variables: [{ name: "token", value: "again" }], ...more },
      ],
      spcApplySettings: { actionType: "DownloadAndInstall" },
    });

    it("says beforehand that it needs a repave, and waits for the approval", async () => {
      const forecast = await client.ok<{ isRepaveRequired: boolean; reasons: { message: string }[] }>(
        200,
        "POST",
        `/v1/spectroclusters/${uid}/validate/repave`,
        swap(),
      );
      assert.equal(forecast.isRepaveRequired, true);
      assert.match(forecast.reasons[0]?.message ?? "", /1\.32\.4 to kubernetes 1\.32\.6/);
      await client.refused(404, "GET", `/v1/spectroclusters/${uid}/repave/status`);

      await client.ok(204, "PATCH", `/v1/spectroclusters/${uid}/profiles?resolveNotification=true`, swap());
      await untilCluster("repave is pending", client, uid, (cluster) => cluster.status?.repave?.state === "Pending");
      const deployments = maas.log.filter((entry) => entry.startsWith("deploy")).length;
      assert.equal(deployments, 4);

      await client.ok(204, "PATCH", `/v1/spectroclusters/${uid}/repave/approve`);
      await untilCluster("nodes are replaced", client, uid, (cluster) => !settled(cluster));
      const cluster = await untilSettled("all nodes are new", (each) =>
        (each.status?.packs ?? []).some((pack) => pack.version === "1.32.6" && pack.condition.status === "True"),
      );
      assert.equal(maas.log.filter((entry) => entry.startsWith("deploy")).length, 8);
      assert.equal(cluster.status?.repave?.state, "Approved");
      assert.deepEqual(
        cluster.spec.clusterProfileTemplates.map((profile) => profile.uid),
        [newer, site.core],
      );
      assert.equal(
        (await client.refused(400, "PATCH", `/v1/spectroclusters/${uid}/repave/approve`)).code,
        "RepaveNotPending",
      );
    });

    it("calls the repave off when the former version comes back", async () => {
      await client.ok(204, "PATCH", `/v1/spectroclusters/${uid}/profiles`, swap());
      await untilCluster("repave is pending", client, uid, (cluster) => cluster.status?.repave?.state === "Pending");
      await client.ok(204, "PATCH", `/v1/spectroclusters/${uid}/profiles`, {
        profiles: [{ uid: site.infra, replaceWithProfile: newer, variables: [{ name: "token", value: "again" }] }],
      });
      await untilCluster("called off", client, uid, (cluster) => cluster.status?.repave?.state === "Reverted");
    });

    it("downloads later when told so", async () => {
      await client.ok(204, "PATCH", `/v1/spectroclusters/${uid}/profiles`, {
        ...swap(),
        spcApplySettings: { actionType: "DownloadAndInstallLater" },
      });
      assert.equal((await readCluster(client, uid)).status?.spcApply.canBeApplied, false);
      await client.ok(202, "POST", `/v1/spectroclusters/${uid}/status/spcApply`);
      await untilCluster("applied", client, uid, (cluster) => cluster.status?.spcApply.canBeApplied === true);
    });

    it("is attached beside the old one without replaceWithProfile, and drops variables that are not sent", async () => {
      const missing = await client.refused(
        400,
        "PATCH",
        `/v1/spectroclusters/${uid}/profiles`,
        swap({ variables: [] }),
      );
      assert.match(missing.message, /'token' is required/);
      await client.ok(204, "PATCH", `/v1/spectroclusters/${uid}/profiles`, swap({ replaceWithProfile: undefined }));
      const names = (await readCluster(client, uid)).spec.clusterProfileTemplates.map((profile) => profile.name);
      assert.deepEqual(names, ["infra", "core", "infra"]);
    });
  });

  it("detaches what a PUT leaves out; a DELETE detaches add-ons only", async () => {
    await client.ok(204, "PUT", `/v1/spectroclusters/${uid}/profiles`, { profiles: [{ uid: site.infra }] });
    const names = (await readCluster(client, uid)).spec.clusterProfileTemplates.map((profile) => profile.name);
    assert.deepEqual(names, ["infra"]);
    const refusal = await client.refused(400, "DELETE", `/v1/spectroclusters/${uid}/profiles`, {
      profileUids: [site.infra],
    });
    assert.match(refusal.message, /no add-on/);
    const broken = await client.refused(400, "PUT", `/v1/spectroclusters/${uid}/profiles`, {
      profiles: [{ uid: site.core }],
    });
    assert.match(broken.message, /one profile of type cluster or infra/);
  });

  it("installs a layer again when a variable changes it, and masks sensitive values", async () => {
    const count = platform.installed.length;
    await client.ok(204, "PATCH", `/v1/spectroclusters/${uid}/variables`, [
      { profileUid: site.infra, variables: [{ name: "replicas", value: "3" }] },
    ]);
    await until("installed again", () => Promise.resolve(platform.installed[count]), { timeout: 5000 });
    assert.equal(platform.installed[count]?.name, "csi-portworx-generic");
    assert.match(platform.installed[count]?.values ?? "", /repl: '3'/);
    const variables = await client.get<{ variables: { name: string; value: string }[] }[]>(
      `/v1/spectroclusters/${uid}/variables`,
    );
    const value = (name: string) => variables[0]?.variables.find((variable) => variable.name === name)?.value;
    assert.deepEqual([value("replicas"), value("token"), value("podCidr")], ["3", "********", "100.64.0.0/18"]);
    const readOnly = await client.refused(400, "PATCH", `/v1/spectroclusters/${uid}/variables`, [
      { profileUid: site.infra, variables: [{ name: "podCidr", value: "10.0.0.0/16" }] },
    ]);
    assert.match(readOnly.message, /read-only/);
  });
});
