import assert from "node:assert/strict";
import { previousResources, recordedObjects } from "../../../stacks/program/previous-state";

const parent = "vmo-metal:Datacenter$vmo-metal:BareMetal$vmo-metal:Site";

function answer(): unknown {
  return {
    name: "organization/vmo-metal/dc1",
    outputs: {
      "urn:pulumi:dc1::vmo-metal::pulumi:pulumi:Stack::vmo-metal-dc1": { type: "pulumi:pulumi:Stack", outputs: {} },
      [`urn:pulumi:dc1::vmo-metal::${parent}$pulumi-nodejs:dynamic/maas:Subnet::management`]: {
        type: "pulumi-nodejs:dynamic/maas:Subnet",
        outputs: { cidr: "172.16.0.0/22", origin: "created" },
      },
      [`urn:pulumi:dc1::vmo-metal::${parent}$pulumi-nodejs:dynamic/maas:VlanDhcp::dhcp-0`]: {
        type: "pulumi-nodejs:dynamic/maas:VlanDhcp",
        outputs: { vid: 0 },
      },
    },
  };
}

describe("the stack's state", () => {
  it("is read by kind, name and owner of each object of MAAS; what records no owner was found", () => {
    assert.deepEqual(recordedObjects(previousResources(answer())), [
      {
        kind: "Subnet",
        name: "management",
        origin: "created",
        outputs: { cidr: "172.16.0.0/22", origin: "created" },
      },
      { kind: "VlanDhcp", name: "dhcp-0", origin: "adopted", outputs: { vid: 0 } },
    ]);
  });

  it("is empty for a new stack, and unknown where the engine does not answer", () => {
    assert.deepEqual(recordedObjects(previousResources({ outputs: {} })), []);
    for (const nothing of [{}, undefined, null, "text", { outputs: [] }])
      assert.equal(recordedObjects(previousResources(nothing)), null, JSON.stringify(nothing));
  });
});
