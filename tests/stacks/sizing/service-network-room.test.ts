import assert from "node:assert/strict";
import { serviceNetworkRoom } from "../../../stacks/sizing/service-network-room";

describe("stacks/sizing/service-network-room", () => {
  it("finds no room beside the reference architecture's services", () => {
    assert.deepEqual(serviceNetworkRoom("100.64.0.0/18", ["100.64.64.0/18"]), {
      largestPodCidr: "100.64.0.0/18",
      nodes: 64,
      doublings: 0,
    });
  });

  it("finds the room that services further away leave", () => {
    assert.deepEqual(serviceNetworkRoom("100.64.0.0/18", ["100.65.0.0/18", "172.16.0.0/22"]), {
      largestPodCidr: "100.64.0.0/16",
      nodes: 256,
      doublings: 2,
    });
  });

  it("does not grow over the start of a larger network", () => {
    assert.equal(serviceNetworkRoom("100.64.64.0/18", []).doublings, 0);
  });
});
