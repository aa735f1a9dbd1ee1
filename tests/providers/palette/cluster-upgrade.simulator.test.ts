import assert from "node:assert/strict";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { clusterProfileKind } from "../../../providers/palette/cluster-profile";
import { clusterKind } from "../../../providers/palette/cluster/cluster-kind";
import type { NodeSettings } from "../../../providers/palette/cluster/node-replacement";
import { type ForecastProfile, lookUpRepave } from "../../../providers/palette/look-ups/repave-forecast";
import { clusterArgs, maasByHand, poolArgs, prepareMaas, prepareTenant } from "./cluster-site";
import { coreArgs, infraArgs } from "./profile-args";
import { type Kept, tenant, unfinished } from "./tenant";

const kind = clusterKind();

describe("upgrade of a cluster (simulated Palette and MAAS)", function () {
  this.timeout(60_000);
  const site = tenant();
  let made: { infra: Kept; core: Kept };
  let kept: Kept;

  beforeEach(async () => {
    await site.palette.reset();
    await prepareMaas(site.maas);
    made = await prepareTenant(site);
    kept = await site.command().up(kind, clusterArgs());
  });

  /** The cluster's inputs with other versions of its profiles. */
  function versions(infra: string, core: string, changes: PlainObject = {}): PlainObject {
    const args = clusterArgs(changes);
    const profiles = args["profiles"] as { version: string }[];
    for (const [index, version] of [infra, core].entries()) profiles[index]!.version = version;
    return args;
  }

  /** The infra profile with a change that is part of every node. */
  function changedNodes(version: string): PlainObject {
    const args = infraArgs(version);
    const layer = (args["layers"] as { pack: { name: string }; values: string }[]).find(
      ({ pack }) => pack.name === "ubuntu-maas",
    );
    if (layer) layer.values = layer.values.replace("net.core.somaxconn = 4096", "net.core.somaxconn = 8192");
    return args;
  }

  /** The infra profile with another version of Kubernetes. */
  function nextKubernetes(): PlainObject {
    const args = infraArgs("1.8.0");
    for (const { pack } of args["layers"] as unknown as { pack: { name: string; tag: string } }[])
      if (pack.name === "kubernetes") pack.tag = "1.32.6";
    return args;
  }

  /** The worker pool as somebody at Palette's API sets it, so that a repave leaves its nodes out. */
  const workersThatSkipUpgrades = {
    cloudConfig: {
      azs: ["az1", "az2", "az3"],
      instanceType: { minCPU: 16, minMemInMB: 24576, minDiskSizeInGB: 60 },
      resourcePool: "worker-pool",
    },
    poolConfig: { name: "worker-pool", size: 5, labels: ["worker"], skipK8sUpgrade: "enabled" },
  };

  async function agentNames(): Promise<Map<string, string>> {
    const client = maasByHand(site.maas);
    const machines = await client.machines.list(0);
    client.close();
    return new Map(machines.map(({ hostname, status_name }) => [hostname, status_name]));
  }

  async function machineUids(): Promise<string[]> {
    const config = kept.state["configUid"] as string;
    const answers = await Promise.all(
      ["control-plane", "worker-pool"].map((pool) =>
        site
          .byHand()
          .get<{ items: { metadata: { uid: string } }[] }>(
            `/v1/cloudconfigs/maas/${config}/machinePools/${pool}/machines`,
          ),
      ),
    );
    return answers.flatMap(({ items }) => items.map(({ metadata }) => metadata.uid));
  }

  it("swaps an add-on's version with its variables and waits until it is installed; no node is touched", async () => {
    const next = coreArgs("1.8.0");
    const [metallb] = next["layers"] as { values: string }[];
    if (metallb) metallb.values = metallb.values.replace("ignoreExcludeLB: true", "ignoreExcludeLB: false");
    await site.command().update(clusterProfileKind, made.core, next);
    const before = await machineUids();
    const args = versions("1.7.0", "1.8.0");
    const changed = await site.command().update(kind, kept, args);
    const installed = site.platform.installed.findLast(({ name }) => name === "lb-metallb-helm");
    assert.match(installed?.values ?? "", /ignoreExcludeLB: false/, "installed before the update ended");
    assert.match(installed?.values ?? "", /10\.20\.30\.50-10\.20\.30\.99/, "with the variables");
    const seen = await site.command().refresh(kind, changed);
    assert.ok(seen);
    assert.equal((await site.command().diff(kind, seen, args)).changes, false);
    assert.deepEqual(await machineUids(), before);
  });

  it("stops at a repave that nobody approved, says why, and goes on when it is approved: every node is replaced", async () => {
    await site.command().update(clusterProfileKind, made.infra, changedNodes("1.8.0"));
    const before = await machineUids();
    const args = versions("1.8.0", "1.7.0");
    const failure = await unfinished(site.command().update(kind, kept, args));
    assert.match(failure.message, /waits for approval of a repave.*kubeadmconfig.*approveRepave: true/s);
    assert.deepEqual(await machineUids(), before, "nothing moves without approval");
    const waiting = { id: failure.id, state: failure.properties };
    assert.equal(waiting.state["repave"], "pending");
    const seen = await site.command().refresh(kind, waiting);
    assert.equal(seen?.state["repave"], "pending");

    const address = { url: site.palette.url, apiKey: site.palette.apiKey, project: site.palette.projectName };
    const profiles = [infraArgs("1.8.0"), coreArgs()].map((profile) => ({
      ...(profile as unknown as ForecastProfile),
      variables: {},
      secretManifests: {},
      secretValues: {},
    }));
    const settings = args as unknown as NodeSettings;
    const forecast = await lookUpRepave(address, { name: "vmo", profiles, ...settings });
    assert.ok(forecast.ok && forecast.replaces === "cluster", "a repave that waits is told too");

    const approved = { ...args, approveRepave: true };
    assert.equal((await site.command().diff(kind, waiting, approved)).changes, true);
    const done = await site.command().update(kind, waiting, approved);
    const after = await machineUids();
    assert.equal(after.length, 8);
    assert.deepEqual(
      after.filter((uid) => before.includes(uid)),
      [],
      "every node of every pool was replaced",
    );
    const still = await site.command().refresh(kind, done);
    assert.ok(still);
    assert.equal(still.state["repave"], "none");
    assert.equal((await site.command().diff(kind, still, approved)).changes, false);
    assert.equal([...(await agentNames()).values()].filter((status) => status === "Deployed").length, 8);
  });

  it("repaves in one go when it is approved beforehand", async () => {
    await site.command().update(clusterProfileKind, made.infra, changedNodes("1.8.0"));
    const before = await machineUids();
    await site.command().update(kind, kept, versions("1.8.0", "1.7.0", { approveRepave: true }));
    assert.deepEqual(
      (await machineUids()).filter((uid) => before.includes(uid)),
      [],
    );
  });

  const replacing: [what: string, changes: PlainObject][] = [
    [
      "a pool's zones",
      { pools: [poolArgs("control-plane", 3), poolArgs("worker-pool", 5, { zones: ["az1", "az2"] })] },
    ],
    ["SSH keys", { sshKeys: [] }],
  ];
  for (const [what, changes] of replacing) {
    it(`replaces nodes for ${what} only when that is approved, and sends nothing before`, async () => {
      const writes = (): number => site.palette.requests.entries.filter(({ method }) => method !== "GET").length;
      const before = { writes: writes(), machines: await machineUids() };
      await assert.rejects(
        site.command().update(kind, kept, clusterArgs({ ...changes, labels: { team: "night" } })),
        /this change replaces nodes.*machine pool "worker-pool" changes in (zones|sshKeys).*approveRepave: true/s,
      );
      assert.deepEqual({ writes: writes(), machines: await machineUids() }, before);
      const approved = clusterArgs({ ...changes, approveRepave: true });
      await site.command().update(kind, kept, approved);
      const staying = (await machineUids()).filter((uid) => before.machines.includes(uid));
      assert.equal(staying.length, "sshKeys" in changes ? 0 : 3, "the other pool's nodes stay");
    });
  }

  it("changes size, labels and the way nodes are replaced in place, without approval", async () => {
    const before = await machineUids();
    const changes = { labels: { rack: "a" }, updateStrategy: "RollingUpdateScaleIn", nodeRepaveInterval: 60 };
    const pools = [poolArgs("control-plane", 3), poolArgs("worker-pool", 6, changes)];
    await site.command().update(kind, kept, clusterArgs({ pools }));
    assert.deepEqual((await machineUids()).slice(0, 8), before);
  });

  describe("with MAAS known", () => {
    const knowing = clusterKind(() => ({
      diagnose: (pools) => {
        asked.push(...pools.map(({ pool, missing }) => `${pool.name} ${missing}`));
        return Promise.resolve(spare ? [] : ["machine pool needs 1 more machine."]);
      },
      inUse: () => Promise.resolve([]),
    }));
    const asked: string[] = [];
    let spare = true;

    it("begins no replacement that adds a node first without a spare machine", async () => {
      spare = false;
      await site.command().update(clusterProfileKind, made.infra, changedNodes("1.8.0"));
      const before = await machineUids();
      const failure = await unfinished(
        site.command().update(knowing, kept, versions("1.8.0", "1.7.0", { approveRepave: true })),
      );
      assert.match(failure.message, /the repave is not begun: .*adding one first, which needs a spare machine/s);
      assert.deepEqual(await machineUids(), before);
      const pools = [poolArgs("control-plane", 3), poolArgs("worker-pool", 5, { zones: ["az1"] })];
      await assert.rejects(
        site.command().update(knowing, kept, clusterArgs({ pools, approveRepave: true })),
        /needs a spare machine.*Nothing was sent/s,
      );
      const waiting = { id: failure.id, state: failure.properties };
      spare = true;
      const done = await site.command().update(knowing, waiting, versions("1.8.0", "1.7.0", { approveRepave: true }));
      assert.deepEqual(done.state["replacing"], []);
      assert.deepEqual(
        (await machineUids()).filter((uid) => before.includes(uid)),
        [],
      );
    });

    it("needs no spare machine where a node is removed first", async () => {
      spare = false;
      asked.length = 0;
      const scaleIn = { updateStrategy: "RollingUpdateScaleIn" };
      const pools = [poolArgs("control-plane", 3), poolArgs("worker-pool", 5, { ...scaleIn, zones: ["az1", "az2"] })];
      await site.command().update(knowing, kept, clusterArgs({ pools, approveRepave: true }));
      assert.ok(!asked.includes("worker-pool 1"), asked.join());
    });
  });

  it("is seen through by a run after one that was killed before it recorded which nodes are replaced", async () => {
    const pool = `/v1/cloudconfigs/maas/${kept.state["configUid"] as string}/machinePools/worker-pool`;
    await site.byHand().ok(204, "PUT", pool, workersThatSkipUpgrades);
    await site.command().update(clusterProfileKind, made.infra, nextKubernetes());
    const before = await machineUids();
    const args = versions("1.8.0", "1.7.0", { approveRepave: true });
    const leftOut = /ended the repave, but nodes of before are left: 5 in machine pool "worker-pool"/;
    await assert.rejects(site.command().update(kind, kept, args), leftOut);
    // What that run knew is lost when it is killed: the state is the one of before it.
    await assert.rejects(site.command().update(kind, kept, args), leftOut);
    const left = (await machineUids()).filter((uid) => before.includes(uid));
    for (const uid of left) await site.byHand().ok(204, "DELETE", `${pool}/machines/${uid}`);
    await site.command().update(kind, kept, args);
    assert.deepEqual(
      (await machineUids()).filter((uid) => before.includes(uid)),
      [],
    );
  });

  it("is no success when Palette ends it and a pool kept its nodes; deleting them makes it one", async () => {
    const config = kept.state["configUid"] as string;
    const pool = `/v1/cloudconfigs/maas/${config}/machinePools/worker-pool`;
    await site.byHand().ok(204, "PUT", pool, workersThatSkipUpgrades);
    await site.command().update(clusterProfileKind, made.infra, nextKubernetes());
    const before = await machineUids();
    const args = versions("1.8.0", "1.7.0", { approveRepave: true });
    const failure = await unfinished(site.command().update(kind, kept, args));
    assert.match(failure.message, /ended the repave, but nodes of before are left: 5 in machine pool "worker-pool"/);
    const left = (await machineUids()).filter((uid) => before.includes(uid));
    assert.equal(left.length, 5);
    for (const uid of left) await site.byHand().ok(204, "DELETE", `${pool}/machines/${uid}`);
    const done = await site.command().update(kind, { id: failure.id, state: failure.properties }, args);
    assert.deepEqual(done.state["replacing"], []);
    assert.deepEqual(
      (await machineUids()).filter((uid) => before.includes(uid)),
      [],
    );
  });

  it("is forecast: nodes are replaced or not, and why, before anything is imported", async () => {
    const address = { url: site.palette.url, apiKey: site.palette.apiKey, project: site.palette.projectName };
    const wanted = (args: PlainObject): ForecastProfile => ({
      name: args["name"] as string,
      version: args["version"] as string,
      layers: args["layers"] as unknown as ForecastProfile["layers"],
      variables: {},
      secretManifests: (args["secretManifests"] ?? {}) as Record<string, string>,
      secretValues: {},
    });
    const { pools, sshKeys } = clusterArgs() as unknown as NodeSettings;
    const ask = (...profiles: PlainObject[]) =>
      lookUpRepave(address, { name: "vmo", profiles: profiles.map(wanted), pools, sshKeys });
    const nothing = { ok: true, replaces: "nothing", pools: [], reasons: [] };
    assert.deepEqual(await ask(infraArgs(), coreArgs()), nothing);
    assert.deepEqual(await ask(infraArgs(), coreArgs("1.8.0")), nothing);
    const before = await ask(changedNodes("1.8.0"));
    assert.ok(before.ok && before.replaces === "cluster");
    assert.deepEqual(before.pools, ["control-plane", "worker-pool"]);
    assert.match(before.reasons.join(), /kubeadmconfig/);
    await site.command().update(clusterProfileKind, made.infra, changedNodes("1.8.0"));
    const after = await ask(changedNodes("1.8.0"));
    assert.ok(after.ok && after.replaces === "cluster", "also once it is imported");
    const newer = infraArgs("1.9.0");
    for (const { pack } of newer["layers"] as unknown as { pack: { name: string; tag: string } }[])
      if (pack.name === "kubernetes") pack.tag = "1.32.6";
    const upgrade = await ask(newer);
    assert.ok(upgrade.ok && upgrade.replaces === "cluster");
    assert.match(upgrade.reasons.join(), /layer kubernetes changes from 1\.32\.4 to 1\.32\.6/);
    const tainted = poolArgs("worker-pool", 5, { taints: [{ key: "gpu", value: "", effect: "NoSchedule" }] });
    const others = { pools: [pools[0], tainted], sshKeys } as unknown as NodeSettings;
    assert.deepEqual(await lookUpRepave(address, { name: "vmo", profiles: [], ...others }), {
      ok: true,
      replaces: "pools",
      pools: ["worker-pool"],
      reasons: ['machine pool "worker-pool" changes in taints'],
    });
    assert.deepEqual(await lookUpRepave(address, { name: "no-such-cluster", profiles: [], ...others }), nothing);
    const blind = await lookUpRepave({ ...address, apiKey: "wrong" }, { name: "vmo", profiles: [], ...others });
    assert.ok(!blind.ok && blind.reason.includes("401"));
  });

  it("lets a change that wants a repave be taken back instead of approved", async () => {
    const next = await site.command().update(clusterProfileKind, made.infra, changedNodes("1.8.0"));
    const before = await machineUids();
    const failure = await unfinished(site.command().update(kind, kept, versions("1.8.0", "1.7.0")));
    const waiting = { id: failure.id, state: failure.properties };
    await site.command().update(kind, waiting, clusterArgs());
    assert.deepEqual(await machineUids(), before);
    assert.ok(next);
  });
});
