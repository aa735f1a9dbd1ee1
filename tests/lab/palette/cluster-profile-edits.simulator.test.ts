import assert from "node:assert/strict";
import type { PaletteSimulator } from "../../../lab/palette";
import type { PaletteClient } from "./support/palette-client";
import { addOnProfile, packOf } from "./support/profiles";
import { importProfile, readProfile } from "./support/profile-calls";
import { startTestPalette } from "./support/start";

describe("changes of cluster profiles in the Palette simulator", () => {
  let simulator: PaletteSimulator;
  let client: PaletteClient;

  beforeEach(async () => {
    ({ simulator, client } = await startTestPalette());
  });
  afterEach(() => simulator.close());

  it("edits a draft that clusters see only after it was published; manifests without content become empty", async () => {
    const uid = await importProfile(client, await addOnProfile(client), false);
    assert.equal((await readProfile(client, uid)).spec.published, null);
    await client.ok(204, "PATCH", `/v1/clusterprofiles/${uid}/publish`);
    const before = await readProfile(client, uid);
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
    const edited = await readProfile(client, uid);
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
    const uid = await importProfile(client, await addOnProfile(client));
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
    const profile = await readProfile(client, cloned);
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
});
