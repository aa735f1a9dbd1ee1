import assert from "node:assert/strict";
import { planHostNetwork } from "../../../../providers/maas/host-network/plan-host-network";
import { printPlan } from "../../../../providers/maas/host-network/print-plan";
import type { HostInterfaces } from "../../../../providers/maas/host-network/host-interface";
import { BOND, FOUR_NIC, FOUR_NICS, fourNicNetwork, freshNetwork } from "./networks";

describe("a printed plan", () => {
  it("says that there is nothing to do", () => {
    assert.deepEqual(printPlan([], fourNicNetwork()), ["The network is as described: nothing to do."]);
  });

  it("tells a build call by call, with what each takes and changes", () => {
    const fresh = freshNetwork(...FOUR_NICS);
    assert.deepEqual(printPlan(planHostNetwork(fresh, FOUR_NIC), fresh), [
      " 1. create bond bond_data (802.3ad) of enp1s1, enp2s1, MTU 1500",
      "    sets the MTU of enp1s1 to 1500",
      "    sets the MTU of enp2s1 to 1500",
      " 2. create bond bond_mgmt (802.3ad) of enp1s0, enp2s0, MTU 1500",
      "    takes AUTO 192.168.0.0/22 off enp1s0",
      "    sets the MTU of enp1s0 to 1500",
      "    sets the MTU of enp2s0 to 1500",
      " 3. link bond_mgmt: AUTO 192.168.0.0/22",
      " 4. create bridge br0 on bond_data, MTU 1500",
      " 5. create VLAN interface bond_data.20 (datacenter/20) on bond_data, MTU 1500",
      " 6. create VLAN interface bond_mgmt.10 (datacenter/10) on bond_mgmt, MTU 1500",
      " 7. link bond_data.20: AUTO 10.20.0.0/16, the default gateway",
      " 8. link bond_mgmt.10: AUTO 172.16.0.0/22",
    ]);
  });

  it("names everything that goes along with a delete", () => {
    const { bond_data: _bond, br0: _bridge, enp1s1: _nic, enp2s1: _other, ...rest } = FOUR_NIC;
    const wanted: HostInterfaces = Object.fromEntries(Object.entries(rest).filter(([name]) => name !== "bond_data.20"));
    const built = fourNicNetwork();
    assert.deepEqual(printPlan(planHostNetwork(built, wanted), built), [
      " 1. delete bond_data",
      "    deletes br0 along with it",
      "    deletes bond_data.20 along with it",
      "    takes AUTO 10.20.0.0/16 off bond_data.20",
      "    the machine has no explicit default gateway until one is set",
    ]);
  });

  it("tells moves, renames and parameters", () => {
    const built = fourNicNetwork();
    const { "bond_data.20": moved, ...rest } = FOUR_NIC;
    const bond = FOUR_NIC.bond_data;
    assert.ok(bond?.type === "bond" && moved?.type === "vlan");
    const wanted: HostInterfaces = {
      ...rest,
      bond_data: { ...bond, bond: { ...BOND, mode: "active-backup" } },
      "br0.20": { ...moved, parents: ["br0"] },
    };
    assert.deepEqual(printPlan(planHostNetwork(built, wanted), built), [
      " 1. change bond_data: mode active-backup",
      " 2. change bond_data.20: rename to br0.20, move to br0",
    ]);
  });
});
