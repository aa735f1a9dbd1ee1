import assert from "node:assert/strict";
import { assertSeedRestored } from "./support/assert-seed-restored";
import { LabDatacenter, type LabStatus } from "./support/lab-datacenter";
import { well } from "./support/outcomes";
import { counts, resourcesOf } from "./support/resources";

describe("an up that is killed", function () {
  this.timeout(600_000);
  const datacenter = new LabDatacenter();
  let seed: LabStatus;

  before(async () => {
    await datacenter.lab("start");
    seed = await datacenter.status();
  });
  after(() => datacenter.remove());

  /** Starts an up and kills it when it prints something. */
  const kill = (when: RegExp): Promise<void> =>
    datacenter.kill(datacenter.startPulumi(["up", "--yes", "--skip-preview"]), when);

  it("loses nothing while hosts are configured, and again while the cluster comes up", async () => {
    await kill(/HostNetwork .*: configuring its network/);
    await kill(/Cluster dev: Provisioning/);
    well(await datacenter.up());
    const again = well(await datacenter.up());
    assert.deepEqual(Object.keys(counts(again.output)), ["unchanged"], again.output);
  });

  it("doubles nothing", async () => {
    const urns = resourcesOf(datacenter.state()).map(({ urn }) => urn);
    assert.equal(new Set(urns).size, urns.length);
    const clusters = JSON.parse(
      await datacenter.lab(
        "palette",
        "POST",
        "/v1/dashboard/spectroclusters/search",
        JSON.stringify({ filter: { conjunction: "and", filterGroups: [] }, sort: [] }),
      ),
    ) as { items: unknown[] };
    assert.equal(clusters.items.length, 1);
    const { machines } = (await datacenter.status()).maas;
    for (const { hostname, interfaces } of machines) {
      const names = interfaces.map(({ name }) => name);
      assert.equal(new Set(names).size, names.length, `${hostname}: ${names.join(", ")}`);
    }
  });

  it("gives everything back on destroy all the same", async () => {
    well(await datacenter.pulumi(["destroy", "--yes", "--skip-preview"]));
    assertSeedRestored(seed, await datacenter.status());
  });
});
