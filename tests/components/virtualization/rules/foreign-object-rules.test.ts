import assert from "node:assert/strict";
import { foreignObjectProblems } from "../../../../components/virtualization/rules/foreign-object-rules";
import { removedImageProblems } from "../../../../components/virtualization/rules/removed-image-rules";
import { unownedClaimProblems } from "../../../../components/virtualization/rules/unowned-claim-rules";

describe("objects that are in a cluster already", () => {
  const place = { kind: "NetworkAttachmentDefinition", name: "nad-vlan-30", namespace: "default" };

  it("are ours when they say so", () => {
    assert.deepEqual(foreignObjectProblems([{ ...place, owner: "dc4" }], "dc4"), []);
  });

  it("are refused when they are another stack's, and when nobody says whose", () => {
    const [other, nobody] = foreignObjectProblems(
      [
        { ...place, owner: "dc1" },
        { ...place, owner: undefined },
      ],
      "dc4",
    );
    assert.match(other ?? "", /default\/nad-vlan-30 is in the cluster already, and belongs to the datacenter "dc1"/);
    assert.match(
      nobody ?? "",
      /kubectl label NetworkAttachmentDefinition nad-vlan-30 -n default vmo-metal\/datacenter=dc4/,
    );
  });
});

describe("golden images in the place of a claim that nobody owns", () => {
  it("are refused, with the way to use what the claim holds", () => {
    assert.deepEqual(unownedClaimProblems([]), []);
    const [problem] = unownedClaimProblems(["images/dv"]);
    assert.match(
      problem ?? "",
      /^golden image images\/dv: .*no DataVolume owns.*pvc: \{ namespace: images, name: dv \}/,
    );
  });
});

describe("golden images that would go", () => {
  const clones = [{ disk: "vms/web-disk", image: "images/dv", phase: "PendingPopulation" }];

  it("stay while disks are still to be cloned from them", () => {
    const [problem = "", ...more] = removedImageProblems(
      ["images/dv-1a2b3c4d"],
      ["images/dv", "images/dv-1a2b3c4d"],
      clones,
    );
    assert.deepEqual(more, []);
    assert.match(problem, /images\/dv has a newer version.*a disk is still .*vms\/web-disk \(PendingPopulation\)/);
  });

  it("go when nothing is cloned from them, and are no matter while they are described", () => {
    assert.deepEqual(removedImageProblems([], ["images/dv"], []), []);
    assert.deepEqual(removedImageProblems(["images/dv"], ["images/dv"], clones), []);
    assert.deepEqual(removedImageProblems([], [], clones), [], "an image of somebody else's");
  });
});
