import assert from "node:assert/strict";
import type { PaletteSimulator } from "../../../lab/palette";
import { until } from "../../../lab/until";
import {
  clusterBody,
  pool,
  prepareSite,
  readCluster,
  runningMachines,
  settled,
  type Site,
  untilCluster,
  untilHealthy,
} from "./support/cluster";
import type { MaasStandIn } from "./support/maas-stand-in";
import type { PaletteClient } from "./support/palette-client";
import { addOnProfile, infraProfile } from "./support/profiles";
import { startTestSite } from "./support/start";

const ZERO_TIME = "0001-01-01T00:00:00.000Z";

interface Profile {
  metadata: { name: string };
  spec: {
    version: string;
    template: { packs: { name: string; type: string; tag: string; registry?: { metadata: object } }[] };
  };
}

/** Sequences of requests as the vendor's Terraform provider sends them (`palette-peer-requests.ndjson` and its published behaviour). */
describe("the vendor's Terraform provider on the Palette simulator", function () {
  this.timeout(60_000);
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

  const importFile = async (profile: object): Promise<string> => {
    const form = new FormData();
    form.append("importFile", new Blob([JSON.stringify(profile)]), "profile.json");
    const path = "/v1/clusterprofiles/import/file?format=json&publish=true";
    return (await client.ok<{ uid: string }>(201, "POST", path, form)).uid;
  };

  it("finds packs with filters by name, version and registry", async () => {
    const found = async (filters: string): Promise<{ name: string; version: string; registryUid: string }[]> => {
      const path = `/v1/packs?filters=${encodeURIComponent(filters)}`;
      const { items } = await client.get<{
        items: { spec: { name: string; version: string; registryUid: string } }[] | null;
      }>(path);
      return (items ?? []).map(({ spec }) => spec);
    };
    const kubernetes = await found("spec.name=kubernetes");
    assert.ok(kubernetes.length > 1);
    assert.ok(kubernetes.every(({ name }) => name === "kubernetes"));
    const [{ version = "", registryUid = "" } = {}] = kubernetes;
    const exact = await found(`spec.name=kubernetesANDspec.version=${version}ANDspec.registryUid=${registryUid}`);
    assert.deepEqual(
      exact.map((pack) => pack.version),
      [version],
    );
    assert.deepEqual(await found(`spec.name=kubernetesANDspec.registryUid=${"0".repeat(24)}`), []);
    assert.deepEqual(await found("metadata.name=unknown"), []);
    const either = await found("metadata.name=nginxORmetadata.name=lb-metallb-helm");
    assert.deepEqual([...new Set(either.map(({ name }) => name))].sort(), ["lb-metallb-helm", "nginx"]);
  });

  it("imports a profile whose registry has another uid, name and kind here, with tags in the other spelling", async () => {
    const profile = (await infraProfile(client, "2.0.0")) as unknown as Profile;
    for (const pack of profile.spec.template.packs) {
      if (pack.registry === undefined) continue;
      pack.registry = { metadata: { uid: "5e2031962f090e2d3d8a3290", name: "Palette Registry", kind: "oci" } };
      pack.type = "oci";
      if (pack.name === "ubuntu-maas") pack.tag = "22.04";
    }
    const uid = await importFile(profile);
    const { spec } = await client.get<{ spec: { published: { packs: { name: string; type: string }[] } } }>(
      `/v1/clusterprofiles/${uid}`,
    );
    assert.equal(spec.published.packs.find(({ name }) => name === "ubuntu-maas")?.type, "spectro");
  });

  for (const habits of ["default", "other"] as const)
    it(`creates, plans nothing, scales, attaches, swaps, upgrades, imports and destroys a cluster (${habits} habits)`, async () => {
      if (habits === "other")
        for (const { name, values } of simulator.habits()) {
          // Tags are the profile's matter, and this profile was imported already.
          if (name !== "os-tags") simulator.setHabit(name, values[1] ?? "");
        }
      const body = clusterBody(site, [pool("control-plane", 1), pool("worker-pool", 2)], "terraform");
      const create = { ...body, spec: { ...body.spec, profiles: [body.spec.profiles[0]] } };
      const { uid } = await client.ok<{ uid: string }>(201, "POST", "/v1/spectroclusters/maas", create);
      const root = `/v1/spectroclusters/${uid}`;
      await untilCluster("a status", client, uid, ({ status }) => status !== null);
      await untilCluster("running", client, uid, ({ status }) => status?.state === "Running");
      await untilHealthy(client, uid);

      // Everything that a plan reads, and that the plan compares.
      const query = "?includeNonSpectroLabels=false&resolvePackValues=false";
      const read = await client.get<{
        spec: {
          cloudConfigRef: { uid: string };
          clusterConfig: { machineManagementConfig: { osPatchConfig: Record<string, unknown> } };
        };
        status: { repave: object | null };
      }>(`${root}${query}`);
      assert.deepEqual(read.status.repave, {}, "an object before any repave");
      assert.deepEqual(read.spec.clusterConfig.machineManagementConfig.osPatchConfig, {
        patchOnBoot: false,
        rebootIfRequired: false,
        onDemandPatchAfter: ZERO_TIME,
      });
      for (const asset of ["kubeconfigclient", "adminKubeconfig"])
        assert.match(await client.get<string>(`${root}/assets/${asset}`), /kind: Config/);
      for (const feature of ["features/backup", "features/complianceScan"]) {
        const { spec } = await client.get<{ spec: { config: unknown } }>(`${root}/${feature}`);
        assert.equal(spec.config, null, feature);
      }
      for (const config of ["config/rbacs", "config/namespaces"])
        assert.deepEqual(await client.get(`${root}/${config}`), { items: null }, config);
      const cloudConfig = `/v1/cloudconfigs/maas/${read.spec.cloudConfigRef.uid}`;
      const pools = async () =>
        (await client.get<{ spec: { machinePoolConfig: Record<string, unknown>[] } }>(cloudConfig)).spec
          .machinePoolConfig;
      const sent = create.spec.machinepoolconfig as unknown as ReturnType<typeof pool>[];
      for (const { poolConfig, cloudConfig: machine } of sent) {
        const seen = (await pools()).find(({ name }) => name === poolConfig.name);
        assert.equal(seen?.["size"], poolConfig.size);
        assert.deepEqual(seen["labels"], poolConfig.labels);
        assert.deepEqual(seen["azs"], machine.azs);
        assert.deepEqual(seen["instanceType"], machine.instanceType);
        assert.deepEqual(seen["updateStrategy"], poolConfig.updateStrategy);
      }

      await client.ok(204, "PUT", `${cloudConfig}/machinePools/worker-pool`, pool("worker-pool", 3));
      await until(
        "three workers",
        async () => (await runningMachines(client, uid, "worker-pool")).length === 3 || undefined,
        { timeout: 20_000 },
      );

      const patch = (path: string, profiles: object[], resolve: boolean) =>
        client.ok(204, "PATCH", `${root}/${path}?resolveNotification=${resolve}`, {
          profiles,
          spcApplySettings: { actionType: "DownloadAndInstall" },
        });
      const applied = () =>
        untilCluster("changes applied", client, uid, ({ status }) => status?.spcApply.canBeApplied === true);
      const attached = async (): Promise<string[]> =>
        (await readCluster(client, uid)).spec.clusterProfileTemplates.map((profile) => profile.uid);
      await patch("profiles", [{ uid: site.core, packValues: [] }], false);
      await applied();
      assert.deepEqual(await attached(), [site.infra, site.core]);

      // An add-on's version is swapped by detaching it first, and naming it as what is replaced all the same.
      const core = await importFile({ ...(await addOnProfile(client, "2.0.0")) });
      await client.ok(204, "DELETE", `${root}/profiles`, { profileUids: [site.core] });
      await patch("profiles", [{ uid: core, packValues: [], replaceWithProfile: site.core }], true);
      await applied();
      assert.deepEqual(await attached(), [site.infra, core]);
      await client.refused(404, "PATCH", `${root}/profiles`, {
        profiles: [{ uid: core, packValues: [], replaceWithProfile: "0".repeat(24) }],
      });

      const infra = await importFile(await infraProfile(client, "3.0.0", "1.32.6"));
      const variables = [{ name: "token", value: "flash-array-token" }];
      await patch("profiles", [{ uid: infra, packValues: [], replaceWithProfile: site.infra, variables }], true);
      await untilCluster("a repave", client, uid, ({ status }) => status?.repave?.state === "Pending");
      const repave = await client.get<{ spec: { reasons: unknown[] } }>(`${root}/repave/status`);
      assert.ok(repave.spec.reasons.length > 0);
      await client.ok(204, "PATCH", `${root}/repave/approve`);
      await untilCluster("upgraded", client, uid, (cluster) => {
        const kubernetes = cluster.status?.packs?.find(({ name }) => name === "kubernetes");
        const isAdded = cluster.status?.conditions?.find(({ type }) => type === "WorkerNodeAdditionDone");
        return (
          kubernetes?.version === "1.32.6" && isAdded?.status === "True" && cluster.status?.repave?.state === "Approved"
        );
      });
      if (habits === "default") await untilCluster("settled", client, uid, settled);

      // An import reads a cluster by its uid; the name is looked up in the dashboard.
      assert.equal((await client.get<{ metadata: { name: string } }>(root)).metadata.name, "terraform");
      await client.ok(204, "DELETE", root);
      await untilCluster("deleted", client, uid, ({ status }) => status?.state === "Deleted");
    });
});
