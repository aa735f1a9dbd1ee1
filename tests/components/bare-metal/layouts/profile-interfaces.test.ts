import assert from "node:assert/strict";
import { profileInterfaces } from "../../../../components/bare-metal/layouts/profile-interfaces";
import type { ProfileInterfaces } from "../../../../components/bare-metal/layouts/profile-interfaces";
import type { LayoutArgs } from "../../../../components/bare-metal/layouts/host-layout";
import { raLayout, taggedPxe } from "./networks";

const FOUR_NIC: ProfileInterfaces = {
  metalLbInterface: "bond_data.20",
  portworxManagementInterface: "bond_mgmt.10",
  portworxDataInterface: "bond_mgmt.10",
  ciliumBridgePreset: "vmo-auto",
  bridge: "br0",
  vlansOnBridge: [],
  capturedVlans: [20],
};

describe("what the profiles take from a layout", () => {
  const cases: [string, LayoutArgs, ProfileInterfaces][] = [
    ["four-nic: the RA's interfaces", raLayout("four-nic"), FOUR_NIC],
    ["four-nic with tagged PXE: the same", taggedPxe("four-nic"), FOUR_NIC],
    [
      "six-nic: Portworx data on the storage bond",
      raLayout("six-nic"),
      { ...FOUR_NIC, portworxDataInterface: "bond_storage.30" },
    ],
    [
      "two-nic: VLAN 1 for br0's address, 10 and 20 taken from virtual machines",
      raLayout("two-nic"),
      {
        ...FOUR_NIC,
        metalLbInterface: "bond0.20",
        portworxManagementInterface: "bond0.10",
        portworxDataInterface: "bond0.10",
        vlansOnBridge: [1],
        capturedVlans: [10, 20],
      },
    ],
    [
      "two-nic with tagged PXE: br0 has no address, and 5 is taken too",
      taggedPxe("two-nic"),
      {
        ...FOUR_NIC,
        metalLbInterface: "bond0.20",
        portworxManagementInterface: "bond0.10",
        portworxDataInterface: "bond0.10",
        vlansOnBridge: [],
        capturedVlans: [5, 10, 20],
      },
    ],
    [
      "two-nic-shared-data-vlan: 1 and 20 on br0, 10 taken",
      raLayout("two-nic-shared-data-vlan"),
      {
        ...FOUR_NIC,
        metalLbInterface: "br0.20",
        portworxManagementInterface: "bond0.10",
        portworxDataInterface: "bond0.10",
        vlansOnBridge: [1, 20],
        capturedVlans: [10],
      },
    ],
  ];
  for (const [what, args, expected] of cases) it(what, () => assert.deepEqual(profileInterfaces(args), expected));

  it("node-on-bridge: Cilium runs on br0", () => {
    const args = raLayout("node-on-bridge");
    const networks = args.networks.map((item) => (item.role === "management" ? { ...item, vlan: 0 } : item));
    assert.deepEqual(profileInterfaces({ ...args, networks }), {
      metalLbInterface: "br0.20",
      portworxManagementInterface: "br0",
      portworxDataInterface: "br0",
      ciliumBridgePreset: "vmo-br0",
      bridge: "br0",
      vlansOnBridge: [1, 20],
      capturedVlans: [],
    });
  });

  it("control planes have the names of workers, and no bridge", () => {
    for (const layout of ["control-plane", "control-plane-vm"] as const) {
      const derived = profileInterfaces(raLayout(layout));
      assert.equal(derived.metalLbInterface, "bond_data.20");
      assert.equal(derived.portworxManagementInterface, "bond_mgmt.10");
      assert.equal(derived.bridge, undefined);
      assert.deepEqual(derived.capturedVlans, []);
    }
  });
});
