import assert from "node:assert/strict";
import { encodeForm } from "../../../../providers/maas/client/form";

describe("encodeForm", () => {
  it("writes booleans the only way that MAAS understands false", () => {
    assert.equal(encodeForm({ managed: false, allow_dns: true }), "managed=false&allow_dns=true");
  });

  it("leaves out what is undefined and sends null as the empty text that clears", () => {
    assert.equal(encodeForm({ name: undefined, gateway_ip: null, mtu: 9000 }), "gateway_ip=&mtu=9000");
  });

  it("repeats a field for a list, and clears with an empty one", () => {
    assert.equal(encodeForm({ parents: [1, 2], dns_servers: [] }), "parents=1&parents=2&dns_servers=");
  });

  it("escapes", () => {
    assert.equal(encodeForm({ name: "a b&c=d" }), "name=a+b%26c%3Dd");
  });

  it("keeps the order of pairs", () => {
    assert.equal(
      encodeForm([
        ["b", "1"],
        ["a", "2"],
        ["b", "3"],
      ]),
      "b=1&a=2&b=3",
    );
  });
});
