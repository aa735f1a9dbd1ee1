import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PaletteSimulator } from "../../../lab/palette";
import { until } from "../../../lab/until";
import { clusterBody, pool, prepareSite, readCluster, untilHealthy } from "./support/cluster";
import type { MaasStandIn } from "./support/maas-stand-in";
import type { PaletteClient } from "./support/palette-client";
import { infraProfile, packOf } from "./support/profiles";
import { startTestPalette, startTestSite } from "./support/start";

describe("the Palette simulator under its habits", () => {
  let maas: MaasStandIn;
  let stop: () => Promise<void>;
  let simulator: PaletteSimulator;
  let client: PaletteClient;

  beforeEach(async () => {
    ({ maas, simulator, client, stop } = await startTestSite());
  });

  afterEach(() => stop());

  async function runningCluster(): Promise<string> {
    const site = await prepareSite(client, maas);
    const body = clusterBody(site, [pool("control-plane", 1), pool("worker-pool", 2)]);
    const { uid } = await client.ok<{ uid: string }>(201, "POST", "/v1/spectroclusters/maas", body);
    await untilHealthy(client, uid);
    return uid;
  }

  it("shows an unchanged cluster with canBeApplied false, and conditions that stay False", async () => {
    const uid = await runningCluster();
    assert.equal((await readCluster(client, uid)).status?.spcApply.canBeApplied, true);
    simulator.setHabit("can-be-applied", "false");
    simulator.setHabit("extra-conditions", "false");
    const { status } = await readCluster(client, uid);
    assert.equal(status?.spcApply.canBeApplied, false);
    const open = status.conditions?.filter((condition) => condition.status === "False").map(({ type }) => type);
    assert.deepEqual(open, ["ImagePullSecretPropagationDone", "NodeTelemetryDone"]);
    assert.equal(status.state, "Running");
  });

  it("lists released machines as Deleted only where the habit keeps them", async () => {
    const uid = await runningCluster();
    const pools = `/v1/cloudconfigs/maas/${(await readCluster(client, uid)).spec.cloudConfigRef.uid}/machinePools`;
    const states = async () => {
      const { items } = await client.get<{ items: { status: { instanceState: string } }[] }>(
        `${pools}/worker-pool/machines`,
      );
      return items.map((item) => item.status.instanceState);
    };
    await client.ok(204, "PUT", `${pools}/worker-pool`, pool("worker-pool", 1));
    await until("one worker", async () => (await states()).length === 1 || undefined, { timeout: 20_000 });
    simulator.setHabit("deleted-machines", "kept");
    assert.deepEqual(await states(), ["Running", "Deleted"]);
  });

  it("spells the tags of Ubuntu without LTS__ and still finds the pack by its version", async () => {
    simulator.setHabit("os-tags", "plain");
    const found = await packOf(client, "ubuntu-maas", "22.04");
    assert.notEqual(found.uid, "");
    assert.equal((await packOf(client, "ubuntu-maas", "LTS__22.04")).uid, "");
    const profile = await infraProfile(client);
    profile.spec.template.packs[0] = { ...profile.spec.template.packs[0], tag: "22.04", values: found.values } as never;
    await client.ok(201, "POST", "/v1/clusterprofiles/import?publish=true", profile);
  });

  it("refuses an update of a manifest that does not name its uid where uids are required", async () => {
    const { infra } = await prepareSite(client, maas);
    simulator.setHabit("manifest-uids", "required");
    const path = `/v1/clusterprofiles/${infra}`;
    interface Pack {
      name: string;
      packUid: string;
      tag: string;
      layer: string;
      type: string;
      values: string;
      manifests: { name: string; uid: string }[] | null;
    }
    const read = await client.get<{ spec: { version: string; published: { packs: Pack[] } } }>(path);
    const update = (withUid: boolean) => ({
      metadata: { name: "infra" },
      spec: {
        version: read.spec.version,
        template: {
          type: "infra",
          packs: read.spec.published.packs.map(({ packUid, manifests, ...pack }) => ({
            ...pack,
            uid: packUid,
            manifests: (manifests ?? []).map(({ name, uid }) => ({
              name,
              content: "kind: Secret\n",
              ...(withUid ? { uid } : {}),
            })),
          })),
        },
      },
    });
    const refusal = await client.refused(400, "PUT", path, update(false));
    assert.match(
      refusal.message,
      /Manifest 'px-pure-secret' of pack 'csi-portworx-generic' exists: its uid is required/,
    );
    await client.ok(204, "PUT", path, update(true));
  });

  it("keeps habits over a restart, and a reset brings the defaults back", async () => {
    const folder = mkdtempSync(join(tmpdir(), "palette-"));
    const options = { stateFile: join(folder, "state.json"), apiKey: "key" };
    const value = (of: PaletteSimulator) => of.habits().find(({ name }) => name === "os-tags")?.value;
    const { simulator: first } = await startTestPalette(options);
    first.setHabit("os-tags", "plain");
    await first.close();
    const { simulator: second } = await startTestPalette(options);
    assert.equal(value(second), "plain");
    await second.reset();
    assert.equal(value(second), "lts");
    await second.close();
    rmSync(folder, { recursive: true });
  });
});
