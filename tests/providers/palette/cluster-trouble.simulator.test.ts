import assert from "node:assert/strict";
import { forgetConnections as forgetMaas } from "../../../providers/maas/connection";
import { maasMetalView } from "../../../providers/diagnosis/maas-metal-view";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { clusterKind } from "../../../providers/palette/cluster/cluster-kind";
import { cloudAccountKind } from "../../../providers/palette/cloud-account";
import { clusterProfileKind } from "../../../providers/palette/cluster-profile";
import { clusterArgs, grafanaPassword, maasByHand, poolArgs, prepareMaas, prepareTenant } from "./cluster-site";
import { coreArgs } from "./profile-args";
import { type Kept, tenant, unfinished } from "./tenant";

describe("cluster in trouble (simulated Palette and MAAS)", function () {
  this.timeout(60_000);
  const site = tenant();
  const kind = clusterKind((configuration) =>
    maasMetalView({
      get: (key) =>
        key === "vmo-metal:maasApiKey"
          ? site.maas.apiKey
          : key === "vmo-metal:datacenter"
            ? JSON.stringify({ name: "test", maas: { url: site.maas.url } })
            : configuration.get(key),
    }),
  );
  let made: { account: Kept; infra: Kept; core: Kept };

  beforeEach(async () => {
    forgetMaas();
    await site.palette.reset();
    await prepareMaas(site.maas);
    made = await prepareTenant(site);
  });
  after(() => {
    forgetMaas();
  });

  const noAnswer = (): Promise<never> => Promise.reject(new Error("MAAS: no answer"));

  const up = (changes: PlainObject = {}): Promise<Kept> => site.command().up(kind, clusterArgs(changes));

  /** Collects what is reported while work goes on. */
  async function reports(work: () => Promise<unknown>): Promise<string[]> {
    const lines: string[] = [];
    const print = console.log;
    console.log = (line: string) => lines.push(line);
    try {
      await work();
    } finally {
      console.log = print;
    }
    return lines;
  }

  const clusters = async (): Promise<number> => {
    const found = await site
      .byHand()
      .get<{ items: { status: { clusterStatus?: unknown } }[] | null }>("/v1/dashboard/spectroclusters/metadata");
    return found.items?.length ?? 0;
  };

  for (const fault of ["bad-gateway-after-work", "reset-after-work"] as const) {
    it(`is not doubled when the answer of its creation is lost (${fault})`, async () => {
      site.palette.faults.add({ kind: fault, verb: "POST", path: "/v1/spectroclusters/maas", times: 1 });
      await up();
      assert.equal(await clusters(), 1);
    });

    it(`loses nothing when answers to its changes are lost (${fault})`, async () => {
      const kept = await up();
      const next = await site.command().update(clusterProfileKind, made.core, coreArgs("1.8.0"));
      const args = clusterArgs({ pools: [poolArgs("control-plane", 3), poolArgs("worker-pool", 6)] });
      const [, core] = args["profiles"] as { version: string }[];
      if (core) core.version = "1.8.0";
      const root = `/v1/spectroclusters/${kept.id}`;
      site.palette.faults.add({ kind: fault, verb: "PATCH", path: `${root}/profiles`, times: 1 });
      site.palette.faults.add({ kind: fault, verb: "PUT", path: "/v1/cloudconfigs/maas/*/machinePools/*", times: 1 });
      const changed = await site.command().update(kind, kept, args);
      const seen = await site.command().refresh(kind, changed);
      assert.ok(seen);
      assert.equal((await site.command().diff(kind, seen, args)).changes, false);
      const { spec } = await site.byHand().get<{ spec: { clusterProfileTemplates: { uid: string }[] } }>(root);
      assert.deepEqual(
        spec.clusterProfileTemplates.map((profile) => profile.uid),
        [made.infra.state["uid"], next.state["uid"]],
      );
    });
  }

  it("waits on while Palette is away for a moment, and says so", async () => {
    const path = "/v1/spectroclusters/*";
    const lines = await reports(async () => {
      const made = up();
      while ((await clusters()) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      site.palette.faults.add({ kind: "reset", verb: "GET", path, times: 9 });
      await made;
    });
    const told = lines.filter((line) => /Palette/.test(line)).join("\n");
    assert.match(
      told,
      /got no answer[^]*The wait goes on for up to 5 minutes without Palette\.[^]*Palette answers again/,
    );
    assert.equal(await clusters(), 1);
  });

  it("goes on after a wait that ran out, and then is as described", async () => {
    site.palette.faults.add({ kind: "never-healthy" });
    const failure = await unfinished(up({ timeoutMinutes: 0.05 }));
    assert.match(
      failure.message,
      /Cluster "vmo" \([0-9a-f]{24}\) is not ready after 0\.05 minutes: .*next `pulumi up` goes on/s,
    );
    assert.match(failure.id, /^[0-9a-f]{24}$/);
    assert.ok("__provider" in failure.properties);
    site.palette.faults.clear();
    const kept = await site.command().update(kind, { id: failure.id, state: failure.properties }, clusterArgs());
    const seen = await site.command().refresh(kind, kept);
    assert.ok(seen);
    assert.equal((await site.command().diff(kind, seen, clusterArgs())).changes, false);
    assert.equal(await clusters(), 1);
  });

  for (const [what, changes, constraint] of [
    ["CPU cores", { minimumCpuCores: 128 }, "at least 128 CPU cores"],
    ["memory", { minimumMemoryMebibytes: 4_194_304 }, "at least 4194304 MiB of memory"],
    ["zone", { zones: ["default"] }, "zone default"],
    ["tag", { machineTags: ["gpu"] }, "tag gpu"],
  ] as const) {
    it(`names the pools, Ready and needed, and the ${what} that MAAS cannot fill a pool with`, async () => {
      const args = clusterArgs({
        pools: [poolArgs("control-plane", 3), poolArgs("worker-pool", 5, { ...changes } as PlainObject)],
        timeoutMinutes: 0.05,
      });
      let failure = "";
      const lines = await reports(async () => {
        failure = (await unfinished(site.command().up(kind, args))).message;
      });
      const finding = lines.find((line) => line.includes("needs 5 more machines")) ?? "";
      const said =
        'machine pool "worker-pool" needs 5 more machines, but MAAS resource pool "worker-pool" has 0 Ready that fit: worker-1, ';
      assert.ok(finding.includes(said) && finding.includes(` without ${constraint}. `), finding);
      assert.equal(lines.filter((line) => line === finding).length, 1, "once");
      const short = lines.findIndex((line) => /worker-pool 0 of 5 \(5 pending\)/.test(line));
      assert.ok(lines.indexOf(finding) - short <= 12, "soon after the pool was seen to be short");
      assert.ok(failure.includes(said), failure);
    });
  }

  it("tells why, when MAAS cannot be asked about a pool, and waits on", async () => {
    const blind = clusterKind(() => ({ diagnose: noAnswer, inUse: noAnswer }));
    const args = clusterArgs({
      pools: [poolArgs("control-plane", 3), poolArgs("worker-pool", 5, { minimumCpuCores: 128 })],
      timeoutMinutes: 0.05,
    });
    const failure = await unfinished(site.command().up(blind, args));
    assert.match(failure.message, /could not be found out: MAAS: no answer/);
  });

  it("names a profile version and an account that do not exist", async () => {
    const args = clusterArgs();
    const [infra] = args["profiles"] as { version: string }[];
    if (infra) infra.version = "9.9.9";
    await assert.rejects(
      site.command().up(kind, args),
      /no cluster profile "VMO-RA-Infra-MaaS-PureFlashArray" 9\.9\.9; versions of that name: 1\.7\.0/,
    );
    await assert.rejects(up({ cloudAccount: "nobody" }), /no MAAS cloud account "nobody"/);
    assert.equal(await clusters(), 0);
  });

  it("keeps a profile and an account that a cluster uses, and names it", async () => {
    await up();
    await assert.rejects(
      site.command().destroy(clusterProfileKind, made.core),
      /"VMO-RA-Core-PXKE" 1\.7\.0 is used by vmo.*Delete those clusters/s,
    );
    await assert.rejects(site.command().destroy(cloudAccountKind, made.account), /used by cluster 'vmo'/);
  });

  it("takes no 401, 403 or 500 for a cluster that is gone", async () => {
    const kept = await up();
    await assert.rejects(site.command({ apiKey: "wrong" }).refresh(kind, kept), /401/);
    site.palette.faults.add({ kind: "wrong-scope", verb: "GET", path: `/v1/spectroclusters/${kept.id}` });
    await assert.rejects(site.command().refresh(kind, kept), /403 OperationForbidden.*another project than "vmo"/s);
    site.palette.faults.clear();
    site.palette.faults.add({ kind: "internal-error", verb: "GET", path: `/v1/spectroclusters/${kept.id}` });
    await assert.rejects(site.command().refresh(kind, kept), /500 InternalError/);
  });

  it("rides out a rate limit and a server that is slow to know a new cluster", async () => {
    site.palette.faults.add({ kind: "too-many-requests", times: 3 });
    site.palette.faults.add({ kind: "slow-consistency", milliseconds: 500 });
    const kept = await up();
    site.palette.faults.clear();
    const seen = await site.command().refresh(kind, kept);
    assert.ok(seen);
    assert.equal((await site.command().diff(kind, seen, clusterArgs())).changes, false);
  });

  describe("when its deletion does not end", () => {
    const args = { forceDelete: true, forceDeleteAfterMinutes: 0 };
    const forced = (lines: readonly string[]): string =>
      lines.find((line) => line.includes("deletion was forced")) ?? "";

    /** From now on MAAS releases all machines but one. */
    async function heldBack(hostname: string): Promise<void> {
      const maas = maasByHand(site.maas);
      const found = (await maas.machines.list(0)).find((machine) => machine.hostname === hostname);
      maas.close();
      const path = `/machines/${found?.system_id ?? ""}/`;
      site.maas.faults.add({ kind: "status", path, operation: "release", status: 500 });
    }

    async function deployedMachines(): Promise<string[]> {
      const maas = maasByHand(site.maas);
      const machines = await maas.machines.list(0);
      maas.close();
      return machines
        .filter(({ status_name }) => status_name === "Deployed")
        .map(({ hostname, system_id }) => `${hostname} (${system_id}, Deployed)`)
        .sort();
    }

    afterEach(() => {
      delete process.env["VMO_METAL_FORCE_DELETE"];
      site.maas.faults.clear();
    });

    it("says what to do, and forces nothing unasked", async () => {
      const kept = await up({ timeoutMinutes: 0.05 });
      await heldBack("worker-5");
      await assert.rejects(site.command().destroy(kind, kept), (failure: Error) => {
        assert.match(failure.message, /is still Deleting.*VMO_METAL_FORCE_DELETE=vmo/s);
        return failure.stack === "";
      });
      const { status } = await site.byHand().get<{ status: { state: string } }>(`/v1/spectroclusters/${kept.id}`);
      assert.equal(status.state, "Deleting");
    });

    it("is forced when asked, and names the machines that MAAS then has in use, and no others", async () => {
      const kept = await up(args);
      await heldBack("worker-5");
      const told = forced(await reports(() => site.command().destroy(kind, kept)));
      const left = await deployedMachines();
      assert.match(left.join(), /cp-1.*worker-5/);
      assert.doesNotMatch(left.join(), /worker-1/);
      assert.ok(told.endsWith(`Still in use in MAAS, to be released there: ${left.join(", ")}`), told);
    });

    it("is forced by a later destroy whose environment asks for it by the cluster's name", async () => {
      const kept = await up({ timeoutMinutes: 0.05 });
      await heldBack("worker-5");
      await assert.rejects(site.command().destroy(kind, kept));
      await assert.rejects(site.command().update(kind, kept, clusterArgs()), /is being deleted in Palette/);
      process.env["VMO_METAL_FORCE_DELETE"] = "other";
      await assert.rejects(site.command().destroy(kind, kept), /is still Deleting/);
      process.env["VMO_METAL_FORCE_DELETE"] = "vmo";
      const told = forced(await reports(() => site.command().destroy(kind, kept)));
      assert.match(told, /Still in use in MAAS, to be released there: cp-1/);
    });

    it("is forced by what the last update recorded", async () => {
      const kept = await up({ timeoutMinutes: 0.05 });
      assert.equal((await site.command().diff(kind, kept, clusterArgs(args))).changes, true);
      const told = await site.command().update(kind, kept, clusterArgs(args));
      assert.deepEqual([told.state["forceDelete"], told.state["timeoutMinutes"]], [true, 1]);
    });

    it("names all of its machines when MAAS cannot be asked", async () => {
      const kept = await up(args);
      await heldBack("worker-5");
      const blind = clusterKind(() => ({ diagnose: noAnswer, inUse: noAnswer }));
      const told = forced(await reports(() => site.command().destroy(blind, kept)));
      assert.match(told, /which of these are still deployed: cp-1.*worker-5.*could not be asked: MAAS: no answer/);
    });

    it("is not waited for less long than until it would be forced", async () => {
      const late = { forceDelete: true, forceDeleteAfterMinutes: 20, timeoutMinutes: 10 };
      await assert.rejects(up(late), /forceDeleteAfterMinutes: .*it would never be forced/);
      assert.equal(await clusters(), 0);
    });
  });

  it("shows no secret in what it reports", async () => {
    const lines = await reports(() => up());
    assert.ok(lines.length > 3);
    for (const secret of [grafanaPassword, site.palette.apiKey, site.maas.apiKey])
      assert.ok(!lines.join("\n").includes(secret));
  });
});
