import assert from "node:assert/strict";
import { removedNetworkProblems } from "../../../../components/virtualization/rules/removed-network-rules";

const uses = [
  { machine: "virtual-machines/web-1", network: "default/nad-vlan-30" },
  { machine: "virtual-machines/web-2", network: "default/nad-vlan-30" },
  { machine: "default/db", network: "default/theirs" },
];

describe("networks that are no longer described", () => {
  const ours = ["default/nad-vlan-30", "default/nad-vlan-31"];

  it("are refused while a VM is on them, by its name", () => {
    const problems = removedNetworkProblems(["default/nad-vlan-31"], ours, uses);
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? "", /nad-vlan-30 .* virtual-machines\/web-1, virtual-machines\/web-2/);
  });

  it("may go when nobody is on them, and those of others are not looked at", () => {
    assert.deepEqual(removedNetworkProblems(["default/nad-vlan-30"], ours, uses), []);
    assert.deepEqual(removedNetworkProblems([], [], uses), []);
  });
});
