import assert from "node:assert/strict";
import {
  neededButNotDescribed,
  removedObjectProblems,
} from "../../../../components/virtualization/rules/removed-object-rules";
import type { ObjectPlace } from "../../../../providers/kubernetes/object-place";

const network: ObjectPlace = { kind: "NetworkAttachmentDefinition", namespace: "default", name: "nad-vlan-30" };
const secret: ObjectPlace = { kind: "Secret", namespace: "vms", name: "t-cloud-init" };
const preference: ObjectPlace = { kind: "VirtualMachineClusterPreference", name: "vmcp-generic-linux" };
const machines = [
  { machine: "vms/web-1", needs: [network, secret] },
  { machine: "vms/web-2", needs: [network, preference] },
];

describe("objects that are no longer described", () => {
  it("are found among what machines need, without those of the description", () => {
    assert.deepEqual(neededButNotDescribed([network], machines), [secret, preference]);
  });

  it("are refused while a machine needs them, by its name and with what is to be put back", () => {
    const [onNetwork, needSecret, needPreference, ...more] = removedObjectProblems(
      [network, secret, preference],
      machines,
    );
    assert.match(
      onNetwork ?? "",
      /^network default\/nad-vlan-30 is no longer described, but VMs are on it: vms\/web-1, vms\/web-2\. .* put the network back into virtualization\.networks\.$/,
    );
    assert.match(
      needSecret ?? "",
      /^Secret vms\/t-cloud-init is no longer described, but a VM needs it to start: vms\/web-1\. .* put back what made it: the template/,
    );
    assert.match(needPreference ?? "", /vmcp-generic-linux .*: vms\/web-2\. .* virtualization\.preferences\.$/);
    assert.deepEqual(more, []);
  });

  it("may go when no machine needs them", () => {
    assert.deepEqual(removedObjectProblems([network], [{ machine: "vms/web", needs: [secret] }]), []);
    assert.deepEqual(removedObjectProblems([], machines), []);
  });

  it("are told with twenty machines at most", () => {
    const many = Array.from({ length: 23 }, (_, index) => ({ machine: `vms/web-${index}`, needs: [network] }));
    assert.match(removedObjectProblems([network], many)[0] ?? "", /vms\/web-19 and 3 more\. /);
  });
});
