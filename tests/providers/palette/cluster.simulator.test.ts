import assert from "node:assert/strict";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { clusterProfileKind } from "../../../providers/palette/cluster-profile";
import { clusterKind } from "../../../providers/palette/cluster/cluster-kind";
import { clusterArgs, grafanaPassword, maasByHand, poolArgs, prepareMaas, prepareTenant } from "./cluster-site";
import { coreArgs } from "./profile-args";
import { type Kept, tenant } from "./tenant";

const kind = clusterKind();

/** The parts of a cluster that tests look at. */
interface ClusterBody {
  metadata: { labels: Record<string, string> | null; annotations: Record<string, string> };
  spec: { clusterProfileTemplates: { uid: string; name: string; profileVersion: string }[] };
}

describe("cluster (simulated Palette and MAAS)", function () {
  this.timeout(60_000);
  const site = tenant();
  let profiles: { infra: Kept; core: Kept };
  let kept: Kept;
  let uid: string;
  let configUid: string;

  before(async () => {
    await prepareMaas(site.maas);
    profiles = await prepareTenant(site);
    kept = await site.command().up(kind, clusterArgs());
    uid = kept.id;
    configUid = kept.state["configUid"] as string;
  });

  const diff = (seen: Kept, args = clusterArgs()) => site.command().diff(kind, seen, args);
  const read = (): Promise<ClusterBody> => site.byHand().get(`/v1/spectroclusters/${uid}`);

  async function refreshed(from: Kept = kept): Promise<Kept> {
    const seen = await site.command().refresh(kind, from);
    assert.ok(seen);
    return seen;
  }

  async function deployed(): Promise<string[]> {
    const client = maasByHand(site.maas);
    const machines = await client.machines.list(0);
    client.close();
    return machines
      .filter((machine) => machine.status_name === "Deployed")
      .map(({ hostname }) => hostname)
      .sort();
  }

  /** Brings the cluster to other inputs, holds it to them, and answers it. */
  async function bring(from: Kept, args: PlainObject): Promise<Kept> {
    const changed = await site.command().update(kind, from, args);
    const seen = await refreshed(changed);
    assert.equal((await diff(seen, args)).changes, false);
    return seen;
  }

  it("comes up whole, is as described, and stays so", async () => {
    assert.equal((await deployed()).length, 8);
    const seen = await refreshed();
    assert.deepEqual(seen.state, kept.state);
    assert.equal((await diff(seen)).changes, false);
    assert.match(kept.state["apiEndpoint"] as string, /^vmo-[0-9a-f]{6}\.metal\.example\.test:6443$/);
    assert.deepEqual(
      site.platform.installed.map(({ name }) => name),
      [
        "ubuntu-maas",
        "kubernetes",
        "cni-cilium-oss",
        "csi-portworx-generic",
        "lb-metallb-helm",
        "nginx",
        "prometheus-operator",
        "virtual-machine-orchestrator",
      ],
    );
    const { spec, metadata } = await read();
    assert.equal(spec.clusterProfileTemplates.length, 2);
    assert.equal(metadata.labels?.["vmo-metal-datacenter"], "test");
  });

  it("is not changed by a second update, which writes nothing", async () => {
    const writes = (): number =>
      site.palette.requests.entries.filter(({ method }) => /PUT|PATCH|DELETE/.test(method)).length;
    const before = writes();
    const again = await site.command().update(kind, kept, clusterArgs());
    assert.equal(writes(), before);
    assert.equal((await diff(again)).changes, false);
  });

  it("is found by its marker when the run that made it was killed before it was recorded", async () => {
    const again = await site.command().up(kind, clusterArgs());
    assert.equal(again.id, uid);
    assert.equal(again.state["origin"], "created");
    assert.equal((await deployed()).length, 8);
  });

  it("is referenced by another datacenter that describes it equally, and not deleted by its destroy", async () => {
    const referenced = await site.command({ name: "other" }).up(kind, clusterArgs());
    assert.equal(referenced.id, uid);
    assert.equal(referenced.state["origin"], "referenced");
    await site.command({ name: "other" }).destroy(kind, referenced);
    assert.equal((await deployed()).length, 8);
  });

  it("is refused to another datacenter that describes it otherwise, also with adopt: true, and is not written", async () => {
    const otherwise = clusterArgs({ adopt: true, sshKeys: ["ssh-ed25519 AAAA other"] });
    await assert.rejects(
      site.command({ name: "other" }).up(kind, otherwise),
      /Cluster "vmo" belongs to datacenter "test", and datacenter "other" describes it otherwise.*sshKeys: .* -> /s,
    );
    assert.equal((await diff(await site.command().update(kind, await refreshed(), clusterArgs()))).changes, false);
  });

  const client = () => site.byHand();
  const putPool = (change: (pool: { cloudConfig: PlainObject; poolConfig: PlainObject }) => void) => async () => {
    const pool = {
      cloudConfig: {
        azs: ["az1", "az2", "az3"],
        instanceType: { minCPU: 16, minMemInMB: 24576, minDiskSizeInGB: 60 },
        resourcePool: "worker-pool",
        tags: [],
      } as PlainObject,
      poolConfig: {
        name: "worker-pool",
        size: 5,
        labels: ["worker"],
        updateStrategy: { type: "RollingUpdateScaleOut" },
        taints: [],
      } as PlainObject,
    };
    change(pool);
    await client().ok(204, "PUT", `/v1/cloudconfigs/maas/${configUid}/machinePools/worker-pool`, pool);
  };
  const putConfig = (changes: PlainObject) => () =>
    client().ok(204, "PUT", `/v1/cloudconfigs/maas/${configUid}/clusterConfig`, {
      clusterConfig: {
        domain: "metal.example.test",
        sshKeys: ["ssh-ed25519 AAAA operator"],
        ntpServers: ["ntp.example.test"],
        ...changes,
      },
    });
  const settings = (path: string, body: unknown) => () =>
    client().ok(204, "PATCH", `/v1/spectroclusters/${uid}/clusterConfig/${path}`, body);

  const drifts: [input: string, what: string, byHand: () => Promise<unknown>][] = [
    [
      "labels",
      "a label",
      async () => {
        const { metadata } = await read();
        await client().ok(204, "PATCH", `/v1/spectroclusters/${uid}/metadata`, {
          metadata: { name: "vmo", labels: { ...metadata.labels, team: "night" }, annotations: metadata.annotations },
        });
      },
    ],
    ["ntpServers", "time servers", putConfig({ ntpServers: ["elsewhere.example.test"] })],
    ["sshKeys", "SSH keys", putConfig({ sshKeys: [] })],
    [
      "pools",
      "whether the control plane takes workloads",
      () =>
        client().ok(204, "PUT", `/v1/cloudconfigs/maas/${configUid}/machinePools/control-plane`, {
          cloudConfig: {
            azs: ["az1", "az2", "az3"],
            instanceType: { minCPU: 4, minMemInMB: 8192, minDiskSizeInGB: 60 },
            resourcePool: "control-plane",
            tags: [],
          },
          poolConfig: {
            name: "control-plane",
            size: 3,
            labels: ["control-plane"],
            isControlPlane: true,
            useControlPlaneAsWorker: true,
            updateStrategy: { type: "RollingUpdateScaleOut" },
          },
        }),
    ],
    [
      "osPatch",
      "OS patching",
      settings("osPatch", { osPatchConfig: { schedule: "0 3 * * SUN", rebootIfRequired: true } }),
    ],
    ["timezone", "the time zone", settings("timezone", { timezone: "Europe/Berlin" })],
    [
      "componentUpgrades",
      "the lock of Palette's components",
      () => client().ok(204, "POST", `/v1/spectroclusters/${uid}/upgrade/settings`, { spectroComponents: "lock" }),
    ],
    ["pools", "a pool's size", putPool(({ poolConfig }) => (poolConfig["size"] = 4))],
    ["pools", "a pool's labels", putPool(({ poolConfig }) => (poolConfig["additionalLabels"] = { rack: "a" }))],
    ["pools", "a pool's zones", putPool(({ cloudConfig }) => (cloudConfig["azs"] = ["az1", "az2"]))],
    [
      "pools",
      "a pool's taints",
      putPool(({ poolConfig }) => (poolConfig["taints"] = [{ key: "gpu", value: "yes", effect: "NoSchedule" }])),
    ],
    [
      "pools",
      "another pool",
      () =>
        client().ok(201, "POST", `/v1/cloudconfigs/maas/${configUid}/machinePools`, {
          cloudConfig: { azs: ["az1"], instanceType: { minCPU: 16, minMemInMB: 1024 }, resourcePool: "worker-pool" },
          poolConfig: { name: "by-hand", size: 1, labels: ["worker"] },
        }),
    ],
    [
      "profiles",
      "a variable",
      () =>
        client().ok(204, "PATCH", `/v1/spectroclusters/${uid}/variables`, [
          { profileUid: profiles.core.state["uid"], variables: [{ name: "virtualMachineVlans", value: "5-9" }] },
        ]),
    ],
    [
      "profiles",
      "a profile taken away",
      () =>
        client().ok(204, "DELETE", `/v1/spectroclusters/${uid}/profiles`, {
          profileUids: [profiles.core.state["uid"]],
        }),
    ],
  ];
  for (const [input, what, byHand] of drifts) {
    it(`shows that ${what} was changed by hand, and heals it`, async () => {
      await byHand();
      const seen = await refreshed();
      assert.notDeepEqual(seen.state[input], kept.state[input]);
      assert.equal((await diff(seen)).changes, true);
      // What was changed may be part of nodes, which are replaced with approval only.
      const healed = await site.command().update(kind, seen, clusterArgs({ approveRepave: true }));
      assert.deepEqual(healed.state[input], kept.state[input]);
      const after = await refreshed(healed);
      assert.equal((await diff(after)).changes, false);
      assert.equal((await deployed()).length, 8);
    });
  }

  it("swaps a second version of a profile that was attached beside the first by hand", async () => {
    const next = await site.command().update(clusterProfileKind, profiles.core, coreArgs("1.7.1"));
    await client().ok(204, "PATCH", `/v1/spectroclusters/${uid}/profiles`, {
      profiles: [{ uid: next.state["uid"], packValues: [], variables: [{ name: "grafanaAdminPassword", value: "x" }] }],
    });
    const seen = await refreshed();
    assert.equal((seen.state["profiles"] as unknown[]).length, 3);
    await bring(seen, clusterArgs());
    assert.equal((await read()).spec.clusterProfileTemplates.length, 2);
  });

  it("scales a pool up and down, with the storage nodes, and waits for it", async () => {
    const sized = (size: number): PlainObject => {
      const args = clusterArgs({ pools: [poolArgs("control-plane", 3), poolArgs("worker-pool", size)] });
      (args["profiles"] as { variables: Record<string, string> }[])[0]!.variables["maxStorageNodes"] = String(size);
      return args;
    };
    const up = await bring(await refreshed(), sized(7));
    assert.equal((await deployed()).length, 10);
    const portworx = site.platform.installed.findLast(({ name }) => name === "csi-portworx-generic");
    assert.match(portworx?.values ?? "", /maxStorageNodes: \+7$/m);
    await bring(up, sized(5));
    assert.equal((await deployed()).length, 8);
  });

  it("adds and removes a pool", async () => {
    const more = poolArgs("worker-pool", 2, { name: "workers-b", labels: { tier: "b" } });
    const args = clusterArgs({ pools: [poolArgs("control-plane", 3), poolArgs("worker-pool", 5), more] });
    const added = await bring(await refreshed(), args);
    assert.equal((await deployed()).length, 10);
    await bring(added, clusterArgs());
    assert.equal((await deployed()).length, 8);
  });

  it("keeps secret values of variables out of diffs and sends them only when they changed", async () => {
    const seen = await refreshed();
    assert.doesNotMatch(JSON.stringify({ ...seen.state, secretVariables: null }), new RegExp(grafanaPassword));
    const patches = (): number =>
      site.palette.requests.entries.filter(({ method, path }) => method === "PATCH" && path.endsWith("/variables"))
        .length;
    const before = patches();
    const args = clusterArgs({ secretVariables: { "VMO-RA-Core-PXKE/grafanaAdminPassword": "another-password" } });
    assert.equal((await diff(seen, args)).changes, true);
    const changed = await bring(seen, args);
    assert.equal(patches(), before + 1);
    const prometheus = site.platform.installed.findLast(({ name }) => name === "prometheus-operator");
    assert.match(prometheus?.values ?? "", /another-password/);
    await site.command().update(kind, changed, args);
    assert.equal(patches(), before + 1);
    await bring(changed, clusterArgs());
  });

  it("refuses what would replace it, in preview", async () => {
    await assert.rejects(
      diff(kept, clusterArgs({ name: "other" })),
      /name cannot change from "vmo" to "other".*delete the cluster/s,
    );
    await assert.rejects(diff(kept, clusterArgs({ cloudAccount: "other" })), /cloudAccount cannot change/);
    await assert.rejects(diff(kept, clusterArgs({ updateWorkerPoolsInParallel: true })), /cannot change it afterwards/);
    await assert.rejects(
      diff(kept, clusterArgs({ podCidr: "100.70.0.0/18" })),
      /podCidr cannot change from "100\.64\.0\.0\/18" to "100\.70\.0\.0\/18"/,
    );
    await assert.rejects(diff(kept, clusterArgs({ serviceCidr: "100.71.0.0/18" })), /serviceCidr cannot change/);
    await assert.rejects(
      diff(kept, clusterArgs({ domain: "other.example.test" })),
      /its domain cannot become "other\.example\.test", because its API is vmo-\w+\.metal\.example\.test for good/,
    );
  });

  it("lets networks be told that a state of before does not name", async () => {
    const { podCidr: _pods, serviceCidr: _services, ...before } = kept.state;
    assert.equal((await diff({ id: kept.id, state: before }, clusterArgs())).changes, true);
  });

  it("refuses pools of other names in place of those that it has, in preview and before anything is sent", async () => {
    const planes = { pools: [{ ...poolArgs("control-plane", 3), name: "masters" }, poolArgs("worker-pool", 5)] };
    const workers = { pools: [poolArgs("control-plane", 3), { ...poolArgs("worker-pool", 5), name: "workers" }] };
    const reasons: [PlainObject, RegExp][] = [
      [planes, /the control plane pool cannot change from "control-plane" to "masters"/],
      [workers, /machine pool "worker-pool" cannot go in the change in which "workers" comes/],
    ];
    const read = (): Promise<unknown> => client().get(`/v1/cloudconfigs/maas/${configUid}`);
    const before = await read();
    for (const [changes, reason] of reasons) {
      await assert.rejects(diff(kept, clusterArgs(changes)), reason);
      await assert.rejects(site.command().update(kind, kept, clusterArgs(changes)), reason);
    }
    assert.deepEqual(await read(), before);
  });

  it("is released whole by a destroy, which can be repeated", async () => {
    await site.command().destroy(kind, kept);
    assert.deepEqual(await deployed(), []);
    assert.equal(await site.command().refresh(kind, kept), undefined, "Palette still lists it as Deleted");
    await site.command().destroy(kind, kept);
  });
});
