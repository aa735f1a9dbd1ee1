import assert from "node:assert/strict";
import { didYouMean } from "../../../stacks/description/did-you-mean";

describe("stacks/description/did-you-mean", () => {
  const settings = ["gateway", "cidr", "vlan", "dnsServers", "loadBalancer"];

  it("finds letters that are missing, doubled, wrong, swapped or of the wrong case", () => {
    assert.equal(didYouMean("gatway", settings), "gateway");
    assert.equal(didYouMean("gatewayy", settings), "gateway");
    assert.equal(didYouMean("cird", settings), "cidr");
    assert.equal(didYouMean("loadbalancer", settings), "loadBalancer");
    assert.equal(didYouMean("dns_servers", settings), "dnsServers");
  });

  it("does not guess when nothing is near", () => {
    assert.equal(didYouMean("frobnicate", settings), undefined);
    assert.equal(didYouMean("x", []), undefined);
  });
});
