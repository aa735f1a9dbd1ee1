import assert from "node:assert/strict";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { clusterProfileKind } from "../../../providers/palette/cluster-profile";
import { lookUpPacks, type PacksLookUp } from "../../../providers/palette/look-ups/profile-packs";
import type { ProfileLayer } from "../../../providers/palette/profile-content";
import { coreArgs, infraArgs } from "./profile-args";
import { changePack, tenant } from "./tenant";

describe("packs of profiles that are to be imported (simulated Palette)", () => {
  const site = tenant();
  beforeEach(() => site.palette.reset());

  function look(args: PlainObject[], overrides: { apiKey?: string } = {}): Promise<PacksLookUp> {
    const { url, apiKey, projectName: project } = site.palette;
    const profiles = args.map(({ name, version, layers }) => ({
      name: name as string,
      version: version as string,
      layers: layers as unknown as ProfileLayer[],
      secretManifests: {},
      secretValues: {},
    }));
    return lookUpPacks({ url, apiKey, project, ...overrides }, profiles);
  }

  /** The core profile with another tag of MetalLB's pack. */
  function withTag(tag: string, version = "1.7.0"): PlainObject {
    const args = coreArgs(version);
    const [layer] = args["layers"] as unknown as ProfileLayer[];
    assert.ok(layer);
    layer.pack.tag = tag;
    return args;
  }

  it("finds all of those of the reference architecture", async () => {
    assert.deepEqual(await look([infraArgs(), coreArgs()]), { ok: true, problems: [] });
  });

  it("names profile, layer, and what its registry has instead", async () => {
    const found = await look([infraArgs(), withTag("9.9.9")]);
    assert.ok(found.ok);
    assert.equal(found.problems.length, 1);
    assert.match(
      found.problems[0] ?? "",
      /^profile VMO-RA-Core-PXKE 1\.7\.0, layer lb-metallb-helm: Registry "Public Repo" has no pack lb-metallb-helm with tag 9\.9\.9; it has: .*0\.15\.2/,
    );
  });

  it("asks for nothing of a version that Palette has", async () => {
    await site.command().up(clusterProfileKind, coreArgs());
    assert.deepEqual(await look([withTag("9.9.9")]), { ok: true, problems: [] });
    const next = await look([withTag("9.9.9", "1.8.0")]);
    assert.ok(next.ok && next.problems.length === 1);
  });

  it("finds moving tags by the version beside them, and both spellings of registry and tags", async () => {
    const [layer] = (coreArgs()["layers"] as unknown as ProfileLayer[]).filter(({ pack }) => pack.name === "nginx");
    assert.ok(layer);
    const moving = { ...coreArgs(), layers: [{ ...layer, pack: { ...layer.pack, tag: "1.12.x", version: "1.12.2" } }] };
    const other = { ...layer, pack: { ...layer.pack, tag: "1.12.x", registry: "Palette Registry" } };
    const packs = [moving, { ...coreArgs(), layers: [other] }] as unknown as PlainObject[];
    assert.deepEqual(await look(packs), { ok: true, problems: [] });
    site.palette.setHabit("vendor-registry", "palette-registry");
    site.palette.setHabit("os-tags", "plain");
    assert.deepEqual(await look([...packs, infraArgs()]), { ok: true, problems: [] });
    await site.command().up(clusterProfileKind, infraArgs());
  });

  it("finds no pack that is switched off, and says so", async () => {
    await changePack(site.palette, { name: "nginx", tag: "1.12.2", disabled: true });
    const found = await look([coreArgs()]);
    assert.ok(found.ok);
    assert.equal(found.problems.length, 1);
    assert.match(found.problems[0] ?? "", /has no pack nginx with tag 1\.12\.2; it has: .*switched off left out/);
  });

  it("names the registries that have a pack which the layer's registry lacks", async () => {
    const args = coreArgs();
    for (const { pack } of args["layers"] as unknown as ProfileLayer[]) pack.registry = "Helm Charts";
    const found = await look([args]);
    assert.ok(found.ok);
    assert.match(
      found.problems[0] ?? "",
      /Registry "Helm Charts" has no pack .*; it has: no such pack\. Other registries have it: "Public Repo" \(.+\); name one in palette\.registries\.layers/,
    );
  });

  it("starts from the values of the pack by its uid when the list of versions lacks them", async () => {
    const good = (await site.command().up(clusterProfileKind, coreArgs())).state["contentHash"];
    const values = await importedValues();
    await site.palette.reset();
    site.palette.faults.add({ kind: "no-pack-values" });
    const kept = await site.command().up(clusterProfileKind, coreArgs());
    assert.equal(kept.state["contentHash"], good);
    assert.deepEqual(await importedValues(), values);
  });

  it("fails before the import when Palette returns the values of a pack nowhere", async () => {
    site.palette.faults.add({ kind: "no-pack-values" });
    site.palette.faults.add({ kind: "no-values-by-uid" });
    await assert.rejects(site.command().up(clusterProfileKind, coreArgs()), /Palette returns no values of pack /);
    const { requests } = site.palette;
    assert.ok(!requests.entries.some(({ path }) => path.startsWith("/v1/clusterprofiles/import")));
  });

  /** The values of all layers of the one profile that was imported. */
  async function importedValues(): Promise<string[]> {
    const { items } = await site
      .byHand()
      .ok<{ items: { metadata: { uid: string } }[] }>(200, "POST", "/v1/dashboard/clusterprofiles", { filter: {} });
    const uid = items[0]?.metadata.uid ?? assert.fail("no profile");
    const profile = await site
      .byHand()
      .get<{ spec: { published: { packs: { values: string }[] } } }>(`/v1/clusterprofiles/${uid}`);
    return profile.spec.published.packs.map((pack) => pack.values);
  }

  it("says that it could not ask", async () => {
    const found = await look([coreArgs()], { apiKey: "wrong" });
    assert.ok(!found.ok && found.reason.includes("401"));
  });
});
