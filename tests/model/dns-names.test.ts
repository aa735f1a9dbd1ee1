import assert from "node:assert/strict";
import { dnsNameProblem, hostProblem, machineDomainProblem } from "../../model/dns-names";

describe("model/dns-names", () => {
  it("allow 63 characters between two dots and 253 in all", () => {
    assert.equal(dnsNameProblem(`${"a".repeat(63)}.example.com`), undefined);
    assert.match(dnsNameProblem(`${"a".repeat(70)}.example.com`) ?? "", /a part of 70 characters: DNS allows 63/);
    assert.match(dnsNameProblem(Array(127).fill("ab").join(".")) ?? "", /has 380 characters: DNS allows 253/);
    for (const text of ["", ".", "a..b", "-a.b", "a-.b", "a_b.c", "a b", "a.b.", "ä.de"])
      assert.notEqual(dnsNameProblem(text), undefined, text);
  });

  it("keep room for a hostname before the domain of machines", () => {
    assert.equal(machineDomainProblem("metal.example.com"), undefined);
    assert.match(machineDomainProblem(Array(50).fill("abc").join(".")) ?? "", /189 are left of the 253/);
    assert.match(machineDomainProblem("Metal.example.com") ?? "", /write lower case/);
    assert.match(machineDomainProblem("10.20.30") ?? "", /ends in a number/);
  });

  it("tell hosts from what only looks like one", () => {
    for (const text of ["172.16.200.50", "[fd00::1]", "array-1.example.com", "array"])
      assert.equal(hostProblem(text), undefined, text);
    for (const text of [
      "",
      "999.1.1.1",
      "172.16.200",
      "172.016.200.50",
      "fd00::1",
      "[fd00::zz]",
      "[fd00::1",
      "a..b",
      "a:443",
      "a/b",
      "a b",
      "a\nb",
    ])
      assert.notEqual(hostProblem(text), undefined, text);
  });
});
