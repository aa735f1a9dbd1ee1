import assert from "node:assert/strict";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { LabDatacenter, project } from "./support/lab-datacenter";
import { ended, refused, well } from "./support/outcomes";
import { PaletteByHand } from "./support/palette-by-hand";
import { counts } from "./support/resources";

/** Exit code of the engine when changes were found where none were expected. */
const foundDrift = 7;

/** A layer of an attached profile, as far as the tests look at it. */
interface Layer {
  name: string;
  values: string;
}

describe("cluster profiles with the alternatives of the reference architecture and exported ones, on the engine", function () {
  this.timeout(600_000);
  const datacenter = new LabDatacenter();
  const palette = new PaletteByHand(datacenter);
  const backup = join(datacenter.folder, "backup.json");

  before(async () => {
    await datacenter.lab("start");
    copyFileSync(join(project, "tests/providers/palette/exports/vmo-addon.json"), backup);
    await datacenter.describe((description) => {
      Object.assign(description, { storage: { provider: "rook-ceph" }, virtualization: { delivery: "none" } });
      Object.assign(description["cluster"] ?? {}, {
        workers: [{ size: 5, updateStrategy: "RollingUpdateScaleIn" }],
        access: "direct",
        bgp: { localAsn: 64512, peerAsn: 64513, peerAddress: "10.20.30.1" },
        imageIngress: true,
        identityProvider: { issuerUrl: "https://login.example.test", clientId: "vmo" },
        profileFiles: [{ file: backup, variables: { note: "from the export" } }],
      });
    });
  });
  after(() => datacenter.remove());

  /** The layers that the cluster runs, by pack, with what else its profile has. */
  async function layers(): Promise<Map<string, unknown>> {
    const { spec } = await palette.cluster();
    const attached = spec.clusterProfileTemplates as unknown as { packs: Layer[] }[];
    return new Map(attached.flatMap(({ packs }) => packs.map(({ name, values }) => [name, parse(values) as unknown])));
  }

  /** A member of a layer's values. */
  function at(values: unknown, ...keys: string[]): unknown {
    return keys.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], values);
  }

  it("bring the cluster up, each choice in its layer", async () => {
    well(await datacenter.up());
    assert.deepEqual(await palette.profiles(), [
      "VMO-RA-Infra-MaaS-RookCeph 1.7.0",
      "VMO-RA-Core-PXKE 1.7.0",
      "VMO-Addon-Of-Ours 2.1.0",
    ]);
    const found = await layers();
    assert.ok(found.has("csi-rook-ceph-helm") && !found.has("csi-portworx-generic"));
    const oidc = at(found.get("kubernetes"), "kubeadmconfig", "apiServer", "extraArgs", "oidc-issuer-url");
    assert.equal(oidc, "https://login.example.test");
    const metallb = at(found.get("lb-metallb-helm"), "charts", "metallb-full", "configuration");
    assert.equal(at(metallb, "bgppeers", "router", "spec", "peerASN"), 64513);
    assert.equal(at(metallb, "l2advertisements"), undefined);
    const vmo = at(found.get("virtual-machine-orchestrator"), "charts", "virtual-machine-orchestrator");
    assert.equal(at(vmo, "service", "type"), "LoadBalancer");
    assert.equal(at(vmo, "cdi", "ingress", "enabled"), true);
    assert.equal(await palette.variable("VMO-Addon-Of-Ours", "note"), "from the export");
  });

  it("are as described afterwards", async () => {
    assert.deepEqual(Object.keys(counts(well(await datacenter.drift()).output)), ["unchanged"]);
  });

  it("show a layer that was changed on the cluster itself, and get it back", async () => {
    const { metadata, spec } = await palette.cluster();
    const core = spec.clusterProfileTemplates[1] as unknown as { uid: string; packs: Layer[] };
    const nginx = core.packs.find(({ name }) => name === "nginx");
    const values = nginx?.values.replace("enable-ssl-passthrough: true", "enable-ssl-passthrough: false");
    assert.notEqual(values, nginx?.values);
    await palette.call("PATCH", `/v1/spectroclusters/${metadata.uid}/profiles`, {
      profiles: [{ uid: core.uid, packValues: [{ name: "nginx", values }] }],
    });
    const drift = ended(await datacenter.drift("--diff"), foundDrift);
    assert.match(drift.output, /VMO-RA-Core-PXKE\/nginx/);
    assert.match(drift.output, /extraArgs\.enable-ssl-passthrough is false, in the profile true/);
    assert.deepEqual(counts(drift.output)["to update"], 1, drift.output);
    well(await datacenter.up("--refresh", "--run-program"));
    well(await datacenter.drift());
  });

  it("refuse a changed export under the same version, and two bases of one cluster, before anything is touched", async () => {
    const text = readFileSync(backup, "utf8");
    writeFileSync(backup, text.replace("retention: 7", "retention: 30"));
    refused(await datacenter.up(), /VMO-Addon-Of-Ours.*version is still 2\.1\.0/s, /retention: 7 -> 30/);
    const bases = ["one", "two"].map((name) => {
      const file = join(datacenter.folder, `${name}.json`);
      writeFileSync(file, text.replace("VMO-Addon-Of-Ours", name).replace('"add-on"', '"infra"'));
      return { file };
    });
    await datacenter.describe((description) => Object.assign(description["cluster"] ?? {}, { profileFiles: bases }));
    refused(await datacenter.up(), /cluster\.profileFiles: a cluster has exactly one profile of type infra or cluster/);
  });
});
