import assert from "node:assert/strict";
import { hostLayout } from "../../../../components/bare-metal/layouts/host-layout";
import type { LayoutArgs } from "../../../../components/bare-metal/layouts/host-layout";
import { layouts } from "../../../../components/bare-metal/layouts/layout-table";
import type { LayoutName } from "../../../../components/bare-metal/layouts/layout-table";
import type { HostInterfaces } from "../../../../providers/maas/host-network/host-interface";
import { hostInterfacesSchema } from "../../../../providers/maas/host-network/host-interfaces-schema";
import { raLayout, taggedPxe } from "./networks";

/** A row of a table: interface, type, consisting of, VLAN, CIDR, gateway. NICs are in no table. */
type Row = [name: string, type: string, on: string, vlan: string, cidr: string, gateway: string];

const AGGREGATED = "Bond (802.3ad)";
const GATEWAY = "10.20.30.1";

function table(args: LayoutArgs): Row[] {
  const interfaces: HostInterfaces = hostInterfacesSchema.parse(hostLayout(args));
  return Object.entries(interfaces).flatMap(([name, item]): Row[] => {
    if (item.type === "physical" && item.links.length === 0) return [];
    const type = item.type === "bond" ? `Bond (${item.bond.mode})` : item.type;
    const on = item.type === "physical" ? "" : item.parents.join(" ");
    const vid = item.vlan?.vid === 0 ? "native" : String(item.vlan?.vid);
    const gateway = item.links.some((link) => link.defaultGateway) ? GATEWAY : "";
    return [[name, type, on, vid, item.links.map((link) => link.subnet).join(" "), gateway]];
  });
}

const MANAGEMENT_10: Row = ["bond_mgmt.10", "vlan", "bond_mgmt", "10", "172.16.0.0/22", ""];
const DATA_20: Row = ["bond_data.20", "vlan", "bond_data", "20", "10.20.0.0/16", GATEWAY];
const BOND_DATA: Row = ["bond_data", AGGREGATED, "enp1s1 enp2s1", "native", "", ""];
const BOND_MGMT: Row = ["bond_mgmt", AGGREGATED, "enp1s0 enp2s0", "native", "192.168.0.0/22", ""];
const BOND_MGMT_BARE: Row = ["bond_mgmt", AGGREGATED, "enp1s0 enp2s0", "native", "", ""];
const BOND0: Row = ["bond0", AGGREGATED, "enp1s0 enp2s0", "native", "", ""];
const BOND0_10: Row = ["bond0.10", "vlan", "bond0", "10", "172.16.0.0/22", ""];
const BR0_ON_DATA: Row = ["br0", "bridge", "bond_data", "native", "", ""];
const BR0_PXE: Row = ["br0", "bridge", "bond0", "native", "192.168.0.0/22", ""];

