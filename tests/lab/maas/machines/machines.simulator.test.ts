import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { startMaasSimulator, type MaasSimulator } from "../../../../lab/maas";
import type { JsonObject, JsonValue } from "../../../../lab/maas/json";
import { until } from "../../../../lab/until";
import { textOf } from "./text-of";

interface Answer {
  status: number;
  body: JsonValue;
}

describe("machines of the MAAS simulator, over a socket", () => {
  let simulator: MaasSimulator;

  before(async () => {
    simulator = await startMaasSimulator({ timeScale: 20_000 });
  });
  after(() => simulator.close());

  async function request(method: string, path: string, form?: Record<string, string>): Promise<Answer> {
    const [consumer = "", token = "", secret = ""] = simulator.apiKey.split(":");
    const oauth = [
      `OAuth oauth_version="1.0"`,
      `oauth_signature_method="PLAINTEXT"`,
      `oauth_consumer_key="${consumer}"`,
      `oauth_token="${token}"`,
      `oauth_signature="%26${secret}"`,
      `oauth_nonce="${randomUUID()}"`,
      `oauth_timestamp="${Math.floor(Date.now() / 1000)}"`,
    ].join(", ");
    const response = await fetch(`${simulator.url}/api/2.0/${path}`, {
      method,
      headers: { Authorization: oauth },
      ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.startsWith("application/json") === true;
    return { status: response.status, body: isJson ? (JSON.parse(text) as JsonValue) : text };
  }

  async function machine(systemId: string): Promise<JsonObject> {
    return (await request("GET", `machines/${systemId}/`)).body as JsonObject;
  }

  function reaches(systemId: string, status: string): Promise<JsonObject> {
    const look = async (): Promise<JsonObject | undefined> => {
      const body = await machine(systemId);
      return body.status_name === status ? body : undefined;
    };
    return until(`${systemId} becomes ${status}`, look, { timeout: 15_000 });
  }

  it("lists the seeded machines with everything that the single read has", async () => {
    const { body } = await request("GET", "machines/");
    const machines = body as JsonObject[];
    assert.ok(machines.length >= 14);
    assert.deepEqual(machines[0], await machine(textOf(machines[0]?.system_id)));
  });

  it("builds a bond with a VLAN interface and refuses to build it again", async () => {
    const [target = assert.fail()] = (await request("GET", "machines/")).body as JsonObject[];
    const systemId = textOf(target.system_id);
    const nics = (target.interface_set as JsonObject[]).filter((nic) => nic.vlan !== null).slice(0, 1);
    const path = `nodes/${systemId}/interfaces/?op=create_bond`;
    const form = { name: "bond0", parents: textOf(nics[0]?.id), bond_mode: "802.3ad" };
    const made = await request("POST", path, form);
    assert.equal(made.status, 200);
    const again = await request("POST", path, { ...form, name: "bond1" });
    assert.deepEqual(again.body, { parents: [`Interfaces already in-use: ${textOf(nics[0]?.name)}.`] });
    const removed = await request("DELETE", `nodes/${systemId}/interfaces/bond0/`);
    assert.equal(removed.status, 204);
    const restored = await request("POST", `machines/${systemId}/?op=restore_networking_configuration`, {});
    assert.equal(restored.status, 200);
  });

  it("allocates, deploys, and releases through Disk erasing", async () => {
    const allocated = await request("POST", "machines/?op=allocate", { cpu_count: "1" });
    assert.equal(allocated.status, 200);
    const systemId = textOf((allocated.body as JsonObject).system_id);
    const deploying = await request("POST", `machines/${systemId}/?op=deploy`, { distro_series: "jammy" });
    assert.equal((deploying.body as JsonObject).status_name, "Deploying");
    const deployed = await reaches(systemId, "Deployed");
    assert.equal(deployed.power_state, "on");
    const released = await request("POST", `machines/${systemId}/?op=release`, {});
    assert.equal((released.body as JsonObject).status_name, "Disk erasing");
    const ready = await reaches(systemId, "Ready");
    assert.equal(ready.owner, null);
  });

  it("lets a deployment fail that is told to", async () => {
    const allocated = await request("POST", "machines/?op=allocate", {});
    const body = allocated.body as JsonObject;
    const systemId = textOf(body.system_id);
    simulator.faults.add({ kind: "outcome", action: "deploy", machine: textOf(body.hostname), message: "no route" });
    await request("POST", `machines/${systemId}/?op=deploy`, {});
    const failed = await reaches(systemId, "Failed deployment");
    assert.equal(failed.error_description, "no route");
  });
});
