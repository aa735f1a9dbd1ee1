import assert from "node:assert/strict";
import { LabDatacenter } from "./support/lab-datacenter";
import { well } from "./support/outcomes";
import { counts, resourcesOf } from "./support/resources";
import { interrupt } from "./support/run";

describe("an up that one Ctrl-C interrupts", function () {
  this.timeout(600_000);
  const datacenter = new LabDatacenter();
  let interrupted: { readonly output: string; readonly milliseconds: number };

  before(async () => {
    await datacenter.lab("start");
    const running = datacenter.startPulumi(["up", "--yes", "--skip-preview"]);
    await running.printed(/Cluster dev: Provisioning/);
    const begun = Date.now();
    interrupt(running);
    const { output } = await running.ended;
    interrupted = { output, milliseconds: Date.now() - begun };
  });
  after(() => datacenter.remove());

  it("ends its wait for the cluster within seconds, and says how to go on", () => {
    assert.match(interrupted.output, /the wait was interrupted at: Provisioning/);
    assert.ok(interrupted.milliseconds < 30_000, `${interrupted.milliseconds} ms:\n${interrupted.output}`);
  });

  it("keeps the cluster in the state, and the next up finishes it without a lock in its way", async () => {
    const clusterId = (): unknown =>
      resourcesOf(datacenter.state()).find(({ urn }) => /palette:Cluster::/.test(urn))?.id;
    const kept = clusterId();
    assert.match(String(kept), /^[0-9a-f]{24}$/);
    well(await datacenter.up());
    assert.equal(clusterId(), kept);
    const again = well(await datacenter.up());
    assert.deepEqual(Object.keys(counts(again.output)), ["unchanged"], again.output);
  });
});
