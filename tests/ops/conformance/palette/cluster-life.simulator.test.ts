import assert from "node:assert/strict";
import { join } from "node:path";
import { clientOperations, isOf, name } from "../../../../ops/conformance/palette/client-operations";
import { endLife, liveThrough, type LifeSite } from "../../../../ops/conformance/palette/cluster-life";
import { accountArgs, clusterArgs, prepareMaas } from "../../../providers/palette/cluster-site";
import { coreArgs, infraArgs } from "../../../providers/palette/profile-args";
import { tenant } from "../../../providers/palette/tenant";

const project = join(__dirname, "../../../..");

describe("the life of a cluster (simulated Palette and MAAS)", function () {
  this.timeout(120_000);
  const site = tenant();

  it("sends every operation that the client can call, and none that its sources do not show", async () => {
    await prepareMaas(site.maas);
    const { url, apiKey, projectName } = site.palette;
    const life: LifeSite = {
      address: { url, apiKey, project: projectName },
      command: () => site.command(),
      fault: (kind) => {
        if (kind === null) site.palette.faults.clear();
        else site.palette.faults.add({ kind: "no-pack-values" });
        return Promise.resolve();
      },
    };
    const args = { account: accountArgs(site), infra: infraArgs(), core: coreArgs(), cluster: clusterArgs() };
    await endLife(life, await liveThrough(life, args, () => undefined));
    const operations = clientOperations(project, "providers/palette");
    const sent = site.palette.requests.entries;
    assert.deepEqual(operations.filter((operation) => !sent.some((request) => isOf(operation, request))).map(name), []);
    const unknown = sent.filter((request) => !operations.some((operation) => isOf(operation, request)));
    assert.deepEqual([...new Set(unknown.map(name))], []);
  });
});
