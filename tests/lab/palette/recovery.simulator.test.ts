import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { until } from "../../../lab/until";
import { clusterBody, pool, prepareSite, untilCluster, untilHealthy } from "./support/cluster";
import { MaasStandIn } from "./support/maas-stand-in";
import { PaletteClient } from "./support/palette-client";
import { startTestPalette } from "./support/start";

describe("the Palette simulator after a kill", function () {
  this.timeout(60_000);
  let maas: MaasStandIn;
  let folder: string;
  let child: ChildProcess | undefined;

  beforeEach(async () => {
    maas = await MaasStandIn.start();
    folder = mkdtempSync(join(tmpdir(), "palette-"));
  });

  afterEach(async () => {
    await kill();
    await maas.close();
    rmSync(folder, { recursive: true });
  });

  async function start(): Promise<PaletteClient> {
    const script = join(__dirname, "support", "simulator-process.ts");
    child = spawn(process.execPath, ["--require", "tsx/cjs", script, join(folder, "state.json"), "the-api-key"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    assert.ok(child.stdout);
    const [line] = (await once(createInterface(child.stdout), "line")) as [string];
    return new PaletteClient(JSON.parse(line) as { url: string; apiKey: string; projectUid: string });
  }

  async function kill(): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }

  // Kills the simulator when MAAS has done the nth operation of a kind and has not answered yet.
  function killAt(operation: string, nth: number): Promise<void> {
    let count = 0;
    return new Promise((resolve) => {
      maas.afterWork = async (done) => {
        if (done === operation) count += 1;
        if (count !== nth) return;
        count += 1;
        await kill();
        resolve();
      };
    });
  }

  for (const [operation, nth] of [
    ["allocate", 1],
    ["allocate", 5],
    ["deploy", 2],
  ] as const)
    it(`goes on with its cluster and takes no machine twice (killed in ${operation} ${nth})`, async () => {
      let client = await start();
      const site = await prepareSite(client, maas);
      const killed = killAt(operation, nth);
      const body = clusterBody(site, [pool("control-plane", 3), pool("worker-pool", 3)]);
      const { uid } = await client.ok<{ uid: string }>(201, "POST", "/v1/spectroclusters/maas", body);
      await killed;
      client = await start();
      await untilHealthy(client, uid);
      const allocated = maas.machines.filter((machine) => machine.allocations > 0);
      assert.equal(allocated.length, 6);
      assert.ok(allocated.every((machine) => machine.allocations === 1));
      assert.deepEqual(maas.named(10), []);
      assert.equal(maas.records.length, 1);
    });

  it("goes on with a deletion", async () => {
    let client = await start();
    const site = await prepareSite(client, maas);
    const body = clusterBody(site, [pool("control-plane", 1), pool("worker-pool", 2)]);
    const { uid } = await client.ok<{ uid: string }>(201, "POST", "/v1/spectroclusters/maas", body);
    await untilHealthy(client, uid);
    const killed = killAt("release", 2);
    await client.ok(204, "DELETE", `/v1/spectroclusters/${uid}`);
    await killed;
    client = await start();
    await untilCluster("deleted", client, uid, (cluster) => cluster.status?.state === "Deleted");
    await until("all machines are free", () => Promise.resolve(maas.named(4).length === 10 || undefined), {
      timeout: 5000,
    });
  });

  it("keeps no secret in clear, and says when the state was written with another key", async () => {
    const client = await start();
    const site = await prepareSite(client, maas);
    await client.ok(201, "POST", "/v1/spectroclusters/maas", clusterBody(site));
    await kill();
    const text = readFileSync(join(folder, "state.json"), "utf8");
    for (const secret of [maas.apiKey, "standinsecret", "flash-array-token", "the-api-key"])
      assert.ok(!text.includes(secret), secret);
    await assert.rejects(
      startTestPalette({ stateFile: join(folder, "state.json"), apiKey: "another" }),
      /state\.json: the Palette simulator's state cannot be opened.*lab -- reset/,
    );
  });
});
