import assert from "node:assert/strict";
import { ApiError } from "../../../providers/dynamic/errors";
import { isGone } from "../../../providers/http/lost-answer";
import { parseApiKey } from "../../../providers/maas/client/api-key";
import { MaasClient } from "../../../providers/maas/client/client";
import { Fabrics } from "../../../providers/maas/client/fabrics";
import { RestCollection } from "../../../providers/maas/client/rest-collection";
import { type SpoilingProxy, spoilingProxy } from "../http/spoiling-proxy";
import { region } from "./region";

const json = "application/json";
/** Answers that hold no data, or are none of MAAS's. */
const foreign: readonly (readonly [what: string, status: number, contentType: string, body: string])[] = [
  ["an empty 204", 204, "", ""],
  ["an empty 200", 200, json, ""],
  ["an empty object", 200, json, "{}"],
  ["a log-in page", 200, "text/html", "<!doctype html><title>Log in</title>"],
  ["plain text", 200, "text/plain", "OK"],
  ["a gateway's JSON with 200", 200, json, '{"message":"no Route matched with those values"}'],
  ["an HTML 404", 404, "text/html", "<html><h1>Not Found</h1></html>"],
  ["a router's text", 404, "text/plain", "404 page not found"],
  ["plain Not Found", 404, "text/plain", "Not Found"],
  ["an empty 404", 404, "", ""],
  ["a gateway's JSON", 404, json, '{"message":"no Route matched with those values"}'],
  ["an unknown endpoint", 404, "text/plain", "Unknown API endpoint: /MAAS/api/2.0/machine/."],
  ["MAAS's words as HTML", 404, "text/html", "No Machine matches the given query."],
];

type Read = (client: MaasClient) => Promise<unknown>;

/** Collections of a client; all are read by the same methods. */
type CollectionName = "pools" | "fabrics";

describe("reads of MAAS without data (simulated MAAS)", function () {
  this.timeout(120_000);
  const maas = region();
  let proxy: SpoilingProxy;
  const reads = new Map<string, Read>();

  function client(url = `${proxy.url}/MAAS`): MaasClient {
    const key = parseApiKey(maas.simulator.apiKey, "test");
    return new MaasClient({ url, credentials: () => key, keyOrigin: "test" });
  }

  before(async () => {
    proxy = await spoilingProxy(new URL(maas.simulator.url).origin);
    const plain = client(maas.simulator.url);
    const collections = Object.entries(plain).filter(
      (entry): entry is [CollectionName, MaasClient[CollectionName]] =>
        entry[1] instanceof RestCollection || entry[1] instanceof Fabrics,
    );
    for (const [name, collection] of collections) {
      const [first] = await collection.list();
      const key = first === undefined ? "1" : keyOf(first);
      reads.set(`${name}, the list`, (of) => of[name].list());
      reads.set(`${name}, one`, (of) => of[name].read(key));
    }
    const [machine] = await plain.machines.list();
    const [fabric] = await plain.fabrics.list();
    const systemId = machine?.system_id ?? "";
    reads.set("machines, the list", (of) => of.machines.list());
    reads.set("machines, one", (of) => of.machines.read(systemId));
    reads.set("the events of a machine", (of) => of.machines.events(systemId));
    reads.set("a VLAN", (of) => of.fabrics.vlanById(String(fabric?.vlans[0]?.id)));
    reads.set("a setting", (of) => of.settings.get("upstream_dns"));
    reads.set("the user", (of) => of.whoami());
    reads.set("the version", (of) => of.ready());
    plain.close();
  });
  after(() => proxy.close());
  afterEach(() => {
    proxy.spoil(undefined);
  });

  it("cover every collection of the client", () => {
    assert.ok(reads.size > 30, [...reads.keys()].join(", "));
  });

  for (const [what, status, contentType, body] of foreign) {
    it(`are an error, and never count as an object that is gone: ${what}`, async () => {
      for (const [name, read] of reads) {
        proxy.spoil({ kind: "replace", status, contentType, body });
        const one = client();
        await assert.rejects(
          read(one),
          (failure) => {
            assert.ok(failure instanceof ApiError, `${name}: ${String(failure)}`);
            assert.equal(isGone(failure), false, name);
            return true;
          },
          `${name}: ${what} was taken for data`,
        );
        one.close();
      }
    });
  }
});

/** What stands for an object in a path. */
function keyOf(answer: object): string {
  if ("system_id" in answer) return String(answer.system_id);
  return "id" in answer ? String(answer.id) : "1";
}
