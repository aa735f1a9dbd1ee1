import assert from "node:assert/strict";
import { parse } from "yaml";
import type { PaletteSimulator } from "../../../lab/palette";
import { clusterBody, pool, prepareSite } from "./support/cluster";
import { MaasStandIn } from "./support/maas-stand-in";
import type { PaletteClient } from "./support/palette-client";
import { addOnProfile, infraProfile, packOf, publicRegistry } from "./support/profiles";
import { startTestPalette } from "./support/start";

interface Profile {
  metadata: { name: string; labels: Record<string, string> | null; annotations: Record<string, string> };
  spec: {
    version: string;
    versions: { version: string }[];
    draft: Template | null;
    published: Template | null;
  };
  status: { isPublished: boolean; inUseClusters: { name: string }[] | null };
}
interface Template {
  packs: {
    name: string;
    tag: string;
    version: string;
    packUid: string;
    values: string;
    manifests: { uid: string; name: string }[] | null;
  }[];
}

describe("cluster profiles of the Palette simulator", () => {
  let simulator: PaletteSimulator;
  let client: PaletteClient;

  beforeEach(async () => {
    ({ simulator, client } = await startTestPalette());
  });
  afterEach(() => simulator.close());

  const importProfile = async (entity: unknown, publish = true): Promise<string> =>
    (await client.ok<{ uid: string }>(201, "POST", `/v1/clusterprofiles/import?publish=${publish}`, entity)).uid;
  const read = (uid: string) => client.get<Profile>(`/v1/clusterprofiles/${uid}`);

  it("imports JSON, a JSON file and a YAML file, and exports what can be imported again", async () => {
    const uid = await importProfile(await infraProfile(client));
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
      const profile = await read(file.uid);
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
      (await read(uid)).spec.versions.map((each) => each.version),
      ["1.0.0", "2.0.0", "3.0.0"],
    );
    const form = new FormData();
    form.append("file", new Blob(["{}"]), "profile.json");
    const wrongPart = await client.refused(400, "POST", "/v1/clusterprofiles/import/file", form);
    assert.match(wrongPart.message, /importFile/);
  });

  it("refuses a name and version that exist, and tells whether a pair is free", async () => {
    const entity = await addOnProfile(client);
    await importProfile(entity);
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
    const uid = await importProfile({ ...entity, spec: { ...entity.spec, variables: [secret] } });
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

  it("edits a draft that clusters see only after it was published; manifests without content become empty", async () => {
    const uid = await importProfile(await addOnProfile(client), false);
    assert.equal((await read(uid)).spec.published, null);
    await client.ok(204, "PATCH", `/v1/clusterprofiles/${uid}/publish`);
    const before = await read(uid);
    assert.equal(before.spec.draft, null);
    const manifest = before.spec.published?.packs[0]?.manifests?.[0];
    const path = `/v1/clusterprofiles/${uid}/packs/vmo-extras/manifests`;
    type Manifest = { spec: { published: { content: string } | null; draft: { content: string } | null } };
    assert.equal((await client.get<Manifest>(`${path}/${manifest?.uid}`)).spec.published?.content, "kind: ConfigMap\n");

    const packs = (before.spec.published?.packs ?? []).map((pack) => ({ ...pack, uid: pack.packUid }));
    await client.ok(204, "PUT", `/v1/clusterprofiles/${uid}`, {
      metadata: { name: "core" },
      spec: { version: "1.0.1", template: { type: "add-on", packs } },
    });
    const edited = await read(uid);
    assert.equal(edited.spec.version, "1.0.1", "another version renames this one");
    assert.ok(edited.spec.draft);
    const content = await client.get<Manifest>(`${path}/${manifest?.uid}`);
    assert.deepEqual([content.spec.draft?.content, content.spec.published?.content], ["", "kind: ConfigMap\n"]);
    await client.ok(204, "PUT", `${path}/${manifest?.uid}`, { name: "extra", content: "kind: Secret\n" });
    await client.ok(204, "PATCH", `/v1/clusterprofiles/${uid}/publish`);
    assert.equal((await client.get<Manifest>(`${path}/${manifest?.uid}`)).spec.published?.content, "kind: Secret\n");
  });

  it("creates with pack uids, adds, changes and removes layers", async () => {
    const { uid: packUid, values } = await packOf(client, "nginx", "1.12.2");
    const create = (pack: object) => ({
      metadata: { name: "made", annotations: { description: "by hand" } },
      spec: { version: "1.0.0", template: { type: "add-on", cloudType: "all", packs: [pack] } },
    });
    const nginx = { name: "nginx", uid: packUid, layer: "addon", tag: "1.12.2", type: "spectro", values };
    const missing = await client.refused(400, "POST", "/v1/clusterprofiles", create({ ...nginx, uid: "" }));
    assert.equal(missing.message, "Parameter 'pack nginx uid' should not be empty");
    const { uid } = await client.ok<{ uid: string }>(201, "POST", "/v1/clusterprofiles?publish=true", create(nginx));
    const manifests = {
      name: "extras",
      uid: "spectro-manifest-pack",
      type: "manifest",
      layer: "addon",
      manifests: [{ name: "a", content: "kind: A" }],
    };
    await client.ok(201, "POST", `/v1/clusterprofiles/${uid}/packs`, { pack: manifests });
    await client.ok(204, "PUT", `/v1/clusterprofiles/${uid}/packs/nginx`, {
      pack: { ...nginx, values: values.replace("replicaCount: 1", "replicaCount: 2") },
    });
    const { items } = await client.get<{ items: { spec: { name: string; values: string } }[] }>(
      `/v1/clusterprofiles/${uid}/packs`,
    );
    assert.deepEqual(
      items.map((item) => item.spec.name),
      ["nginx", "extras"],
    );
    assert.match(items[0]?.spec.values ?? "", /replicaCount: 2/);
    await client.ok(204, "DELETE", `/v1/clusterprofiles/${uid}/packs/extras`);
    await client.refused(400, "DELETE", `/v1/clusterprofiles/${uid}/packs/nginx`);
  });

  it("clones into a new version, changes metadata, lists and searches", async () => {
    const uid = await importProfile(await addOnProfile(client));
    const clone = {
      metadata: { name: "core", version: "2.0.0", target: { scope: "project", projectUid: simulator.projectUid } },
    };
    const { uid: cloned } = await client.ok<{ uid: string }>(201, "POST", `/v1/clusterprofiles/${uid}/clone`, clone);
    assert.equal(
      (await client.refused(409, "POST", `/v1/clusterprofiles/${uid}/clone`, clone)).code,
      "ClusterProfileAlreadyExists",
    );
    await client.ok(204, "PATCH", `/v1/clusterprofiles/${cloned}/metadata`, {
      metadata: { name: "core", labels: { team: "vmo" }, annotations: { description: "copied" } },
    });
    const profile = await read(cloned);
    assert.deepEqual(
      [profile.metadata.labels, profile.metadata.annotations["description"]],
      [{ team: "vmo" }, "copied"],
    );
    type Search = { items: { metadata: { name: string }; specSummary: { version: string } }[] };
    const found = await client.ok<Search>(200, "POST", "/v1/dashboard/clusterprofiles", {
      filter: { profileName: { eq: "core" }, version: { gt: "1.0.0" }, profileType: ["add-on"] },
    });
    assert.deepEqual(
      found.items.map((item) => item.specSummary.version),
      ["2.0.0"],
    );
    const { items } = await client.get<{ items: { spec: { version: string } }[] }>(
      "/v1/dashboard/clusterprofiles/metadata",
    );
    assert.deepEqual(
      items.map((item) => item.spec.version),
      ["1.0.0", "2.0.0"],
    );
  });

  it("keeps a profile that a cluster uses, tells the cluster of changes, and refuses drafts", async () => {
    const maas = await MaasStandIn.start();
    const site = await prepareSite(client, maas);
    const draft = await importProfile(await addOnProfile(client, "5.0.0"), false);
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
      (await read(site.core)).status.inUseClusters?.map((cluster) => cluster.name),
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
    const profile = await read(await importProfile(entity));
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
