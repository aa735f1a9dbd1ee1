import assert from "node:assert/strict";
import type { PaletteSimulator } from "../../../lab/palette";
import { MaasStandIn } from "./support/maas-stand-in";
import { PaletteClient } from "./support/palette-client";
import { clusterBody, prepareSite } from "./support/cluster";
import { startTestPalette } from "./support/start";

describe("the Palette simulator's transport", () => {
  let maas: MaasStandIn;
  let simulator: PaletteSimulator;
  let client: PaletteClient;
  let tenant: PaletteClient;

  before(async () => {
    maas = await MaasStandIn.start();
  });
  after(() => maas.close());

  beforeEach(async () => {
    ({ simulator, client } = await startTestPalette({ exchanges: true, userPassword: "a-password" }));
    tenant = new PaletteClient(simulator, null);
  });
  afterEach(() => simulator.close());

  const account = (name: string) => ({
    metadata: { name },
    spec: { apiEndpoint: maas.url, apiKey: maas.apiKey, preferredSubnets: null },
  });

  it("admits the API key in its own header only, and a token of a login for a while", async () => {
    const send = (headers: Record<string, string>) => fetch(`${simulator.url}/v1/users/info`, { headers });
    assert.equal((await send({ ApiKey: simulator.apiKey })).status, 200);
    for (const headers of [{}, { ApiKey: "wrong" }, { Authorization: simulator.apiKey }]) {
      const refused = await send(headers);
      assert.equal(refused.status, 401);
      assert.equal(((await refused.json()) as { code: string }).code, "UnAuthorizedAccess");
    }
    const login = { emailId: "operator@example.test", password: "a-password" };
    const { Authorization } = await tenant.ok<{ Authorization: string }>(200, "POST", "/v1/auth/authenticate", login);
    assert.equal((await send({ Authorization })).status, 200);
    assert.equal(
      (await tenant.refused(401, "POST", "/v1/auth/authenticate", { ...login, password: "x" })).code,
      "UnAuthorizedAccess",
    );
  });

  it("answers the router's own errors with a number, application errors with a name and a reference", async () => {
    assert.deepEqual(await tenant.ok(404, "GET", "/v1/nothing"), {
      code: 404,
      message: "path /v1/nothing was not found",
    });
    assert.deepEqual(await tenant.ok(405, "PUT", "/v1/users/info"), {
      code: 405,
      message: "method PUT is not allowed, but [GET] are",
    });
    assert.equal((await tenant.refused(405, "GET", "/v1/projects")).code, 405, "the list is retired");
    assert.equal((await tenant.refused(404, "POST", "/v1/projects")).code, 404);
  });

  it("keeps scopes apart", async () => {
    const tenantOnly = await client.refused(400, "GET", "/v1/dashboard/projects/metadata");
    assert.equal(tenantOnly.code, "ProjectUidIsNotEmpty");
    const site = await prepareSite(client, maas);
    const { uid } = await client.ok<{ uid: string }>(201, "POST", "/v1/spectroclusters/maas", clusterBody(site));
    const { items } = await tenant.get<{ items: { metadata: { name: string; uid: string } }[] }>(
      "/v1/dashboard/projects/metadata",
    );
    const other = items.find((item) => item.metadata.uid !== simulator.projectUid)?.metadata.uid ?? "";
    for (const scope of [null, other, "0123456789abcdef01234567"]) {
      const stranger = new PaletteClient(simulator, scope);
      for (const path of [
        `/v1/spectroclusters/${uid}`,
        `/v1/cloudaccounts/maas/${site.account}`,
        `/v1/clusterprofiles/${site.infra}`,
      ])
        assert.equal((await stranger.refused(403, "GET", path)).code, "OperationForbidden", `${path} in ${scope}`);
    }
    const query = await tenant.send("GET", `/v1/spectroclusters/${uid}?projectUid=${simulator.projectUid}`);
    assert.equal(query.status, 403, "a query parameter is no scope");
    const missing = await client.refused(404, "GET", "/v1/spectroclusters/0123456789abcdef01234567");
    assert.equal(missing.code, "ResourceNotFound");
    assert.match(uid, /^[0-9a-f]{24}$/);
    simulator.faults.add({ kind: "wrong-scope" });
    assert.equal((await client.refused(403, "GET", `/v1/spectroclusters/${uid}`)).code, "OperationForbidden");
  });

  it("shows what is made in tenant scope in every project", async () => {
    const { uid } = await tenant.ok<{ uid: string }>(201, "POST", "/v1/cloudaccounts/maas", account("shared"));
    const read = await client.get<{ metadata: { annotations: { scope: string } } }>(`/v1/cloudaccounts/maas/${uid}`);
    assert.equal(read.metadata.annotations.scope, "tenant");
    assert.equal((await tenant.refused(403, "POST", "/v1/spectroclusters/maas", {})).code, "OperationForbidden");
  });

  it("pages by 50 with a token; a limit of 0 is all", async () => {
    for (let index = 0; index < 120; index++)
      await client.ok(201, "POST", "/v1/cloudaccounts/maas", account(`account-${index}`));
    type Page = { items: { metadata: { name: string } }[]; listmeta: { continue: string; count: number } };
    const seen: string[] = [];
    let token = "";
    do {
      const page = await client.get<Page>(`/v1/cloudaccounts/maas?limit=200&continue=${token}`);
      assert.ok(page.items.length <= 50);
      seen.push(...page.items.map((item) => item.metadata.name));
      token = page.listmeta.continue;
    } while (token !== "");
    assert.equal(new Set(seen).size, 120);
    assert.equal((await client.get<Page>("/v1/cloudaccounts/maas?limit=0")).items.length, 120);
    await client.refused(400, "GET", "/v1/cloudaccounts/maas?continue=nonsense");
  });

  it("names the audit record of a change", async () => {
    const answer = await client.send("POST", "/v1/cloudaccounts/maas", account("audited"));
    const auditUid = answer.headers.get("audituid") ?? "";
    const audit = await client.get<{ spec: { actionType: string; resource: { uid: string } } }>(
      `/v1/audits/${auditUid}`,
    );
    assert.equal(audit.spec.actionType, "create");
    assert.equal(audit.spec.resource.uid, (answer.body as { uid: string }).uid);
    const { items } = await client.get<{ items: unknown[] }>("/v1/audits?actionType=create");
    assert.equal(items.length, 1);
  });

  it("limits requests per resource when it is told to", async () => {
    const limited = await startTestPalette({ rateLimits: true });
    const statuses = await Promise.all(
      Array.from({ length: 80 }, () => limited.client.send("GET", "/v1/users/info").then((answer) => answer.status)),
    );
    assert.ok(statuses.filter((status) => status === 200).length >= 50);
    assert.ok(statuses.includes(429));
    assert.equal((await limited.client.send("GET", "/v1/overlords")).status, 200, "another bucket");
    await limited.simulator.close();
  });

  it("has the faults that are switched on, for as often as they were asked for", async () => {
    const list = "/v1/cloudaccounts/maas";
    const once = (
      kind: "internal-error" | "too-many-requests" | "bad-gateway-after-work" | "reset" | "reset-after-work",
      verb: "GET" | "POST" = "GET",
    ) => {
      simulator.faults.add({ kind, verb, path: "/v1/cloudaccounts/**", times: 1 });
    };
    once("internal-error");
    assert.equal((await client.send("GET", list)).status, 500);
    once("too-many-requests");
    assert.equal((await client.send("GET", list)).status, 429);
    once("reset");
    await assert.rejects(client.send("GET", list));
    once("bad-gateway-after-work", "POST");
    assert.equal((await client.send("POST", list, account("lost-answer"))).status, 502);
    once("reset-after-work", "POST");
    await assert.rejects(client.send("POST", list, account("lost-connection")));
    const { items } = await client.get<{ items: { metadata: { name: string } }[] }>(list);
    assert.deepEqual(
      items.map((item) => item.metadata.name),
      ["lost-answer", "lost-connection"],
    );
    assert.equal(simulator.faults.list().length, 0);
    simulator.faults.add({ kind: "null-lists" });
    assert.equal((await client.get<{ items: null }>("/v1/audits?actionType=delete")).items, null);
    simulator.faults.add({ kind: "slow-consistency", milliseconds: 60_000 });
    assert.equal((await client.get<{ items: null }>(list)).items, null, "new objects are not listed yet");
  });

  it("keeps a log of requests and one of exchanges, without secrets", async () => {
    await client.ok(201, "POST", "/v1/cloudaccounts/maas", account("logged"));
    const entry = simulator.requests.entries.at(-1);
    assert.deepEqual([entry?.method, entry?.operation, entry?.status], ["POST", "/v1/cloudaccounts/maas", 201]);
    assert.ok(simulator.requests.maximumInFlight >= 1);
    await client.get("/v1/cloudaccounts/maas");
    const exchange = simulator.exchanges?.entries.at(-1);
    assert.match(JSON.stringify(exchange), /"apiKey":"\*{8}"/);
    for (const text of [
      JSON.stringify(simulator.exchanges?.entries),
      JSON.stringify(simulator.requests.entries),
      JSON.stringify(simulator.dump()),
    ])
      for (const secret of [maas.apiKey, simulator.apiKey]) assert.ok(!text.includes(secret));
  });

  it("serves the lab's own surface to whoever holds the admin token", async () => {
    const admin = (method: string, path: string, body?: unknown, token = simulator.adminToken) =>
      fetch(`${simulator.url}/lab/${path}`, {
        method,
        headers: { authorization: `Bearer ${token}` },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    assert.equal((await admin("GET", "dump", undefined, simulator.apiKey)).status, 401);
    await client.ok(201, "POST", "/v1/cloudaccounts/maas", account("to-be-reset"));
    const dump = (await (await admin("GET", "dump")).json()) as { accounts: { name: string }[] };
    assert.deepEqual(
      dump.accounts.map((each) => each.name),
      ["to-be-reset"],
    );
    assert.equal((await admin("POST", "faults", { kind: "latency", milliseconds: 1 })).status, 200);
    assert.deepEqual(simulator.faults.list(), [{ kind: "latency", milliseconds: 1 }]);
    assert.equal((await admin("POST", "faults", { kind: "nonsense" })).status, 400);
    await admin("PUT", "gateways", { name: simulator.gatewayName, state: "Provisioning" });
    const { items } = await client.get<{ items: { status: { state: string; isReady: boolean } }[] }>("/v1/overlords");
    assert.deepEqual([items[0]?.status.state, items[0]?.status.isReady], ["Provisioning", false]);
    assert.equal((await admin("POST", "time-scale", { timeScale: 10 })).status, 200);
    assert.equal((await admin("POST", "reset")).status, 200);
    assert.equal((await client.get<{ items: unknown[] }>("/v1/cloudaccounts/maas")).items.length, 0);
    assert.equal(simulator.faults.list().length, 0);
    assert.equal(
      (await client.get<{ items: { status: { state: string } }[] }>("/v1/overlords")).items[0]?.status.state,
      "Running",
    );
  });
});
