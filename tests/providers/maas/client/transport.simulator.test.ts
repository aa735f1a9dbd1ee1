import assert from "node:assert/strict";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { ApiError, InputError } from "../../../../providers/dynamic/errors";
import { parseApiKey } from "../../../../providers/maas/client/api-key";
import { MaasClient } from "../../../../providers/maas/client/client";
import type { TransportOptions } from "../../../../providers/maas/client/transport";
import { region } from "../region";

const quick = { firstPause: 1, longestPause: 5 };

describe("MAAS client (simulated MAAS)", () => {
  const maas = region();
  const clients: MaasClient[] = [];

  function client(options: Partial<TransportOptions> = {}): MaasClient {
    const key = parseApiKey(maas.simulator.apiKey, "test");
    const made = new MaasClient({
      url: maas.simulator.url,
      credentials: () => key,
      keyOrigin: "vmo-metal:maasApiKey",
      retry: quick,
      ...options,
    });
    clients.push(made);
    return made;
  }

  beforeEach(() => maas.simulator.reset());
  after(() => clients.forEach((made) => made.close()));

  const sent = (method: string, path: string): number =>
    maas.simulator.requests.list().filter((record) => record.method === method && record.path.endsWith(path)).length;

  for (const [what, change] of [
    ["an unknown consumer", 0],
    ["an unknown token", 1],
    ["a wrong secret", 2],
  ] as const) {
    it(`says that the key is wrong (${what}) and shows none of it`, async () => {
      const parts = maas.simulator.apiKey.split(":");
      const wrong = parts.map((part, index) => (index === change ? "wrongwrongwrong" : part)).join(":");
      const failing = client({ credentials: () => parseApiKey(wrong, "test") });
      await assert.rejects(failing.pools.list(), (failure) => {
        assert.ok(failure instanceof ApiError);
        assert.equal(failure.status, 401);
        assert.match(failure.message, /vmo-metal:maasApiKey/);
        for (const part of [...parts, "wrongwrongwrong"]) assert.ok(!failure.message.includes(part), failure.message);
        return true;
      });
      assert.equal(sent("GET", "/resourcepools/"), 1);
    });
  }

  it("signs every try anew, since a nonce is taken once", async () => {
    maas.simulator.faults.add({ kind: "status", status: 503, method: "GET", path: "/zones/", count: 3 });
    assert.equal((await client().zones.list()).length, 1);
    assert.equal(sent("GET", "/zones/"), 4);
  });

  it("names address and code when nothing answers, and tries no longer than it has to", async () => {
    const nowhere = client({ url: "http://127.0.0.1:1/MAAS" });
    await assert.rejects(nowhere.ready(), (failure) => {
      assert.ok(failure instanceof ApiError);
      assert.equal(failure.status, undefined);
      assert.match(failure.message, /http:\/\/127\.0\.0\.1:1\/MAAS.*ECONNREFUSED.*maas\.url/);
      return true;
    });
  });

  for (const kind of ["reset", "reset-after-work"] as const) {
    it(`repeats a change whose connection broke (${kind})`, async () => {
      maas.simulator.faults.add({ kind, method: "PUT", path: "/resourcepool/*", count: 2 });
      const changed = await client().pools.update("0", { description: "twice" });
      assert.equal(changed.description, "twice");
      assert.equal(sent("PUT", "/resourcepool/0/"), 3);
    });
  }

  it("takes a deletion as done whose answer was lost", async () => {
    const made = await client().pools.create({ name: "short-lived" }, () => false);
    maas.simulator.faults.add({
      kind: "status-after-work",
      status: 502,
      method: "DELETE",
      path: "/resourcepool/*",
      count: 1,
    });
    await client().pools.remove(String(made.id));
    assert.equal(sent("DELETE", `/resourcepool/${made.id}/`), 2);
  });

  for (const fault of [
    { kind: "status-after-work" as const, status: 502 },
    { kind: "status-after-work" as const, status: 504 },
    { kind: "reset-after-work" as const },
  ]) {
    it(`finds an object whose creation was not answered (${fault.kind} ${fault.status ?? ""}), and makes no second`, async () => {
      maas.simulator.faults.add({ ...fault, method: "POST", path: "/resourcepools/", count: 1 });
      const made = await client().pools.create({ name: "found" }, (pool) => pool.name === "found");
      assert.equal(made.name, "found");
      assert.equal(sent("POST", "/resourcepools/"), 1);
    });
  }

  it("asks again for a creation that was not answered only after it looked and found nothing", async () => {
    maas.simulator.faults.add({ kind: "reset", method: "POST", path: "/resourcepools/", count: 1 });
    const made = await client().pools.create({ name: "second-try" }, (pool) => pool.name === "second-try");
    assert.equal(made.name, "second-try");
    const order = maas.simulator.requests.list().map(({ method }) => method);
    assert.deepEqual(order, ["POST", "GET", "POST"]);
  });

  it("gives a creation up that is never answered", async () => {
    maas.simulator.faults.add({ kind: "reset", method: "POST", path: "/resourcepools/" });
    const made = client().pools.create({ name: "never" }, (pool) => pool.name === "never");
    await assert.rejects(made, (failure) => failure instanceof ApiError && failure.status === undefined);
    assert.equal(sent("POST", "/resourcepools/"), 3);
  });

  it("repeats a creation that was refused before the work", async () => {
    maas.simulator.faults.add({ kind: "status", status: 429, retryAfter: 0, method: "POST", count: 2 });
    assert.equal((await client().pools.create({ name: "late" }, () => false)).name, "late");
  });

  it("takes a 500 after a write for a bad value, and does not repeat it", async () => {
    const bad = client().dnsResources.create({ fqdn: "bad.maas", ip_addresses: "abc" }, () => false);
    await assert.rejects(bad, (failure) => failure instanceof ApiError && /check the values/.test(failure.message));
    assert.equal(sent("POST", "/dnsresources/"), 1);
  });

  it("never has more requests in flight than it may", async () => {
    maas.simulator.faults.add({ kind: "latency", milliseconds: 20, method: "GET" });
    const limited = client({ parallel: 3 });
    await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        limited.settings.get(
          [
            "kernel_opts",
            "http_proxy",
            "upstream_dns",
            "maas_name",
            "ntp_servers",
            "default_dns_ttl",
            "enable_http_proxy",
            "default_osystem",
            "node_timeout",
            "completed_intro",
            "theme",
            "dnssec_validation",
          ][index] ?? "",
        ),
      ),
    );
    assert.equal(maas.simulator.requests.inFlightHighWaterMark, 3);
  });

  it("takes an answer that is no JSON for something else than MAAS", async () => {
    const server = http.createServer((_request, response) => response.end("<html>Welcome</html>"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/MAAS`;
    await assert.rejects(client({ url }).ready(), /something else than MAAS/);
    server.closeAllConnections();
    server.close();
  });

  it("follows no redirect", async () => {
    const server = http.createServer((_request, response) => {
      response.writeHead(302, { location: maas.simulator.url }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/MAAS`;
    await assert.rejects(client({ url }).ready(), /Redirects are not followed/);
    server.closeAllConnections();
    server.close();
  });

  it("tells an object that is gone from an endpoint that is not there", async () => {
    assert.equal(await client().pools.get("4711"), undefined);
    await assert.rejects(client({ url: `${maas.simulator.url}/elsewhere` }).pools.read("0"), ApiError);
  });

  it("refuses a MAAS that is too old before anything else, and warns of one that is new", async () => {
    maas.simulator.store.site.version = "3.3.4";
    await assert.rejects(
      client().ready(),
      (failure) => failure instanceof InputError && /3\.4 or newer/.test(failure.message),
    );
    maas.simulator.store.site.version = "3.9.0";
    const warnings: string[] = [];
    const log = { info: () => undefined, warning: (message: string) => void warnings.push(message), of: () => log };
    const newer = client({ log } as Partial<TransportOptions>);
    await Promise.all([newer.ready(), newer.ready()]);
    await newer.ready();
    assert.equal(warnings.length, 1);
    assert.equal(sent("GET", "/version/"), 2);
  });
});
