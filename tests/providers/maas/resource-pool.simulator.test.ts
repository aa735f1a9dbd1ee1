import assert from "node:assert/strict";
import { resourcePoolKind } from "../../../providers/maas/resource-pool";
import { region } from "./region";

describe("resource pool (simulated MAAS)", () => {
  const maas = region();

  it("is created with a marker, read back, changed and deleted", async () => {
    const first = maas.command();
    const pool = await first.up(resourcePoolKind, { name: "workers", description: "Worker hosts" });
    assert.equal(pool.state.origin, "created");
    const stored = maas.simulator.store.site.pools.find((candidate) => candidate.name === "workers");
    assert.equal(stored?.description, "Worker hosts [vmo-metal test]");
    const refreshed = await maas.command().refresh(resourcePoolKind, pool);
    assert.deepEqual(refreshed?.state, pool.state);
    await maas.command().destroy(resourcePoolKind, pool);
    assert.equal(await maas.command().refresh(resourcePoolKind, pool), undefined);
  });
});
