import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { interruptVariable } from "../../../providers/dynamic/interruption";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { clusterKind } from "../../../providers/palette/cluster/cluster-kind";
import { clusterArgs, poolArgs, prepareMaas, prepareTenant } from "./cluster-site";
import { tenant } from "./tenant";

const kind = clusterKind();

describe("a wait for a cluster that is interrupted (simulated Palette and MAAS)", function () {
  this.timeout(60_000);
  const site = tenant();
  const args = clusterArgs({ pools: [poolArgs("control-plane", 1), poolArgs("worker-pool", 1)], timeoutMinutes: 60 });
  let folder: string;

  beforeEach(async () => {
    await site.palette.reset();
    await prepareMaas(site.maas);
    await prepareTenant(site);
    folder = mkdtempSync(join(tmpdir(), "vmo-metal-test-"));
    process.env[interruptVariable] = join(folder, "interrupted");
  });
  afterEach(() => {
    delete process.env[interruptVariable];
    site.palette.faults.clear();
    site.maas.faults.clear();
    rmSync(folder, { recursive: true });
  });

  /** How a command ended that is interrupted when Palette has the cluster in this state. */
  async function interrupted(
    work: Promise<unknown>,
    state: string,
  ): Promise<Error & { id: string; properties: PlainObject }> {
    const ended = work.then(
      () => assert.fail("it finished"),
      (thrown: unknown) => thrown as Error & { id: string; properties: PlainObject },
    );
    const search = async (): Promise<string | undefined> => {
      const { items } = await site
        .byHand()
        .ok<{ items: { metadata: { uid: string } }[] | null }>(200, "POST", "/v1/dashboard/spectroclusters/search", {
          filter: { conjunction: "and", filterGroups: [] },
          sort: [],
        });
      const [found] = items ?? [];
      if (found === undefined) return undefined;
      const path = `/v1/spectroclusters/${found.metadata.uid}`;
      return (await site.byHand().get<{ status: { state: string } | null }>(path)).status?.state;
    };
    while ((await search()) !== state) await new Promise((resolve) => setTimeout(resolve, 20));
    const begun = Date.now();
    writeFileSync(process.env[interruptVariable] ?? "", "");
    const failure = await ended;
    assert.ok(Date.now() - begun < 5_000, "within seconds");
    return failure;
  }

  it("ends within seconds, keeps the cluster, and the next up goes on", async () => {
    site.palette.faults.add({ kind: "never-healthy" });
    const failure = await interrupted(site.command().up(kind, args), "Running");
    assert.match(failure.message, /the wait was interrupted at: .*the next `pulumi up` goes on waiting/s);
    assert.match(failure.id, /^[0-9a-f]{24}$/);
    assert.ok("__provider" in failure.properties);
    site.palette.faults.clear();
    delete process.env[interruptVariable];
    await site.command().update(kind, { id: failure.id, state: failure.properties }, args);
  });

  it("ends within seconds while Palette is away", async () => {
    site.palette.faults.add({ kind: "never-healthy" });
    const work = site.command().up(kind, args);
    const failure = interrupted(work, "Running");
    site.palette.faults.add({
      kind: "bad-gateway-after-work",
      verb: "GET",
      path: "/v1/dashboard/spectroclusters/*/overview",
    });
    assert.match((await failure).message, /interrupted|answered 502/);
  });

  it("ends within seconds while the cluster is being deleted, and the next destroy goes on", async () => {
    delete process.env[interruptVariable];
    const kept = await site.command().up(kind, args);
    process.env[interruptVariable] = join(folder, "interrupted");
    site.maas.faults.add({ kind: "status", path: "/machines/*", operation: "release", status: 500 });
    const failure = await interrupted(site.command().destroy(kind, kept), "Deleting");
    assert.match(failure.message, /interrupted while it is Deleting. The next destroy goes on/);
    site.maas.faults.clear();
    delete process.env[interruptVariable];
    await site.command().destroy(kind, kept);
  });
});
