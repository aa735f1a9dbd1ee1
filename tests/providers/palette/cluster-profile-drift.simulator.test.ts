import assert from "node:assert/strict";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { clusterProfileKind as kind } from "../../../providers/palette/cluster-profile";
import { coreArgs, flashArrayToken, infraArgs } from "./profile-args";
import { changeProfileByHand, type LayerInput, readProfile } from "./profile-by-hand";
import { changePack, type Kept, tenant } from "./tenant";

describe("drift of a cluster profile (simulated Palette)", () => {
  const site = tenant();

  beforeEach(() => site.palette.reset());

  const up = (args: PlainObject): Promise<Kept> => site.command().up(kind, args);

  /** Lets a registry's tag stand for another pack, or for none. */
  async function movePack(name: string, tag: string, values: string | undefined): Promise<void> {
    await changePack(site.palette, { name, tag, ...(values === undefined ? {} : { values }) });
  }

  const drifts: [what: string, change: (packs: Record<string, unknown>[]) => void][] = [
    [
      "a pack value",
      (packs) => {
        const pack = packs.find(({ name }) => name === "lb-metallb-helm");
        if (pack) pack["values"] = String(pack["values"]).replace("ignoreExcludeLB: true", "ignoreExcludeLB: false");
      },
    ],
    [
      "a value that is added to a pack",
      (packs) => {
        const pack = packs.find(({ name }) => name === "prometheus-operator");
        if (pack) pack["values"] = `${String(pack["values"])}\nadded: byHand\n`;
      },
    ],
    [
      "a manifest's content",
      (packs) => {
        const pack = packs.find(({ name }) => name === "prometheus-operator");
        const manifests = pack?.["manifests"] as { name: string; content: string }[];
        for (const manifest of manifests) manifest.content += "\n# changed by hand\n";
      },
    ],
    ["a layer taken out", (packs) => packs.splice(1, 1)],
    ["the order of layers", (packs) => packs.reverse()],
  ];
  for (const [what, change] of drifts) {
    it(`shows ${what} that was changed by hand, and heals it under the same version`, async () => {
      const args = coreArgs();
      const kept = await up(args);
      await changeProfileByHand(site.byHand(), kept.state["uid"], change);
      const seen = await site.command().refresh(kind, kept);
      assert.ok(seen);
      assert.notDeepEqual(seen.state["layers"], kept.state["layers"]);
      assert.equal((await site.command().diff(kind, seen, args)).changes, true);
      const healed = await site.command().update(kind, seen, args);
      const after = await site.command().refresh(kind, healed);
      assert.ok(after);
      assert.deepEqual(after.state["layers"], kept.state["layers"]);
      assert.equal(after.state["uid"], kept.state["uid"]);
      assert.equal((await site.command().diff(kind, after, args)).changes, false);
    });
  }

  it("names existing manifests by their uids when it puts content back, as a Palette that requires them demands", async () => {
    const args = coreArgs();
    const kept = await up(args);
    const before = await readProfile(site.byHand(), kept.state["uid"]);
    await changeProfileByHand(site.byHand(), kept.state["uid"], (packs) => {
      for (const pack of packs)
        for (const manifest of pack["manifests"] as { content: string }[]) manifest.content += "\n# changed by hand\n";
    });
    site.palette.setHabit("manifest-uids", "required");
    const seen = await site.command().refresh(kind, kept);
    assert.ok(seen);
    await site.command().update(kind, seen, args);
    const uids = ({ spec }: typeof before): unknown =>
      spec.published.packs.map(({ manifests }) => manifests?.map(({ uid }) => uid));
    assert.deepEqual(uids(await readProfile(site.byHand(), kept.state["uid"] as string)), uids(before));
    site.palette.setHabit("manifest-uids", "optional");
  });

  it("shows a changed description, name, and variables, and heals them", async () => {
    const args = coreArgs();
    const kept = await up(args);
    const uid = kept.state["uid"] as string;
    const client = site.byHand();
    const { variables } = await client.get<{ variables: { name: string; defaultValue?: string }[] }>(
      `/v1/clusterprofiles/${uid}/variables`,
    );
    await client.ok(204, "PUT", `/v1/clusterprofiles/${uid}/variables`, {
      variables: variables.map((item) =>
        item.name === "virtualMachineVlans" ? { ...item, defaultValue: "5-9" } : item,
      ),
    });
    const { metadata } = await readProfile(site.byHand(), uid);
    await client.ok(204, "PATCH", `/v1/clusterprofiles/${uid}/metadata`, {
      metadata: { name: metadata.name, labels: metadata.labels, annotations: { description: "changed by hand" } },
      spec: { version: "1.7.0" },
    });
    const seen = await site.command().refresh(kind, kept);
    assert.ok(seen);
    assert.equal(seen.state["description"], "changed by hand");
    assert.notDeepEqual(seen.state["variables"], kept.state["variables"]);
    assert.equal((await site.command().diff(kind, seen, args)).changes, true);
    const healed = await site.command().update(kind, seen, args);
    const after = await site.command().refresh(kind, healed);
    assert.ok(after);
    assert.equal((await site.command().diff(kind, after, args)).changes, false);
    assert.equal(
      (await readProfile(site.byHand(), uid)).metadata.labels?.["vmo-metal-datacenter"],
      "test",
      "its marker is kept",
    );
  });

  it("shows a secret manifest that was changed by hand without showing either content in the diff", async () => {
    const args = infraArgs();
    const kept = await up(args);
    await changeProfileByHand(site.byHand(), kept.state["uid"], (packs) => {
      for (const pack of packs)
        for (const manifest of pack["manifests"] as { content: string }[]) manifest.content = "kind: Secret\n";
    });
    const seen = await site.command().refresh(kind, kept);
    assert.ok(seen);
    assert.equal((await site.command().diff(kind, seen, args)).changes, true);
    assert.deepEqual(seen.state["layers"], kept.state["layers"], "only the secret one differs");
    const healed = await site.command().update(kind, seen, args);
    const after = await site.command().refresh(kind, healed);
    assert.ok(after);
    assert.equal((await site.command().diff(kind, after, args)).changes, false);
    assert.ok(!JSON.stringify(kept.state["layers"]).includes(flashArrayToken));
  });

  it("shows a tag that stands for another pack now, and makes the version of that pack", async () => {
    const args = coreArgs();
    const kept = await up(args);
    const [record] = kept.state["packs"] as { name: string; packUid: string }[];
    assert.equal(record?.name, "lb-metallb-helm");
    const { spec } = await readProfile(site.byHand(), kept.state["uid"]);
    const former = spec.published.packs[0]?.values ?? "";
    await movePack("lb-metallb-helm", "0.15.2", `${former}\nmoved: true\n`);
    const seen = await site.command().refresh(kind, kept);
    assert.ok(seen);
    const [layer] = seen.state["layers"] as unknown as LayerInput[];
    assert.match(
      layer?.pack.tag ?? "",
      new RegExp(`^0\\.15\\.2 \\(made of pack ${record?.packUid ?? ""}, the registry now has`),
    );
    assert.equal((await site.command().diff(kind, seen, args)).changes, true);
    const healed = await site.command().update(kind, seen, args);
    const after = await site.command().refresh(kind, healed);
    assert.ok(after);
    assert.equal((await site.command().diff(kind, after, args)).changes, false);
  });

  it("can still be read when a pack was taken out of its registry", async () => {
    const args = coreArgs();
    const kept = await up(args);
    await movePack("lb-metallb-helm", "0.15.2", undefined);
    const seen = await site.command().refresh(kind, kept);
    assert.ok(seen);
    assert.equal((await site.command().diff(kind, seen, args)).changes, false);
  });
});
