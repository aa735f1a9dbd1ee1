import assert from "node:assert/strict";
import { Command } from "../../providers/maas/region";
import { startMaasSimulator, type MaasSimulator } from "../../../lab/maas";
import { ApiError } from "../../../providers/dynamic/errors";

describe("A key of a user who is no administrator, in the simulated region", () => {
  let maas: MaasSimulator;
  let user: Command;

  before(async () => {
    maas = await startMaasSimulator({ seed: { workers: 1 } });
    user = new Command({ url: maas.url, apiKey: maas.userKey("operator") });
  });
  after(() => maas.close());

  it("stays the same, and is no administrator's", async () => {
    assert.equal(maas.userKey("operator"), maas.userKey("operator"));
    assert.notEqual(maas.userKey("operator"), maas.apiKey);
    assert.equal((await user.link.client.whoami()).is_superuser, false);
    assert.equal(maas.userKey("admin"), maas.apiKey);
  });

  it("reads everything", async () => {
    const { client } = user.link;
    for (const list of [client.machines, client.fabrics, client.subnets, client.zones, client.pools]) {
      assert.ok((await list.list(0)).length > 0);
    }
  });

  it("fails at every administrative write with 403, and changes nothing", async () => {
    const before = JSON.stringify(maas.dump());
    const { client } = user.link;
    const writes: (() => Promise<unknown>)[] = [
      () => client.zones.create({ name: "mine" }, () => false),
      () => client.pools.create({ name: "mine" }, () => false),
      () => client.fabrics.createUnnamed(),
      () => client.fabrics.updateVlan(5001, { name: "mine" }),
    ];
    for (const write of writes) {
      await assert.rejects(write(), (error) => error instanceof ApiError && error.status === 403);
    }
    assert.equal(JSON.stringify(maas.dump()), before);
  });
});
