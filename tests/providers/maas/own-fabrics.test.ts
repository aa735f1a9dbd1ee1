import assert from "node:assert/strict";
import type { MachineAnswer } from "../../../providers/maas/client/machine-types";
import type { FabricAnswer } from "../../../providers/maas/client/site-types";
import type { HostInterfaces } from "../../../providers/maas/host-network/host-interface";
import { lostOwnFabrics } from "../../../providers/maas/own-fabrics";

function fabrics(...names: string[]): FabricAnswer[] {
  return names.map((name, id) => ({ id, name, class_type: null, vlans: [] }));
}

function machineOn(fabric: string | null): MachineAnswer {
  const item = { name: "eth1", type: "physical", vlan: fabric === null ? null : { fabric, vid: 0 } };
  return { interface_set: [item] } as unknown as MachineAnswer;
}

function previous(fabric: string, vid = 0): HostInterfaces {
  return { eth1: { type: "physical", enabled: true, links: [], vlan: { fabric, vid } } };
}

describe("NICs whose own fabric MAAS deleted", () => {
  const holding = new Set(["fabric-0"]);
  const present = fabrics("fabric-0", "fabric-1");

  it("need a new one when they are on a network with subnets, or on none", () => {
    for (const now of ["fabric-0", null]) {
      assert.deepEqual(lostOwnFabrics(machineOn(now), previous("fabric-9"), present, holding), [
        { nic: "eth1", previous: "fabric-9" },
      ]);
    }
  });

  it("keep the one that an interrupted restore gave them", () => {
    assert.deepEqual(lostOwnFabrics(machineOn("fabric-1"), previous("fabric-9"), present, holding), [
      { nic: "eth1", previous: "fabric-9", present: "fabric-1" },
    ]);
  });

  it("are none when the fabric exists, was renamed, had a name of its own, or the VLAN was tagged", () => {
    const renamed = fabrics("fabric-0", "switch-b");
    for (const [before, all] of [
      [previous("fabric-1"), present],
      [previous("fabric-1"), renamed],
      [previous("switch-a"), present],
      [previous("fabric-9", 20), present],
      [{}, present],
    ] as const) {
      assert.deepEqual(lostOwnFabrics(machineOn("fabric-0"), before, all, holding), []);
    }
  });
});
