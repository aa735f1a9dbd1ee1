import assert from "node:assert/strict";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { clusterProfileKind as kind } from "../../../providers/palette/cluster-profile";
import { coreArgs, flashArrayToken, infraArgs } from "./profile-args";
import { type Kept, tenant } from "./tenant";

/** The parts of a profile that tests look at and change by hand. */
interface ProfileBody {
  metadata: { name: string; uid: string; annotations: Record<string, string>; labels: Record<string, string> | null };
  spec: {
    version: string;
    published: { type: string; packs: PackBody[] };
    draft: unknown;
  };
}
interface PackBody {
  name: string;
  type: string;
  layer: string;
  tag: string;
  packUid: string;
  registryUid: string;
  values: string;
  manifests: { name: string; uid: string }[] | null;
}
interface LayerInput {
  pack: { name: string; tag: string; registry: string | null };
  values: string;
  manifests: { name: string; content: string }[];
}

describe("cluster profile (simulated Palette)", () => {
  const site = tenant();

  beforeEach(() => site.palette.reset());

  const up = (args: PlainObject): Promise<Kept> => site.command().up(kind, args);
  const read = (uid: unknown): Promise<ProfileBody> => site.byHand().get(`/v1/clusterprofiles/${String(uid)}`);

  async function versions(): Promise<{ metadata: { name: string; uid: string }; spec: { version: string } }[]> {
    const { items } = await site.byHand().get<{ items: never[] | null }>("/v1/dashboard/clusterprofiles/metadata");
    return items ?? [];
  }

  /** Changes a published version as somebody at the console would. */
  async function changeByHand(uid: unknown, change: (packs: Record<string, unknown>[]) => void): Promise<void> {
    const client = site.byHand();
    const { metadata, spec } = await read(uid);
    const { spec: content } = await client.get<{
      spec: {
        packs: { metadata: { name: string }; spec: { manifests: { name: string; content: string }[] | null } }[];
      };
    }>(`/v1/clusterprofiles/${String(uid)}/packs/manifests`);
    const packs = spec.published.packs.map(({ name, type, layer, tag, packUid, registryUid, values }) => ({
      name,
      type,
      layer,
      tag,
      uid: packUid,
      registryUid,
      values,
      manifests: (content.packs.find((pack) => pack.metadata.name === name)?.spec.manifests ?? []).map((manifest) => ({
        name: manifest.name,
        content: manifest.content,
      })),
    }));
    change(packs);
    await client.ok(204, "PUT", `/v1/clusterprofiles/${String(uid)}`, {
      metadata: { name: metadata.name, annotations: metadata.annotations },
      spec: { version: spec.version, template: { type: spec.published.type, packs } },
    });
    await client.ok(204, "PATCH", `/v1/clusterprofiles/${String(uid)}/publish`);
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
      const profile = await read(kept.state["uid"]);
      assert.deepEqual(
        profile.spec.published.packs.map(({ name }) => name),
        (args["layers"] as unknown as LayerInput[]).map(({ pack }) => pack.name),
      );
      assert.equal(profile.metadata.labels?.["vmo-metal-datacenter"], "test");
    });
  }

  const drifts: [what: string, pattern: RegExp, change: (packs: Record<string, unknown>[]) => void][] = [
    [
      "a pack value",
      /allowVlansOnSelf|charts/,
      (packs) => {
        const pack = packs.find(({ name }) => name === "lb-metallb-helm");
        if (pack) pack["values"] = String(pack["values"]).replace("ignoreExcludeLB: true", "ignoreExcludeLB: false");
      },
    ],
    [
      "a pack's tag",
      /0\.14\.9|tag/,
      (packs) => {
        const pack = packs.find(({ name }) => name === "prometheus-operator");
        if (pack) pack["values"] = `${String(pack["values"])}\nadded: byHand\n`;
      },
    ],
    [
      "a manifest's content",
      /./,
      (packs) => {
        const pack = packs.find(({ name }) => name === "prometheus-operator");
        const manifests = pack?.["manifests"] as { name: string; content: string }[];
        for (const manifest of manifests) manifest.content += "\n# changed by hand\n";
      },
    ],
    ["a layer taken out", /./, (packs) => packs.splice(1, 1)],
    ["the order of layers", /./, (packs) => packs.reverse()],
  ];
  for (const [what, , change] of drifts) {
    it(`shows ${what} that was changed by hand, and heals it under the same version`, async () => {
      const args = coreArgs();
      const kept = await up(args);
      await changeByHand(kept.state["uid"], change);
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
    const { metadata } = await read(uid);
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
    assert.equal((await read(uid)).metadata.labels?.["vmo-metal-datacenter"], "test", "its marker is kept");
  });

  it("shows a secret manifest that was changed by hand without showing either content in the diff", async () => {
    const args = infraArgs();
    const kept = await up(args);
    await changeByHand(kept.state["uid"], (packs) => {
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
    const prints = JSON.stringify([kept.state["secretFingerprints"], kept.state["layers"]]);
    assert.ok(!prints.includes(flashArrayToken));
  });

  async function movePack(name: string, tag: string, values: string | undefined): Promise<void> {
    const { url, adminToken } = site.palette;
    const headers = { authorization: `Bearer ${adminToken}` };
    const body = JSON.stringify({ name, tag, ...(values === undefined ? {} : { values }) });
    const answer = await fetch(`${url}/lab/packs`, { method: "PUT", headers, body });
    assert.equal(answer.status < 300, true, await answer.text());
  }

  it("shows a tag that stands for another pack now, and makes the version of that pack", async () => {
    const args = coreArgs();
    const kept = await up(args);
    const [record] = kept.state["packs"] as { name: string; packUid: string }[];
    assert.equal(record?.name, "lb-metallb-helm");
    const { spec } = await read(kept.state["uid"]);
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

  it("is not taken over without being told, and is left as it was by a destroy", async () => {
    const foreign = await site.command({ name: "other" }).up(kind, coreArgs());
    await assert.rejects(
      up(coreArgs()),
      /"VMO-RA-Core-PXKE" 1\.7\.0 exists.*belongs to datacenter "other".*adopt: true/s,
    );
    const adopted = await up({ ...coreArgs(), adopt: true });
    assert.equal(adopted.state["origin"], "adopted");
    assert.equal(adopted.state["uid"], foreign.state["uid"]);
    await site.command().destroy(kind, adopted);
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
