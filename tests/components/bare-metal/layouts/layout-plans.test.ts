import assert from "node:assert/strict";
import { hostLayout } from "../../../../components/bare-metal/layouts/host-layout";
import type { LayoutArgs } from "../../../../components/bare-metal/layouts/host-layout";
import { applyCalls } from "../../../../providers/maas/host-network/apply-call";
import type { HostInterfaces } from "../../../../providers/maas/host-network/host-interface";
import { hostInterfacesSchema } from "../../../../providers/maas/host-network/host-interfaces-schema";
import { planHostNetwork } from "../../../../providers/maas/host-network/plan-host-network";
import { builtNetwork, freshNetwork } from "../../../providers/maas/host-network/networks";
import { raLayout, taggedPxe } from "./networks";

const NICS = ["enp1s0", "enp2s0", "enp1s1", "enp2s1", "enp1s2", "enp2s2"];

function interfaces(args: LayoutArgs): HostInterfaces {
  return hostInterfacesSchema.parse(hostLayout(args));
}

const FOUR = interfaces(raLayout("four-nic"));
const TWO = interfaces(raLayout("two-nic"));
const SHARED = interfaces(raLayout("two-nic-shared-data-vlan"));
const SIX = interfaces(raLayout("six-nic"));
const ON_BRIDGE = interfaces(raLayout("node-on-bridge"));
const CONTROL = interfaces(raLayout("control-plane"));
const CONTROL_VM = interfaces(raLayout("control-plane-vm"));
const TAGGED = interfaces(taggedPxe("four-nic"));

describe("the plans of the host layouts", () => {
  const builds: [string, HostInterfaces, number][] = [
    ["four-nic", FOUR, 8],
    ["two-nic", TWO, 7],
    ["two-nic-shared-data-vlan", SHARED, 7],
    ["six-nic", SIX, 11],
    ["node-on-bridge", ON_BRIDGE, 7],
    ["control-plane", CONTROL, 6],
    ["control-plane-vm", CONTROL_VM, 4],
    ["four-nic with tagged PXE", TAGGED, 9],
  ];
  for (const [name, wanted, calls] of builds)
    it(`build ${name} from fresh NICs in ${calls} calls`, () =>
      assert.equal(planHostNetwork(freshNetwork(...NICS), wanted).length, calls));

  it("bond before they bridge, bridge before VLAN interfaces, and link last", () => {
    const order = ["create_bond", "create_bridge", "create_vlan", "link_subnet"];
    for (const wanted of [FOUR, TWO, SHARED, SIX, CONTROL, TAGGED]) {
      const fresh = freshNetwork(...NICS);
      const elsewhere = {
        ...fresh,
        interfaces: new Map([...fresh.interfaces].map(([key, nic]) => [key, { ...nic, links: [] }])),
      };
      const ranks = planHostNetwork(elsewhere, wanted).map((call) => order.indexOf(call.operation));
      assert.deepEqual(ranks, [...ranks].sort());
    }
  });

  const conversions: [string, HostInterfaces, HostInterfaces, number][] = [
    ["two-nic to two-nic-shared-data-vlan", TWO, SHARED, 1],
    ["two-nic-shared-data-vlan to two-nic", SHARED, TWO, 1],
    ["four-nic to control-plane", FOUR, CONTROL, 2],
    ["control-plane to four-nic", CONTROL, FOUR, 3],
    ["four-nic to tagged PXE", FOUR, TAGGED, 3],
    ["tagged PXE to four-nic", TAGGED, FOUR, 2],
    ["two-nic-shared-data-vlan to four-nic", SHARED, FOUR, 7],
    ["four-nic to six-nic", FOUR, SIX, 3],
    ["six-nic to four-nic", SIX, FOUR, 1],
  ];
  for (const [name, from, to, calls] of conversions)
    it(`change ${name} in place in ${calls} calls`, () => {
      const built = builtNetwork(NICS, from);
      const plan = planHostNetwork(built, to);
      assert.equal(plan.length, calls, JSON.stringify(plan));
      assert.deepEqual(planHostNetwork(applyCalls(plan, built), to), []);
    });

  it("keep the address and the default gateway of a data VLAN that moves to the bridge", () => {
    const built = builtNetwork(NICS, TWO);
    assert.deepEqual(planHostNetwork(built, SHARED), [
      {
        operation: "update",
        interface: "bond0.20",
        type: "vlan",
        fields: { name: "br0.20", parents: ["br0"] },
        tags: [],
      },
    ]);
  });
});
