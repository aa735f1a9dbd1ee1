import assert from "node:assert/strict";
import { clusterKind } from "../../../providers/palette/cluster/cluster-kind";
import { kubeconfigKind as kind } from "../../../providers/palette/kubeconfig";
import { clusterArgs, prepareMaas, prepareTenant } from "./cluster-site";
import { type Kept, tenant } from "./tenant";

describe("kubeconfig (simulated Palette and MAAS)", function () {
  this.timeout(60_000);
  const site = tenant();
  let cluster: Kept;

  before(async () => {
    await prepareMaas(site.maas);
    await prepareTenant(site);
    cluster = await site.command().up(clusterKind(), clusterArgs());
  });
  afterEach(() => {
    site.palette.faults.clear();
  });

  for (const flavour of ["admin", "user"] as const) {
    it(`is the ${flavour}'s, and stays the same`, async () => {
      const args = { cluster: cluster.id, flavour };
      const kept = await site.command().up(kind, args);
      assert.match(kept.state["kubeconfig"] as string, /^apiVersion: v1\nkind: Config/);
      const seen = await site.command().refresh(kind, kept);
      assert.ok(seen);
      assert.deepEqual(seen.state, kept.state);
      assert.equal((await site.command().diff(kind, seen, args)).changes, false);
    });
  }

  it("is decoded when Palette answers it in base64", async () => {
    site.palette.faults.add({ kind: "base64-kubeconfig" });
    const kept = await site.command().up(kind, { cluster: cluster.id });
    assert.match(kept.state["kubeconfig"] as string, /^apiVersion: v1\nkind: Config/);
  });

  it("is fetched anew before its certificate ends, not before", async () => {
    const args = { cluster: cluster.id };
    const kept = await site.command().up(kind, args);
    const day = 86_400_000;
    const ends = (days: number): Kept => ({
      ...kept,
      state: { ...kept.state, expires: new Date(Date.now() + days * day).toISOString() },
    });
    assert.equal((await site.command().diff(kind, ends(31), args)).changes, false);
    assert.equal((await site.command().diff(kind, ends(29), args)).changes, true);
    const renewed = await site.command().update(kind, ends(29), args);
    assert.equal((await site.command().diff(kind, renewed, args)).changes, false);
    const stale = { ...ends(-1), state: { ...ends(-1).state, kubeconfig: "old" } };
    const seen = await site.command().refresh(kind, stale);
    assert.match(seen?.state["kubeconfig"] as string, /^apiVersion/);
  });

  it("says that a cluster has none yet", async () => {
    await assert.rejects(
      site.command().up(kind, { cluster: "0123456789abcdef01234567" }),
      /no kubeconfig for cluster 0123456789abcdef01234567 yet/,
    );
  });

  it("is gone with its cluster", async () => {
    const kept = await site.command().up(kind, { cluster: cluster.id });
    await site.command().destroy(kind, kept);
    await site.command().destroy(clusterKind(), cluster);
    assert.equal(await site.command().refresh(kind, kept), undefined);
  });
});