describe("the host layouts", () => {
  const tables: Record<LayoutName, { untagged: Row[]; tagged: Row[] }> = {
    // RA, Network configuration, first table of interfaces; then "bond_mgmt.5 subinterface".
    "four-nic": {
      untagged: [BOND_MGMT, MANAGEMENT_10, BOND_DATA, DATA_20, BR0_ON_DATA],
      tagged: [
        BOND_MGMT_BARE,
        ["bond_mgmt.5", "vlan", "bond_mgmt", "5", "192.168.0.0/22", ""],
        MANAGEMENT_10,
        BOND_DATA,
        DATA_20,
        BR0_ON_DATA,
      ],
    },
    // RA, When limited on network interfaces, first table.
    "two-nic": {
      untagged: [BOND0, BOND0_10, ["bond0.20", "vlan", "bond0", "20", "10.20.0.0/16", GATEWAY], BR0_PXE],
      tagged: [
        BOND0,
        BOND0_10,
        ["bond0.20", "vlan", "bond0", "20", "10.20.0.0/16", GATEWAY],
        ["bond0.5", "vlan", "bond0", "5", "192.168.0.0/22", ""],
        ["br0", "bridge", "bond0", "native", "", ""],
      ],
    },
    // RA, When limited on network interfaces, second table.
    "two-nic-shared-data-vlan": {
      untagged: [BOND0, BOND0_10, BR0_PXE, ["br0.20", "vlan", "br0", "20", "10.20.0.0/16", GATEWAY]],
      tagged: [
        BOND0,
        BOND0_10,
        ["bond0.5", "vlan", "bond0", "5", "192.168.0.0/22", ""],
        ["br0", "bridge", "bond0", "native", "", ""],
        ["br0.20", "vlan", "br0", "20", "10.20.0.0/16", GATEWAY],
      ],
    },
    // RA, Portworx layer: "we could also create a 3rd network bond for storage".
    "six-nic": {
      untagged: [
        BOND_MGMT,
        MANAGEMENT_10,
        BOND_DATA,
        DATA_20,
        BR0_ON_DATA,
        ["bond_storage", AGGREGATED, "enp1s2 enp2s2", "native", "", ""],
        ["bond_storage.30", "vlan", "bond_storage", "30", "10.130.0.0/24", ""],
      ],
      tagged: [
        BOND_MGMT_BARE,
        ["bond_mgmt.5", "vlan", "bond_mgmt", "5", "192.168.0.0/22", ""],
        MANAGEMENT_10,
        BOND_DATA,
        DATA_20,
        BR0_ON_DATA,
        ["bond_storage", AGGREGATED, "enp1s2 enp2s2", "native", "", ""],
        ["bond_storage.30", "vlan", "bond_storage", "30", "10.130.0.0/24", ""],
      ],
    },
    // RA, end of When limited on network interfaces: nodes on br0 directly. Its VLANs, where there are any, are on br0 too.
    "node-on-bridge": {
      untagged: [
        BOND0,
        BR0_PXE,
        ["br0.10", "vlan", "br0", "10", "172.16.0.0/22", ""],
        ["br0.20", "vlan", "br0", "20", "10.20.0.0/16", GATEWAY],
      ],
      tagged: [
        BOND0,
        ["br0", "bridge", "bond0", "native", "", ""],
        ["br0.10", "vlan", "br0", "10", "172.16.0.0/22", ""],
        ["br0.20", "vlan", "br0", "20", "10.20.0.0/16", GATEWAY],
        ["br0.5", "vlan", "br0", "5", "192.168.0.0/22", ""],
      ],
    },
    "control-plane": {
      untagged: [BOND_MGMT, MANAGEMENT_10, ["bond_data.20", "vlan", "bond_mgmt", "20", "10.20.0.0/16", GATEWAY]],
      tagged: [
        BOND_MGMT_BARE,
        ["bond_mgmt.5", "vlan", "bond_mgmt", "5", "192.168.0.0/22", ""],
        MANAGEMENT_10,
        ["bond_data.20", "vlan", "bond_mgmt", "20", "10.20.0.0/16", GATEWAY],
      ],
    },
    "control-plane-vm": {
      untagged: [
        ["enp1s0", "physical", "", "native", "192.168.0.0/22", ""],
        ["bond_mgmt.10", "vlan", "enp1s0", "10", "172.16.0.0/22", ""],
        ["bond_data.20", "vlan", "enp1s0", "20", "10.20.0.0/16", GATEWAY],
      ],
      tagged: [
        ["enp1s0.5", "vlan", "enp1s0", "5", "192.168.0.0/22", ""],
        ["bond_mgmt.10", "vlan", "enp1s0", "10", "172.16.0.0/22", ""],
        ["bond_data.20", "vlan", "enp1s0", "20", "10.20.0.0/16", GATEWAY],
      ],
    },
  };
  for (const [layout, { untagged, tagged }] of Object.entries(tables) as [
    LayoutName,
    { untagged: Row[]; tagged: Row[] },
  ][]) {
    const actual = { untagged: table(raLayout(layout)), tagged: table(taggedPxe(layout)) };
    for (const [pxe, rows] of [["untagged", untagged] as const, ["tagged", tagged] as const]) {
      for (const row of rows)
        it(`${layout} with ${pxe} PXE has ${row.filter(Boolean).join(" | ")}`, () =>
          assert.deepEqual(
            actual[pxe].find(([name]) => name === row[0]),
            row,
          ));
      it(`${layout} with ${pxe} PXE has nothing else`, () =>
        assert.deepEqual(actual[pxe].map(([name]) => name).sort(), rows.map(([name]) => name).sort()));
    }
  }

  it("put all their NICs on the untagged VLAN of the fabric", () => {
    for (const layout of Object.keys(layouts) as LayoutName[])
      for (const item of Object.values(hostLayout(raLayout(layout))))
        if (item.type === "physical") assert.deepEqual(item.vlan, { fabric: "datacenter", vid: 0 });
  });

  it("take bond parameters of all bonds or of one", () => {
    for (const mode of ["802.3ad", "balance-xor", "active-backup"] as const) {
      const bond = (name: string) => ({ mtu: null, ...(name === "bond_data" ? { mode, miimon: 50 } : {}) });
      const { bond_mgmt: other, bond_data: one } = hostInterfacesSchema.parse(
        hostLayout(raLayout("four-nic", { bond })),
      );
      assert.ok(one?.type === "bond" && other?.type === "bond");
      assert.deepEqual(
        [one.bond.mode, one.bond.miimon, other.bond.mode, other.bond.miimon],
        [mode, 50, "802.3ad", 100],
      );
    }
  });

  it("take NICs by other names, and VLAN ids as data", () => {
    const args = raLayout("four-nic", { nics: { bond_mgmt: ["eno1", "eno2"], bond_data: ["ens1f0", "ens1f1"] } });
    const networks = args.networks.map((item) => (item.role === "data" ? { ...item, vlan: 200 } : item));
    const rows = table({ ...args, networks });
    assert.deepEqual(rows.find(([name]) => name === "bond_mgmt")?.[2], "eno1 eno2");
    assert.deepEqual(rows.find(([name]) => name === "bond_data.200")?.[3], "200");
  });

  it("give a bond and its bridge the largest MTU of what they carry", () => {
    const args = raLayout("four-nic", { virtualMachineMtu: 9000 });
    const mtus = (layout: LayoutArgs) =>
      Object.fromEntries(Object.entries(hostLayout(layout)).map(([name, item]) => [name, item.mtu]));
    assert.deepEqual(mtus(args), {
      enp1s0: 1500,
      enp2s0: 1500,
      bond_mgmt: 1500,
      "bond_mgmt.10": 1500,
      enp1s1: 9000,
      enp2s1: 9000,
      bond_data: 9000,
      br0: 9000,
      "bond_data.20": 1500,
    });
    const jumbo = args.networks.map((item) => (item.role === "data" ? { ...item, mtu: 9000 } : item));
    const shared = mtus(raLayout("two-nic-shared-data-vlan", { networks: jumbo }));
    assert.deepEqual(
      [shared["br0.20"], shared.br0, shared.bond0, shared.enp1s0, shared["bond0.10"]],
      [9000, 9000, 9000, 9000, 1500],
    );
  });

  it("give fixed addresses where the machine has some", () => {
    const interfaces = hostLayout(raLayout("four-nic", { addresses: { management: "172.16.0.11" } }));
    assert.deepEqual(interfaces["bond_mgmt.10"]?.links, [
      { mode: "STATIC", subnet: "172.16.0.0/22", ipAddress: "172.16.0.11", defaultGateway: false },
    ]);
    assert.deepEqual(
      interfaces["bond_data.20"]?.links?.map(({ mode }) => mode),
      ["AUTO"],
    );
  });
});
