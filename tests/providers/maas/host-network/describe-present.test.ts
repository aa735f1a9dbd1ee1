import assert from "node:assert/strict";
import { describePresent, formerInterfaces } from "../../../../providers/maas/host-network/describe-present";
import { diffHostInterfaces } from "../../../../providers/maas/host-network/diff-host-interfaces";
import { formatPending } from "../../../../providers/maas/machine-state/pending-change";
import type { HostInterfaces } from "../../../../providers/maas/host-network/host-interface";
import { hostInterfacesSchema } from "../../../../providers/maas/host-network/host-interfaces-schema";
import type { PresentNetwork } from "../../../../providers/maas/host-network/present-network";
import { FOUR_NIC, FOUR_NICS, SUBNETS, edited, fourNicNetwork, freshNetwork, vlan } from "./networks";

function drift(present: PresentNetwork, wanted: HostInterfaces = FOUR_NIC): string[] {
  return diffHostInterfaces(describePresent(present, wanted), wanted).map(formatPending);
}

describe("the present network in the terms of the description", () => {
  const built = fourNicNetwork();

  it("is the description itself when everything is as wanted", () => {
    assert.deepEqual(describePresent(built, FOUR_NIC), FOUR_NIC);
  });

  const bond = built.interfaces.get("bond_mgmt")?.bond ?? assert.fail();
  const edits: [string, PresentNetwork, string[]][] = [
    ["an MTU", edited(built, "bond_mgmt", { mtu: 9000 }), ["bond_mgmt: mtu is 9000, wanted 1500"]],
    [
      "a VLAN",
      edited(built, "enp1s0", { vlan: vlan(10) }),
      ["enp1s0: vlan is datacenter/10, wanted datacenter/untagged"],
    ],
    [
      "a bond parameter",
      edited(built, "bond_mgmt", { bond: { ...bond, mode: "balance-rr", miimon: 50 } }),
      ["bond_mgmt: bond.miimon is 50, wanted 100", "bond_mgmt: bond.mode is balance-rr, wanted 802.3ad"],
    ],
    [
      "a bridge parameter",
      edited(built, "br0", { bridge: { type: "ovs", stp: true, forwardDelay: 15 } }),
      ["br0: bridge.stp is true, wanted false", "br0: bridge.type is ovs, wanted standard"],
    ],
    [
      "members",
      edited(built, "bond_data", { parents: ["enp1s1"] }),
      ["bond_data: parents is enp1s1, wanted enp1s1 enp2s1"],
    ],
    ["tags", edited(built, "br0", { tags: ["x"] }), ["br0: tags is x, wanted none"]],
    ["a disabled NIC", edited(built, "enp1s0", { enabled: false }), ["enp1s0: enabled is false, wanted true"]],
    [
      "a link that is missing",
      edited(built, "bond_mgmt", { links: [] }),
      ["bond_mgmt: links is none, wanted AUTO 192.168.0.0/22"],
    ],
    [
      "a link too many",
      edited(built, "br0", { links: [{ id: 9, mode: "DHCP" }] }),
      ["br0: links is DHCP, wanted none"],
    ],
  ];
  for (const [what, network, lines] of edits)
    it(`shows, with interface and field, ${what}`, () => assert.deepEqual(drift(network), lines));

  it("shows the default gateway on the link that gives it", () => {
    const { defaultGatewayLinkId: _gateway, ...without } = built;
    assert.deepEqual(drift(without), [
      "bond_data.20: links is AUTO 10.20.0.0/16, wanted AUTO 10.20.0.0/16 (default gateway)",
    ]);
  });

  it("shows what is missing and what is not described, but no NIC that is not described", () => {
    const interfaces = new Map(built.interfaces);
    interfaces.delete("br0");
    const nic = interfaces.get("enp1s0") ?? assert.fail();
    interfaces.set("eno9", { ...nic, id: 99, name: "eno9", mtu: 9000 });
    interfaces.set("eno9.7", { ...nic, id: 98, name: "eno9.7", type: "vlan", parents: ["eno9"], vlan: vlan(7) });
    assert.deepEqual(drift({ ...built, interfaces }), ["br0: missing", "eno9.7: not described (vlan)"]);
  });

  it("takes a LINK_UP and no link for the same", () => {
    const up = edited(built, "br0", { links: [{ id: 9, mode: "LINK_UP" }] });
    assert.deepEqual(drift(up), []);
    assert.deepEqual(drift(edited(built, "br0", { links: [] })), []);
  });

  it("leaves out what the description leaves to MAAS", () => {
    assert.deepEqual(drift(edited(built, "bond_mgmt", { macAddress: "02:00:00:00:00:01" })), []);
    assert.deepEqual(drift(edited(built, "enp1s0", { tags: ["sriov"] })), []);
    const wanted = hostInterfacesSchema.parse({
      enp1s0: { type: "physical", vlan: vlan(0), mtu: 1500, links: [{ mode: "STATIC", subnet: SUBNETS[0] }] },
    });
    const fresh = edited(freshNetwork("enp1s0"), "enp1s0", {
      mtu: 1500,
      links: [{ id: 4, mode: "STATIC", subnet: SUBNETS[0], ipAddress: "192.168.0.77" }],
    });
    assert.deepEqual(describePresent(fresh, wanted), wanted);
  });

  it("compares a MAC address that is described", () => {
    const wanted = {
      ...FOUR_NIC,
      br0: { ...(FOUR_NIC.br0 ?? assert.fail()), macAddress: "02:00:00:00:00:01" },
    } as HostInterfaces;
    assert.deepEqual(drift(built, wanted), ["br0: macAddress is 52:54:00:00:00:03, wanted 02:00:00:00:00:01"]);
  });

  it("remembers what was there, for the described NICs", () => {
    const former = formerInterfaces(freshNetwork(...FOUR_NICS, "eno9"), FOUR_NIC);
    assert.deepEqual(Object.keys(former), [...FOUR_NICS]);
    assert.deepEqual(former.enp1s0, {
      type: "physical",
      vlan: vlan(0),
      enabled: true,
      tags: [],
      links: [{ mode: "AUTO", subnet: SUBNETS[0], defaultGateway: false }],
    });
  });
});
