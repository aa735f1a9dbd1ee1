import assert from "node:assert/strict";
import { join } from "node:path";
import { clientOperations, isOf, name } from "../../../../ops/conformance/palette/client-operations";
import { wholeLife } from "../../../providers/palette/life";
import { tenant } from "../../../providers/palette/tenant";

const project = join(__dirname, "../../../..");

describe("the life of a cluster (simulated Palette and MAAS)", function () {
  this.timeout(120_000);
  const site = tenant();

  it("sends every operation that the client can call, and none that its sources do not show", async () => {
    await wholeLife(site);
    const operations = clientOperations(project, "providers/palette");
    const sent = site.palette.requests.entries;
    assert.deepEqual(operations.filter((operation) => !sent.some((request) => isOf(operation, request))).map(name), []);
    const unknown = sent.filter((request) => !operations.some((operation) => isOf(operation, request)));
    assert.deepEqual([...new Set(unknown.map(name))], []);
  });
});
