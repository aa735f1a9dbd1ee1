import { assertSeedRestored } from "./support/assert-seed-restored";
import { LabDatacenter, type LabStatus, metalOnly } from "./support/lab-datacenter";
import { ended } from "./support/outcomes";

describe("a destroy of bare metal", function () {
  this.timeout(600_000);
  const datacenter = new LabDatacenter();
  let seed: LabStatus;

  before(async () => {
    await datacenter.lab("start");
    seed = await datacenter.status();
    await datacenter.describe(metalOnly);
  });
  after(() => datacenter.remove());

  it("puts every machine back as commissioning left it: discovered addresses, NICs on fabrics of their own, no VLAN", async () => {
    ended(await datacenter.up(), 0);
    ended(await datacenter.drift(), 0);
    ended(await datacenter.pulumi(["destroy", "--yes", "--skip-preview"]), 0);
    assertSeedRestored(seed, await datacenter.status());
  });
});
