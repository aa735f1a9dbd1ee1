import assert from "node:assert/strict";
import { explainIntermediary, explainNetwork, type ServerFacts } from "../../../providers/http/explain";
import { environmentProxy } from "../../../providers/http/proxy";

const limits = { deadline: 60_000, maxBytes: 1024 };

const server = (changes: Partial<ServerFacts> = {}): ServerFacts => ({
  api: "MAAS",
  setting: "maas",
  url: "https://maas.example.test:5443/MAAS",
  hasCaCertificate: false,
  limits,
  ...changes,
});

const adviceFor = (code: string, changes: Partial<ServerFacts> = {}): string =>
  explainNetwork({ outcome: { code }, text: "failed", contentType: "" }, server(changes), 1).advice ?? "";

describe("explainNetwork", () => {
  for (const setting of ["maas", "palette"]) {
    for (const code of [
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      "SELF_SIGNED_CERT_IN_CHAIN",
      "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
      "CERT_HAS_EXPIRED",
      "ERR_TLS_CERT_ALTNAME_INVALID",
    ]) {
      it(`names ${setting}.caCertificate for ${code}`, () => {
        assert.match(adviceFor(code, { setting }), new RegExp(`PEM .*into ${setting}\\.caCertificate`));
      });
    }
  }

  it("adds that the authority that is set did not sign the certificate", () => {
    assert.match(adviceFor("SELF_SIGNED_CERT_IN_CHAIN", { hasCaCertificate: true }), /set there now did not sign/);
  });

  it("advises http:// when the port speaks no TLS, and https:// when it speaks no HTTP", () => {
    assert.match(adviceFor("EPROTO"), /Port 5443 .*http:\/\/ for a plain port/);
    assert.match(adviceFor("HPE_INVALID_CONSTANT", { url: "http://maas.example.test:5443/MAAS" }), /write https:\/\//);
  });

  it("names the proxy of the environment and the way around it, without its login", () => {
    const environment = { HTTPS_PROXY: "http://user:secret@proxy.example.test:3128" };
    const proxy = environmentProxy("https://maas.example.test/MAAS", environment);
    const advice = adviceFor("ECONNREFUSED", { proxy });
    assert.match(advice, /proxy http:\/\/proxy\.example\.test:3128 .*HTTPS_PROXY.*add maas\.example\.test to NO_PROXY/);
    assert.doesNotMatch(advice, /secret/);
  });
});

describe("explainIntermediary", () => {
  it("explains a proxy that asks for a login", () => {
    const exchange = { outcome: { status: 407 }, text: "", contentType: "" };
    assert.match(explainIntermediary(exchange, server(), 1)?.detail ?? "", /proxy asks for a login/);
  });

  it("leaves the API's own statuses to the API", () => {
    for (const status of [400, 401, 403, 404, 409, 500]) {
      assert.equal(explainIntermediary({ outcome: { status }, text: "x", contentType: "" }, server(), 1), undefined);
    }
  });
});

describe("environmentProxy", () => {
  const applies = (url: string, environment: Record<string, string>): boolean =>
    environmentProxy(url, { HTTP_PROXY: "http://proxy:1", ...environment }) !== undefined;

  it("follows scheme and NO_PROXY, and never applies to loopback", () => {
    assert.equal(applies("http://maas.example.test/MAAS", {}), true);
    assert.equal(applies("https://maas.example.test/MAAS", {}), false);
    assert.equal(applies("http://127.0.0.1:5240/MAAS", {}), false);
    for (const NO_PROXY of ["*", "maas.example.test", ".example.test", "other, *.example.test", "maas.example.test:80"])
      assert.equal(applies("http://maas.example.test/MAAS", { NO_PROXY }), false, NO_PROXY);
    for (const NO_PROXY of ["example.test", "maas.example.test:5240", "aas.example.test"])
      assert.equal(applies("http://maas.example.test/MAAS", { NO_PROXY }), true, NO_PROXY);
  });
});
