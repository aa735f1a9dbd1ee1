import assert from "node:assert/strict";
import { removalText, removedMachines } from "../../../stacks/derived/removed-machines";
import { datacenterWith } from "../descriptions";
import { siteFacts } from "../site-facts";

describe("stacks/derived/removed-machines", () => {
  const marked = (siteFacts().maas?.machines ?? []).map((machine) => ({
    ...machine,
    description: "Rack 7 [vmo-metal dc1]",
  }));

  it("finds machines with this datacenter's marker that no host describes", () => {
    assert.deepEqual(
      removedMachines(datacenterWith(), marked).map(({ hostname }) => hostname),
      ["other-1"],
    );
    const foreign = marked.map((machine) => ({ ...machine, description: "[vmo-metal dc2]" }));
    assert.deepEqual(removedMachines(datacenterWith(), foreign), []);
  });

  it("counts a host that is out of service as described", () => {
    const datacenter = datacenterWith({
      hosts: { "worker-pool": { machines: ["worker-[1-6]", { hostname: "other-1", outOfService: true }] } },
    });
    assert.deepEqual(removedMachines(datacenter, marked), []);
  });

  it("states what an up does with those that are not in use, and nothing about the others", () => {
    const removed = removedMachines(datacenterWith(), marked);
    assert.match(
      removalText(removed) ?? "",
      /^No host describes other-1 \(other1\) any more: an up takes it out of the resource pool first/,
    );
    assert.equal(removalText(removed.map((machine) => ({ ...machine, status: 6 }))), undefined);
    assert.equal(removalText([]), undefined);
    assert.match(
      removalText(removed.map((machine) => ({ ...machine, status: 22, statusName: "Failed testing" }))) ?? "",
      /MAAS lets nobody change the network of other-1 \(Failed testing\); it stays as it is\.$/,
    );
  });
});
