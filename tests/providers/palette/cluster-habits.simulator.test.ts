import assert from "node:assert/strict";
import { listHabits } from "../../../lab/palette/habits";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { clusterKind } from "../../../providers/palette/cluster/cluster-kind";
import { clusterProfileKind } from "../../../providers/palette/cluster-profile";
import { clusterArgs, poolArgs, prepareMaas, prepareTenant } from "./cluster-site";
import { coreArgs, infraArgs } from "./profile-args";
import { type Kept, tenant, unfinished } from "./tenant";

const kind = clusterKind();

describe("cluster under every habit of Palette (simulated Palette and MAAS)", function () {
  this.timeout(60_000);
  const site = tenant();

  beforeEach(async () => {
    await site.palette.reset();
    await prepareMaas(site.maas);
  });

  const small = (changes: PlainObject = {}): PlainObject =>
    clusterArgs({ pools: [poolArgs("control-plane", 1), poolArgs("worker-pool", 2)], ...changes });

  /** The cluster's inputs with other versions of its profiles. */
  function versions(infra: string, core: string, changes: PlainObject = {}): PlainObject {
    const args = small(changes);
    const profiles = args["profiles"] as { version: string }[];
    for (const [index, version] of [infra, core].entries()) profiles[index]!.version = version;
    return args;
  }

  async function isAsDescribed(kept: Kept, args: PlainObject): Promise<Kept> {
    const seen = await site.command().refresh(kind, kept);
    assert.ok(seen);
    assert.equal((await site.command().diff(kind, seen, args)).changes, false);
    return seen;
  }

  /** Every habit with its other value. */
  const others = listHabits({}).map(({ name, values: [, other = ""] }) => ({ name, value: other }));

  for (const { name, value } of others)
    it(`is created, and left alone when unchanged, with ${name}=${value}`, async () => {
      site.palette.setHabit(name, value);
      await prepareTenant(site);
      const kept = await site.command().up(kind, small());
      await isAsDescribed(await site.command().update(kind, kept, small()), small());
    });

  it("is created, left alone, upgraded with a repave, scaled and destroyed with all of them", async () => {
    for (const { name, value } of others) site.palette.setHabit(name, value);
    const made = await prepareTenant(site);
    let kept = await site.command().up(kind, small());
    kept = await isAsDescribed(await site.command().update(kind, kept, small()), small());

    await site.command().update(clusterProfileKind, made.infra, nextKubernetes());
    const repaved = versions("1.8.0", "1.7.0", { approveRepave: true });
    kept = await isAsDescribed(await site.command().update(kind, kept, repaved), repaved);

    const next = coreArgs("1.8.0");
    await site.command().update(clusterProfileKind, made.core, next);
    const upgraded = versions("1.8.0", "1.8.0", { approveRepave: true });
    kept = await isAsDescribed(await site.command().update(kind, kept, upgraded), upgraded);

    const scaled = { ...upgraded, pools: [poolArgs("control-plane", 1), poolArgs("worker-pool", 1)] };
    kept = await isAsDescribed(await site.command().update(kind, kept, scaled), scaled);
    await site.command().destroy(kind, kept);
    assert.equal(await site.command().refresh(kind, kept), undefined);
  });

  /** The infra profile with another version of Kubernetes. */
  function nextKubernetes(): PlainObject {
    const args = infraArgs("1.8.0");
    for (const { pack } of args["layers"] as unknown as { pack: { name: string; tag: string } }[])
      if (pack.name === "kubernetes") pack.tag = "1.32.6";
    return args;
  }

  it("waits for a change of values alone until it is installed, whatever canBeApplied is", async () => {
    site.palette.setHabit("can-be-applied", "false");
    const made = await prepareTenant(site);
    const kept = await site.command().up(kind, small());
    const next = coreArgs("1.8.0");
    const [metallb] = next["layers"] as { values: string }[];
    if (metallb) metallb.values = metallb.values.replace("ignoreExcludeLB: true", "ignoreExcludeLB: false");
    await site.command().update(clusterProfileKind, made.core, next);
    await site.command().update(kind, kept, versions("1.7.0", "1.8.0"));
    const installed = site.platform.installed.findLast(({ name }) => name === "lb-metallb-helm");
    assert.match(installed?.values ?? "", /ignoreExcludeLB: false/);
  });

  it("ends a wait on machines that fail again and again, keeps the cluster, and the next up goes on", async () => {
    await prepareTenant(site);
    site.maas.faults.add({ kind: "outcome", action: "deploy", message: "Installation failed" });
    const failure = await unfinished(site.command().up(kind, small()));
    assert.match(
      failure.message,
      /machine pool "[a-z-]+" failed \d+ times: .*The wait ends here.*run `pulumi up` again/s,
    );
    assert.match(failure.id, /^[0-9a-f]{24}$/);
    site.maas.faults.clear();
    const kept = await site.command().update(kind, { id: failure.id, state: failure.properties }, small());
    await isAsDescribed(kept, small());
  });

  it("ends a wait on a layer that cannot be installed, names it, and the next up goes on", async () => {
    await prepareTenant(site);
    site.platform.refuse = "lb-metallb-helm";
    const failure = await unfinished(site.command().up(kind, small()));
    assert.match(failure.message, /layer lb-metallb-helm [0-9.]+ failed.*correct its values in the profile/s);
    site.platform.refuse = undefined;
    await site.command().update(kind, { id: failure.id, state: failure.properties }, small());
  });
});
