import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Palette } from "../../../components/palette/palette";
import { type MadeResource, mockEngine, valueOf } from "../../mock-engine";
import { datacenterWith } from "../../stacks/descriptions";
import { paletteArgsOf } from "../../stacks/palette-args-of";

describe("the Palette layer", () => {
  let made: MadeResource[];
  let layer: Palette;

  before(async () => {
    made = await mockEngine({ computed: { uid: "uid", kubeconfig: "apiVersion: v1", apiEndpoint: "api:6443" } });
    const datacenter = datacenterWith({ cluster: { approveRepave: true, osPatch: { schedule: "0 3 * * SUN" } } });
    const secrets = {
      maasApiKey: pulumi.secret("consumer:token:maas-secret"),
      flashArrayTokens: { flashArrayApiToken: "array-secret" },
      grafanaAdminPassword: "grafana-secret",
    };
    const args = paletteArgsOf(datacenter, secrets, (value) => pulumi.secret(value));
    layer = new Palette("palette", args, []);
    await valueOf(layer.kubeconfig);
    await valueOf(layer.provider.urn);
  });

  const one = (type: RegExp): MadeResource => {
    const found = made.filter((item) => type.test(item.type));
    assert.equal(found.length, 1, `${type} ${found.length}`);
    return found[0] as MadeResource;
  };

  it("makes an account, two profiles, a cluster, its kubeconfig and a Kubernetes provider", () => {
    assert.deepEqual(
      made.map(({ type, name }) => `${type.split(/[:/]/).at(-1)} ${name}`).sort(),
      [
        "Palette palette",
        "CloudAccount maas-dc1",
        "ClusterProfile VMO-RA-Core-PXKE",
        "ClusterProfile VMO-RA-Infra-MaaS-PureFlashArray",
        "Cluster cluster",
        "Kubeconfig dc1-kubeconfig",
        "Kubeconfig dc1-user-kubeconfig",
        "kubernetes dc1-kubernetes",
      ].sort(),
    );
  });

  it("attaches the profiles by name and version, the infra profile first, each with its variables", () => {
    const profiles = one(/:Cluster$/).inputs["profiles"] as { name: string; version: string; variables: object }[];
    assert.deepEqual(
      profiles.map(({ name, version }) => `${name} ${version}`),
      ["VMO-RA-Infra-MaaS-PureFlashArray 1.7.0", "VMO-RA-Core-PXKE 1.7.0"],
    );
    assert.deepEqual(profiles[0]?.variables, { maxStorageNodes: "5" });
  });

  it("passes on how the cluster is to be run", () => {
    const { approveRepave, osPatch, timeoutMinutes } = one(/:Cluster$/).inputs;
    assert.equal(approveRepave, true);
    assert.equal(timeoutMinutes, 180);
    assert.equal((osPatch as { schedule: string }).schedule, "0 3 * * SUN");
  });

  it("knows the Kubernetes provider by the cluster, not by its kubeconfig", () => {
    const { clusterIdentifier } = made.find(({ name }) => name === "dc1-kubernetes")?.inputs ?? {};
    assert.equal(clusterIdentifier, "id-of-cluster");
  });

  it("lets Kubernetes change the data of ConfigMaps and Secrets in place", () => {
    const { enableConfigMapMutable, enableSecretMutable } =
      made.find(({ name }) => name === "dc1-kubernetes")?.inputs ?? {};
    assert.deepEqual([enableConfigMapMutable, enableSecretMutable], ["true", "true"]);
  });

  it("takes the management network for the API server's addresses", () => {
    assert.deepEqual(one(/:CloudAccount$/).inputs["preferredSubnets"], ["172.16.0.0/22"]);
  });

  it("has secrets in secret inputs only", () => {
    for (const { name, inputs } of made)
      for (const [key, value] of Object.entries(inputs)) {
        const text = JSON.stringify(value) ?? "";
        const isSecret = /array-secret|grafana-secret|maas-secret/.test(text);
        const isMarked = text.includes("4dabf18193072939515e22adb298388d");
        assert.ok(
          !isSecret || isMarked || ["apiKey", "secretManifests", "secretVariables"].includes(key),
          `${name}.${key}`,
        );
      }
  });
});
