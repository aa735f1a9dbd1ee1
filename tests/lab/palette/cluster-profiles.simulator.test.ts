import assert from "node:assert/strict";
import { parse } from "yaml";
import type { PaletteSimulator } from "../../../lab/palette";
import { clusterBody, pool, prepareSite } from "./support/cluster";
import { MaasStandIn } from "./support/maas-stand-in";
import type { PaletteClient } from "./support/palette-client";
import { addOnProfile, infraProfile, packOf, publicRegistry } from "./support/profiles";
import { importProfile, readProfile } from "./support/profile-calls";
import { startTestPalette } from "./support/start";

describe("cluster profiles of the Palette simulator", () => {
  let simulator: PaletteSimulator;
  let client: PaletteClient;

  beforeEach(async () => {
    ({ simulator, client } = await startTestPalette());
  });
  afterEach(() => simulator.close());

  it("imports JSON, a JSON file and a YAML file, and exports what can be imported again", async () => {
    const uid = await importProfile(client, await infraProfile(client));
    for (const format of ["json", "yaml"]) {
      const exported = await client.send("GET", `/v1/clusterprofiles/${uid}/export?format=${format}`);
      assert.match(exported.headers.get("content-disposition") ?? "", new RegExp(`filename="infra\\.${format}"`));
      const entity = parse(typeof exported.body === "string" ? exported.body : JSON.stringify(exported.body)) as {
        spec: { version: string };
      };
      entity.spec.version = format === "json" ? "2.0.0" : "3.0.0";
      const form = new FormData();
      form.append("importFile", new Blob([JSON.stringify(entity)]), "profile.json");
      const file = await client.ok<{ uid: string }>(
        201,
        "POST",
        `/v1/clusterprofiles/import/file?publish=true&format=${format}`,
        form,
      );
      const profile = await readProfile(client, file.uid);
      assert.equal(profile.status.isPublished, true);
      assert.equal(profile.metadata.annotations["description"], "infrastructure");
      assert.deepEqual(
        profile.spec.published?.packs.map((pack) => [pack.name, pack.version]),
        [
          ["ubuntu-maas", "22.04"],
          ["kubernetes", "1.32.4"],
          ["cni-cilium-oss", "1.17.4"],
          ["csi-portworx-generic", "3.3.1"],
        ],
      );
    }
    assert.deepEqual(
      (await readProfile(client, uid)).spec.versions.map((each) => each.version),
      ["1.0.0", "2.0.0", "3.0.0"],
    );
    const form = new FormData();
    form.append("file", new Blob(["{}"]), "profile.json");
    const wrongPart = await client.refused(400, "POST", "/v1/clusterprofiles/import/file", form);
    assert.match(wrongPart.message, /importFile/);
  });

  it("refuses a name and version that exist, and tells whether a pair is free", async () => {
    const entity = await addOnProfile(client);
    await importProfile(client, entity);
    const refusal = await client.refused(409, "POST", "/v1/clusterprofiles/import?publish=true", entity);
    assert.equal(refusal.code, "ClusterProfileAlreadyExists");
    await client.refused(409, "GET", "/v1/clusterprofiles/validate/name?name=core&version=1.0.0");
    await client.ok(204, "GET", "/v1/clusterprofiles/validate/name?name=core&version=1.0.1");
    await client.refused(400, "GET", "/v1/clusterprofiles/validate/name?name=core&version=one");
  });

  it("refuses imports that the registry cannot serve, and lists registries that could", async () => {
    const registry = await publicRegistry(client);
    const refusedWith = async (change: (pack: Record<string, unknown>) => void, status: number, message: RegExp) => {
      const entity = await addOnProfile(client);
      change(entity.spec.template.packs[1] as unknown as Record<string, unknown>);
      assert.match((await client.refused(status, "POST", "/v1/clusterprofiles/import", entity)).message, message);
    };
    await refusedWith(
      (pack) => (pack["tag"] = "9.9.9"),
      404,
      /lb-metallb-helm' with tag '9\.9\.9' in registry 'Public Repo'/,
    );
    await refusedWith(
      (pack) => (pack["registry"] = { metadata: { uid: "0123456789abcdef01234567", name: "Elsewhere" } }),
      404,
      /Elsewhere/,
    );
    await refusedWith(
      (pack) => (pack["type"] = "oci"),
      400,
      /PackType 'oci' is not matching with registry type 'pack'/,
    );
    await refusedWith(
      (pack) => (pack["values"] = "charts:\n  metallb-full:\n    configuration: {}\n"),
      400,
      /Parameter 'pack\.namespace' value is required/,
    );
    await refusedWith(
      (pack) => (pack["values"] = String(pack["values"]).replace("192.168.10.0/24", "'{{.spectro.var.missing}}'")),
      400,
      /macro '\{\{\.spectro\.var\.missing\}\}' is not defined/,
    );
    await refusedWith((pack) => (pack["layer"] = "cni"), 400, /is of layer 'addon'/);
    const validated = await client.ok<{
      spec: { template: { packs: { name: string; registry: { matchingRegistries: { uid: string }[] } }[] } };
    }>(200, "POST", "/v1/clusterprofiles/import/validate", await addOnProfile(client));
    assert.deepEqual(
      validated.spec.template.packs.map((pack) => pack.registry.matchingRegistries.map((each) => each.uid)),
      [[], [registry]],
    );
  });

  it("keeps rules of variables and masks sensitive ones", async () => {
    const refusedWith = async (variable: object, message: RegExp) => {
      const entity = await addOnProfile(client);
      const body = { ...entity, spec: { ...entity.spec, variables: [{ name: "one" }, variable] } };
      assert.match((await client.refused(400, "POST", "/v1/clusterprofiles/import", body)).message, message);
    };
    await refusedWith({ name: "x", defaultValue: "*******" }, /default value should not be masked/);
    await refusedWith({ name: "one" }, /defined twice/);
    await refusedWith({ name: "x", displayName: "one" }, /display name/);
    await refusedWith({ name: "x", immutable: true }, /read-only and needs a default/);
    await refusedWith({ name: "x", hidden: true, required: true }, /hidden and required/);
    await refusedWith({ name: "x", format: "number", defaultValue: "many" }, /not of format number/);
    await refusedWith({ name: "x", format: "ipv4cidr", defaultValue: "10.0.0.0/40" }, /not of format ipv4cidr/);
    await refusedWith(
      { name: "x", inputType: "dropdown", defaultValue: "c", options: [{ value: "a" }] },
      /not one of its options/,
    );
    await refusedWith({ name: "x", regex: "^[0-9]+$", defaultValue: "a" }, /does not match/);

    const entity = await addOnProfile(client);
    const secret = { name: "password", isSensitive: true, defaultValue: "very-secret" };
    const uid = await importProfile(client, { ...entity, spec: { ...entity.spec, variables: [secret] } });
    const path = `/v1/clusterprofiles/${uid}/variables`;
    const { variables } = await client.get<{ variables: { defaultValue: string }[] }>(path);
    assert.equal(variables[0]?.defaultValue, "********");
    const exported = JSON.stringify(await client.get(`/v1/clusterprofiles/${uid}/export?format=json`));
    assert.ok(!exported.includes("very-secret"));
    await client.ok(204, "PUT", path, { variables });
    await client.ok(204, "PATCH", path, { variables: [{ name: "more", defaultValue: "1" }] });
    await client.ok(204, "DELETE", path, { variables: ["more"] });
    assert.ok(!JSON.stringify(simulator.dump()).includes("very-secret"));
  });

  it("keeps a profile that a cluster uses, tells the cluster of changes, and refuses drafts", async () => {
    const maas = await MaasStandIn.start();
    const site = await prepareSite(client, maas);
    const draft = await importProfile(client, await addOnProfile(client, "5.0.0"), false);
    const body = clusterBody(site, [pool("control-plane", 1)]);
    body.spec.profiles.push({ uid: draft });
    assert.equal(
      (await client.refused(400, "POST", "/v1/spectroclusters/maas", body)).code,
      "ClusterProfileNotPublished",
    );
    body.spec.profiles.pop();
    const { uid } = await client.ok<{ uid: string }>(201, "POST", "/v1/spectroclusters/maas", body);
    const refusal = await client.refused(409, "DELETE", `/v1/clusterprofiles/${site.core}`);
    assert.match(refusal.message, /'core' version '1\.0\.0' is used by cluster 'vmo'/);
    assert.deepEqual(
      (await readProfile(client, site.core)).status.inUseClusters?.map((cluster) => cluster.name),
      ["vmo"],
    );

    const manifests = `/v1/clusterprofiles/${site.core}/packs/vmo-extras/manifests`;
    await client.ok(201, "POST", manifests, { name: "late", content: "kind: Late" });
    await client.ok(204, "PATCH", `/v1/clusterprofiles/${site.core}/publish`);
    const updates = await client.get<{ profiles: { uid: string }[] }>(`/v1/spectroclusters/${uid}/profileUpdates`);
    assert.deepEqual(
      updates.profiles.map((profile) => profile.uid),
      [site.core],
    );
    const notices = () =>
      client
        .get<{ items: unknown[] }>(`/v1/notifications/spectrocluster/${uid}?isDone=false`)
        .then(({ items }) => items.length);
    assert.equal(await notices(), 1);
    await client.ok(204, "PATCH", `/v1/spectroclusters/${uid}/packRefs`, { profiles: [{ uid: site.core }] });
    assert.equal(await notices(), 0);
    assert.equal((await client.get<{ profiles: null }>(`/v1/spectroclusters/${uid}/profileUpdates`)).profiles, null);
    await maas.close();
  });

  it("moves packs and tags as a registry does", async () => {
    const admin = (body: object) =>
      fetch(`${simulator.url}/lab/packs`, {
        method: "PUT",
        headers: { authorization: `Bearer ${simulator.adminToken}` },
        body: JSON.stringify(body),
      });
    const before = await packOf(client, "nginx", "1.12.2");
    await admin({ name: "nginx", tag: "1.12.2", values: `${before.values}# moved\n` });
    const after = await packOf(client, "nginx", "1.12.2");
    assert.notEqual(after.uid, before.uid);
    await client.get(`/v1/packs/${before.uid}`);
    await admin({ name: "nginx", tag: "1.12.2" });
    await client.refused(404, "GET", `/v1/packs/nginx/registries/${await publicRegistry(client)}`);
    const entity = await infraProfile(client, "1.0.0", "1.32.4");
    const kubernetes = entity.spec.template.packs[1];
    assert.ok(kubernetes);
    kubernetes.tag = "1.32.x";
    const profile = await readProfile(client, await importProfile(client, entity));
    assert.deepEqual(
      [profile.spec.published?.packs[1]?.tag, profile.spec.published?.packs[1]?.version],
      ["1.32.x", "1.32.6"],
    );
    const search = await client.ok<{ items: { spec: { registries: { latestVersion: string }[] } }[] }>(
      200,
      "POST",
      "/v1/packs/search",
      {
        filter: { name: { eq: "kubernetes" } },
      },
    );
    assert.equal(search.items[0]?.spec.registries[0]?.latestVersion, "1.33.2");
  });
});
