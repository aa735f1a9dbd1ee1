import assert from "node:assert/strict";
import { recordDataError } from "../../../lab/maas/site/dns-record-data";
import { hostnameError, labelsError, splitFqdn } from "../../../lab/maas/site/domain-names";
import { findByReference } from "../../../lab/maas/site/references";
import { webDate } from "../../../lab/maas/site/web-date";
import { isXPath } from "../../../lab/maas/site/xpath";

describe("Names and texts of the simulated region", () => {
  it("finds by id, by name and by the model's name with the id", () => {
    const records = [
      { id: 1, name: "one" },
      { id: 2, name: "7" },
    ];
    const found = (reference: string): number[] => findByReference(records, reference, "fabric").map(({ id }) => id);
    assert.deepEqual(found("1"), [1]);
    assert.deepEqual(found("one"), [1]);
    assert.deepEqual(found("fabric-2"), [2]);
    assert.deepEqual(found("7"), [], "a number is an id");
    assert.deepEqual(found("name:7"), [2]);
  });

  it("splits a full name at its first label, or takes it for the domain itself", () => {
    const domains = ["example.test", "sub.example.test"];
    assert.deepEqual(splitFqdn("www.example.test", "A", domains), { name: "www", domain: "example.test" });
    assert.deepEqual(splitFqdn("sub.example.test", "A", domains), { name: "@", domain: "sub.example.test" });
    assert.deepEqual(splitFqdn("_sip._tcp.x.example.test", "SRV", domains), {
      name: "_sip._tcp.x",
      domain: "example.test",
    });
    assert.equal(splitFqdn("bad_host!.example.test", "A", domains), undefined);
  });

  it("words what is wrong with a host name", () => {
    assert.equal(hostnameError("bad_name!"), "Host label cannot contain underscore: 'bad_name!'.");
    assert.equal(labelsError("a..b"), "DNS name contains an empty label.");
    assert.match(labelsError("x".repeat(64)) ?? "", /^Label is too long/);
    assert.equal(hostnameError("worker-1.metal.example.test"), undefined);
  });

  it("checks record data by type", () => {
    assert.equal(recordDataError("MX", "10 mail.example.test"), undefined);
    assert.match(recordDataError("MX", "mail.example.test") ?? "", /^Invalid MX/);
    assert.match(recordDataError("MX", "70000 mail.example.test") ?? "", /^Invalid MX/);
    assert.equal(recordDataError("SRV", "0 0 5060 ."), undefined);
    assert.match(recordDataError("CNAME", "a b") ?? "", /^Invalid CNAME/);
    assert.equal(recordDataError("TXT", "anything at all"), undefined);
  });

  it("tells XPath from other texts", () => {
    for (const text of [
      "//node[@class='system']",
      "/list/node",
      'contains(//vendor, "Dell")',
      "//a | //b",
      "count(//x) > 2",
    ]) {
      assert.ok(isXPath(text), text);
    }
    for (const text of ["///[", "//node[", "", "//", "a ]", "'open", "//node[@]"]) assert.ok(!isXPath(text), text);
  });

  it("writes days as MAAS's address lists do", () => {
    assert.equal(webDate("2026-11-23T04:05:06.789Z"), "Mon, 23 Nov. 2026 04:05:06");
    assert.equal(webDate("2027-05-01T00:00:00Z"), "Sat, 01 May. 2027 00:00:00");
  });
});
