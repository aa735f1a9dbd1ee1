import assert from "node:assert/strict";
import { listHabits } from "../../lab/palette/habits";
import { assertSeedRestored } from "./support/assert-seed-restored";
import { LabDatacenter, type LabStatus } from "./support/lab-datacenter";
import { ended } from "./support/outcomes";
import { counts } from "./support/resources";

describe("a datacenter on a Palette with every other habit", function () {
  this.timeout(600_000);
  const datacenter = new LabDatacenter();
  let seed: LabStatus;

  before(async () => {
    await datacenter.lab("start");
    seed = await datacenter.status();
    await datacenter.lab("palette-habit", ...listHabits({}).map(({ name, values }) => `${name}=${values[1] ?? ""}`));
    // A repave needs a spare machine.
    await datacenter.describe(({ cluster }) => Object.assign(cluster ?? {}, { workers: [{ size: 4 }] }));
  });
  after(() => datacenter.remove());

  it("comes up, and is no drift and unchanged afterwards", async () => {
    ended(await datacenter.up(), 0);
    ended(await datacenter.driftReport(), 0);
    assert.deepEqual(Object.keys(counts(ended(await datacenter.up(), 0).output)), ["unchanged"]);
  });

  it("is upgraded with an approved repave, and unchanged then", async () => {
    await datacenter.describe(({ cluster }) =>
      Object.assign(cluster ?? {}, {
        kubelet: { maxPods: 240 },
        profileVersions: { infra: "1.8.0" },
        approveRepave: true,
      }),
    );
    ended(await datacenter.up(), 0);
    assert.deepEqual(Object.keys(counts(ended(await datacenter.up(), 0).output)), ["unchanged"]);
  });

  it("is destroyed, and the site is as before", async () => {
    ended(await datacenter.pulumi(["destroy", "--yes", "--skip-preview"]), 0);
    assertSeedRestored(seed, await datacenter.status());
  });
});
