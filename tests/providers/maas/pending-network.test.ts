import assert from "node:assert/strict";
import { diffHostInterfaces } from "../../../providers/maas/host-network/diff-host-interfaces";
import type { HostInterfaces } from "../../../providers/maas/host-network/host-interface";
import { hostInterfacesSchema } from "../../../providers/maas/host-network/host-interfaces-schema";
import { formatPending } from "../../../providers/maas/machine-state/pending-change";
import { presentButPending } from "../../../providers/maas/pending-network";

const vlan = { fabric: "dc", vid: 0 };
const network = (changes: { bondMtu?: number; nicMtu?: number; bridge?: boolean } = {}): HostInterfaces =>
  hostInterfacesSchema.parse({
    eth0: { type: "physical", vlan, mtu: changes.nicMtu ?? 9000 },
    eth1: { type: "physical", vlan, mtu: 9000 },
    bond0: { type: "bond", parents: ["eth0", "eth1"], mtu: changes.bondMtu ?? 1500 },
    ...(changes.bridge === true ? { br0: { type: "bridge" as const, parents: ["bond0"] } } : {}),
  });

describe("presentButPending", () => {
  it("tells the wish while nothing but the pending change differs", () => {
    const wish = network({ bondMtu: 9000, bridge: true });
    const present = network();
    assert.deepEqual(presentButPending(present, wish, diffHostInterfaces(present, wish)), wish);
  });

  it("tells what is there of an interface that changed besides", () => {
    const wish = network({ bondMtu: 9000 });
    const recorded = diffHostInterfaces(network(), wish);
    const drifted = network({ nicMtu: 8000 });
    const told = presentButPending(drifted, wish, recorded);
    assert.equal(told.eth0?.mtu, 8000);
    assert.deepEqual(told.bond0, wish.bond0);
  });

  it("tells what is there when the pending interface itself drifts further", () => {
    const wish = network({ bondMtu: 9000 });
    const recorded = diffHostInterfaces(network(), wish);
    assert.equal(presentButPending(network({ bondMtu: 1400 }), wish, recorded).bond0?.mtu, 1400);
  });

  it("returns the desired network for changes that an earlier version recorded as text", () => {
    const desired = network({ bondMtu: 9000, bridge: true });
    const present = network();
    const recorded = ["bond0: mtu is 1500, wanted 9000", "br0: missing"];
    assert.deepEqual(diffHostInterfaces(present, desired).map(formatPending), recorded);
    assert.deepEqual(presentButPending(present, desired, recorded), desired);
  });

  it("tells what is there when nothing is pending", () => {
    const present = network({ bridge: true });
    assert.deepEqual(presentButPending(present, network(), []), present);
  });
});
