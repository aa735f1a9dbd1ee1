import assert from "node:assert/strict";
import { profileParameters } from "../../../stacks/program/profile-parameters";
import { datacenterWith } from "../descriptions";

describe("stacks/program/profile-parameters", () => {
  it("gives MetalLB's pool each block as an item: the profile variable for the first, the others as they are", () => {
    const blocks = ["10.20.40.10-10.20.40.99", "10.20.50.0/28"];
    const datacenter = datacenterWith({ networks: { loadBalancer: blocks } });
    assert.ok(datacenter.cluster);
    const parameters = profileParameters(datacenter, datacenter.cluster);
    assert.equal(parameters.loadBalancerAddresses, "10.20.40.10-10.20.40.99");
    assert.deepEqual(parameters.loadBalancerBlocks, [
      "{{.spectro.var.loadBalancerAddresses}}",
      "10.20.50.0-10.20.50.15",
    ]);
  });
});
