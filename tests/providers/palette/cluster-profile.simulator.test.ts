import assert from "node:assert/strict";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { clusterProfileKind as kind } from "../../../providers/palette/cluster-profile";
import { coreArgs, infraArgs } from "./profile-args";
import { type LayerInput, readProfile } from "./profile-by-hand";
import { type Kept, tenant } from "./tenant";

describe("cluster profile (simulated Palette)", () => {
  const site = tenant();

  beforeEach(() => site.palette.reset());

  const up = (args: PlainObject): Promise<Kept> => site.command().up(kind, args);

  async function versions(): Promise<{ metadata: { name: string; uid: string }; spec: { version: string } }[]> {
    const { items } = await site.byHand().get<{ items: never[] | null }>("/v1/dashboard/clusterprofiles/metadata");
    return items ?? [];
  }

  for (const [title, args] of [
    ["infra", infraArgs()],
    ["core", coreArgs()],
  ] as const) {
    it(`imports the ${title} profile whole, and it stays as it was made`, async () => {
      const kept = await up(args);
      const seen = await site.command().refresh(kind, kept);
      assert.ok(seen);
      assert.deepEqual(seen.state, kept.state);
      assert.equal((await site.command().diff(kind, seen, args)).changes, false);
      const profile = await readProfile(site.byHand(), kept.state["uid"]);
      assert.deepEqual(
        profile.spec.published.packs.map(({ name }) => name),
        (args["layers"] as unknown as LayerInput[]).map(({ pack }) => pack.name),
      );
      assert.equal(profile.metadata.labels?.["vmo-metal-datacenter"], "test");
    });
  }

  it("is not taken over when its content differs", async () => {
    const other = coreArgs();
    const [layer] = other["layers"] as unknown as LayerInput[];
    if (layer) layer.values = layer.values.replace("ignoreExcludeLB: true", "ignoreExcludeLB: false");
    await site.command({ name: "other" }).up(kind, other);
    await assert.rejects(
      up({ ...coreArgs(), adopt: true }),
      /has another content.*never changed.*metallb\.speaker\.ignoreExcludeLB: false -> true/s,
    );
  });

  it("refuses changed content without a new version, and says what changed", async () => {
    const args = coreArgs();
    const kept = await up(args);
    const changed = coreArgs();
    const [layer] = changed["layers"] as unknown as LayerInput[];
    if (layer) layer.values = layer.values.replace("ignoreExcludeLB: true", "ignoreExcludeLB: false");
    await assert.rejects(
      site.command().diff(kind, kept, changed),
      /content changed but the version is still 1\.7\.0.*raise the version.*lb-metallb-helm: charts\.metallb-full\.metallb\.speaker\.ignoreExcludeLB: true -> false/s,
    );
  });

  it("makes a new version beside the old one, and deletes both with the resource", async () => {
    const kept = await up(coreArgs());
    const next = coreArgs("1.8.0");
    const [layer] = next["layers"] as unknown as LayerInput[];
    if (layer) layer.values = layer.values.replace("ignoreExcludeLB: true", "ignoreExcludeLB: false");
    assert.deepEqual((await site.command().diff(kind, kept, next)).replaces, []);
    const updated = await site.command().update(kind, kept, next);
    assert.notEqual(updated.state["uid"], kept.state["uid"]);
    assert.deepEqual((await versions()).map(({ spec }) => spec.version).sort(), ["1.7.0", "1.8.0"]);
    const seen = await site.command().refresh(kind, updated);
    assert.ok(seen);
    assert.equal((await site.command().diff(kind, seen, next)).changes, false);
    await site.command().destroy(kind, seen);
    assert.deepEqual(await versions(), []);
    await site.command().destroy(kind, seen);
    assert.equal(await site.command().refresh(kind, seen), undefined);
  });

  it("is found by its marker when the run that made it was killed before it was recorded", async () => {
    const first = await up(infraArgs());
    const again = await up(infraArgs());
    assert.equal(again.state["uid"], first.state["uid"]);
    assert.equal(again.state["origin"], "created");
    assert.equal((await versions()).length, 1);
  });

  for (const fault of ["bad-gateway-after-work", "reset-after-work"] as const) {
    it(`is not doubled when the answer of its import is lost (${fault})`, async () => {
      site.palette.faults.add({ kind: fault, verb: "POST", path: "/v1/clusterprofiles/import", times: 1 });
      const kept = await up(coreArgs());
      assert.equal((await versions()).length, 1);
      const seen = await site.command().refresh(kind, kept);
      assert.ok(seen);
      assert.equal((await site.command().diff(kind, seen, coreArgs())).changes, false);
    });
  }

  it("of another datacenter is referenced when its content is equal, and stays when the second stack is destroyed", async () => {
    const foreign = await site.command({ name: "other" }).up(kind, coreArgs());
    const referenced = await up(coreArgs());
    assert.equal(referenced.state["origin"], "referenced");
    assert.equal(referenced.state["uid"], foreign.state["uid"]);
    const seen = await site.command().refresh(kind, referenced);
    assert.ok(seen);
    assert.equal((await site.command().diff(kind, seen, coreArgs())).changes, false);
    await site.command().destroy(kind, referenced);
    assert.equal((await versions()).length, 1);
  });

  it("of another datacenter is refused when its content differs, also with adopt: true", async () => {
    await site.command({ name: "other" }).up(kind, coreArgs());
    const args = coreArgs();
    const [layer] = args["layers"] as { values: string }[];
    if (layer !== undefined) layer.values = `${layer.values}\nnamespace: elsewhere\n`;
    const refusal =
      /"VMO-RA-Core-PXKE" 1\.7\.0 exists in Palette already, belongs to datacenter "other" and has another content/;
    await assert.rejects(up(args), refusal);
    await assert.rejects(up({ ...args, adopt: true }), refusal);
    assert.equal((await versions()).length, 1);
  });

  it("names a pack, a tag, a registry and a preset that do not exist", async () => {
    const withLayer = (change: (layer: LayerInput & { presets: string[] }) => void): PlainObject => {
      const args = coreArgs();
      const [layer] = args["layers"] as unknown as (LayerInput & { presets: string[] })[];
      if (layer) change(layer);
      return args;
    };
    await assert.rejects(
      up(withLayer(({ pack }) => (pack.tag = "9.9.9"))),
      /no pack lb-metallb-helm with tag 9\.9\.9; it has: .*0\.15\.2/,
    );
    await assert.rejects(up(withLayer(({ pack }) => (pack.name = "no-such-pack"))), /no pack no-such-pack/);
    await assert.rejects(
      up(withLayer(({ pack }) => (pack.registry = "Nowhere"))),
      /no registry "Nowhere"; it has: Public Repo/,
    );
    await assert.rejects(
      up(withLayer((layer) => (layer.presets = ["Mode:none"]))),
      /Layer lb-metallb-helm 0\.15\.2: the pack has no preset "Mode:none"/,
    );
    assert.deepEqual(await versions(), []);
  });

  it("refuses a masked default in preview", async () => {
    const args = coreArgs();
    const variables = args["variables"] as { defaultValue: string | null }[];
    const [first] = variables;
    if (first) first.defaultValue = "********";
    await assert.rejects(site.command().checked(kind, {}, args), /masked \(asterisks\); give the real value/);
  });

  it("treats null lists as empty ones", async () => {
    site.palette.faults.add({ kind: "null-lists" });
    const kept = await up(infraArgs());
    const seen = await site.command().refresh(kind, kept);
    assert.ok(seen);
    assert.equal((await site.command().diff(kind, seen, infraArgs())).changes, false);
    site.palette.exchanges?.clear();
  });
});
