import assert from "node:assert/strict";
import { clusterKind } from "../../../providers/palette/cluster/cluster-kind";
import { kubeconfigKind } from "../../../providers/palette/kubeconfig";
import { clusterArgs, grafanaPassword, maasByHand, poolArgs, prepareMaas, prepareTenant } from "./cluster-site";
import { type Kept, tenant } from "./tenant";

const kind = clusterKind();

describe("cluster (simulated Palette and MAAS)", function () {
  this.timeout(60_000);
  const site = tenant();

  beforeEach(async () => {
    await site.palette.reset();
    await prepareMaas(site.maas);
    await prepareTenant(site);
  });

  const up = (changes = {}): Promise<Kept> => site.command().up(kind, clusterArgs(changes));

  it("comes up whole, is as described, and stays so", async () => {
    const kept = await up();
    const machines = await maasByHand(site.maas).machines.list(0);
    assert.equal(machines.filter((machine) => machine.status_name === "Deployed").length, 8);
    const seen = await site.command().refresh(kind, kept);
    assert.ok(seen);
    assert.deepEqual(seen.state, kept.state);
    assert.equal((await site.command().diff(kind, seen, clusterArgs())).changes, false);
    assert.match(String(kept.state["apiEndpoint"]), /^vmo-[0-9a-f]{6}\.metal\.example\.test:6443$/);
    assert.equal(site.platform.installed.at(-1)?.name, "virtual-machine-orchestrator");
  });
});
