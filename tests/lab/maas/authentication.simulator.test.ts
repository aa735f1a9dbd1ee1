import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { RegionClient, textOf } from "./region-client";

describe("Authentication of the simulated region", () => {
  let region: RegionClient;

  before(async () => {
    region = await RegionClient.start();
  });

  after(() => region.close());

  async function refused(authorization: string | null): Promise<string> {
    const reply = await region.get("/zones/", { authorization });
    assert.equal(reply.status, 401);
    return textOf(reply);
  }

  it("answers a request that is signed with its key", async () => {
    const reply = await region.get("/zones/");
    assert.equal(reply.status, 200);
    assert.equal(reply.headers["vary"], "Authorization, Cookie");
    assert.match(String(reply.headers["x-maas-api-hash"]), /^[0-9a-f]{40}$/);
    assert.equal(reply.headers["server"], "TwistedWeb/24.3.0");
  });

  it("serves version/ without credentials and nothing else", async () => {
    assert.equal((await region.get("/version/", { authorization: null })).status, 200);
    assert.equal(await refused(null), "Forbidden");
  });

  it("says Forbidden to another scheme and to an incomplete header", async () => {
    assert.equal(await refused("Bearer abc"), "Forbidden");
    assert.equal(await refused('OAuth oauth_consumer_key="x"'), "Forbidden");
  });

  it("names an unknown consumer and an unknown token", async () => {
    assert.equal(await refused(region.sign({ consumer: "stranger" })), "Authorization Error: Invalid API key.");
    assert.equal(
      await refused(region.sign({ token: "stranger" })),
      "Authorization Error: 'Invalid access token: stranger'",
    );
  });

  it("echoes the expected signature, the secret, to a wrong one", async () => {
    const secret = region.simulator.apiKey.split(":")[2] ?? "";
    const text = await refused(region.sign({ secret: "wrong" }));
    assert.equal(text, `Authorization Error: 'Invalid signature. Expected signature base string: &${secret}'`);
  });

  it("takes a nonce once", async () => {
    const authorization = region.sign({ nonce: "once-only" });
    assert.equal((await region.get("/zones/", { authorization })).status, 200);
    assert.equal(await refused(authorization), "Authorization Error: 'Nonce already used: once-only'");
  });

  it("refuses a timestamp of more than five minutes ago and takes one in the future", async () => {
    const now = Math.floor(Date.now() / 1000);
    assert.match(await refused(region.sign({ timestamp: now - 600 })), /Expired timestamp: given \d+ and now \d+/);
    const ahead = await region.get("/zones/", { authorization: region.sign({ timestamp: now + 600 }) });
    assert.equal(ahead.status, 200);
  });

  it("verifies HMAC-SHA1 over the request", async () => {
    const [consumer = "", token = "", secret = ""] = region.simulator.apiKey.split(":");
    const oauth: [string, string][] = [
      ["oauth_consumer_key", consumer],
      ["oauth_nonce", "hmac-nonce"],
      ["oauth_signature_method", "HMAC-SHA1"],
      ["oauth_timestamp", String(Math.floor(Date.now() / 1000))],
      ["oauth_token", token],
      ["oauth_version", "1.0"],
    ];
    const parameters = oauth.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
    const url = `${region.simulator.url}/api/2.0/zones/`;
    const base = ["GET", url, parameters].map(encodeURIComponent).join("&");
    const signature = createHmac("sha1", `&${secret}`).update(base).digest("base64");
    const header = (text: string): string =>
      `OAuth ${[...oauth, ["oauth_signature", text]].map(([name, value]) => `${name}="${encodeURIComponent(value ?? "")}"`).join(",")}`;
    assert.equal((await region.get("/zones/", { authorization: header(signature) })).status, 200);
  });

  it("makes, renames and deletes further keys of the caller", async () => {
    const made = await region.post("/account/?op=create_authorisation_token", { name: "second" });
    assert.equal(made.status, 200);
    const { token_key: key } = made.body as { token_key: string };
    const renamed = await region.post("/account/?op=update_token_name", { token: key, name: "other" });
    assert.deepEqual([renamed.status, renamed.body], [202, "Accepted"]);
    const listed = (await region.get("/account/?op=list_authorisation_tokens")).body as { name: string }[];
    assert.deepEqual(
      listed.map(({ name }) => name),
      ["MAAS consumer", "other"],
    );
    assert.equal((await region.post("/account/?op=delete_authorisation_token", { token_key: key })).status, 204);
    const again = await region.post("/account/?op=delete_authorisation_token", { token_key: key });
    assert.deepEqual([again.status, again.body], [404, "No Token matches the given query."]);
  });
});
