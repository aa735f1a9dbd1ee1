import assert from "node:assert/strict";
import fc from "fast-check";
import type {
  HostInterfaceArgs,
  HostInterfacesArgs,
} from "../../../../providers/maas/host-network/host-interfaces-schema";
import { hostInterfacesSchema } from "../../../../providers/maas/host-network/host-interfaces-schema";
import { arbitraryWanted } from "./arbitrary-networks";
import { BOND, BRIDGE, vlan } from "./networks";

const NIC = { type: "physical", vlan: vlan(0) } as const;
const TWO_NICS = { enp1s0: NIC, enp2s0: NIC };
const BOND0: HostInterfaceArgs & { type: "bond" } = { type: "bond", parents: ["enp2s0", "enp1s0"] };

describe("the interfaces of a host as they are written", () => {
  it("get every default, in one order", () => {
    const complete = hostInterfacesSchema.parse({
      ...TWO_NICS,
      bond0: BOND0,
      br0: {
        type: "bridge",
        parents: ["bond0"],
        links: [{ mode: "AUTO", subnet: "192.168.1.9/22" }, { mode: "LINK_UP" }],
      },
      "bond0.20": { type: "vlan", parents: ["bond0"], vlan: vlan(20) },
    });
    assert.deepEqual(complete, {
      enp1s0: { type: "physical", vlan: vlan(0), mtu: 1500, enabled: true, links: [] },
      enp2s0: { type: "physical", vlan: vlan(0), mtu: 1500, enabled: true, links: [] },
      bond0: { type: "bond", vlan: vlan(0), mtu: 1500, parents: ["enp1s0", "enp2s0"], bond: BOND, tags: [], links: [] },
      br0: {
        type: "bridge",
        vlan: vlan(0),
        mtu: 1500,
        parents: ["bond0"],
        bridge: BRIDGE,
        tags: [],
        links: [{ mode: "AUTO", subnet: "192.168.0.0/22", defaultGateway: false }],
      },
      "bond0.20": { type: "vlan", vlan: vlan(20), mtu: 1500, parents: ["bond0"], tags: [], links: [] },
    });
    assert.deepEqual(Object.keys(complete), ["bond0", "bond0.20", "br0", "enp1s0", "enp2s0"]);
  });

  it("give themselves again when they are complete", () => {
    fc.assert(
      fc.property(arbitraryWanted({ nics: 4, bonds: 2, bridges: 2, vlans: 3 }, "mixed"), (wanted) => {
        const once = hostInterfacesSchema.parse(wanted);
        assert.deepEqual(hostInterfacesSchema.parse(once), once);
      }),
    );
  });

  it("take MAC addresses and networks in any spelling", () => {
    const { bond0 } = hostInterfacesSchema.parse({ ...TWO_NICS, bond0: { ...BOND0, macAddress: "52-54-00-AA-BB-CC" } });
    assert.ok(bond0?.type === "bond");
    assert.equal(bond0.macAddress, "52:54:00:aa:bb:cc");
  });

  const refused: Record<string, [HostInterfacesArgs, string, RegExp]> = {
    "a name that Linux cannot have": [{ "bond_management.10": NIC }, "bond_management.10", /18 characters.*15/],
    "a member that is not described": [{ enp1s0: NIC, bond0: BOND0 }, "bond0.parents", /"enp2s0" is not described/],
    "a bond of bonds": [
      { ...TWO_NICS, bond0: BOND0, bond1: { type: "bond", parents: ["bond0"] } },
      "bond1.parents",
      /a bond cannot sit on the bond bond0/,
    ],
    "a bridge on a bridge": [
      { enp1s0: NIC, br0: { type: "bridge", parents: ["enp1s0"] }, br1: { type: "bridge", parents: ["br0"] } },
      "br1.parents",
      /only on physical, bond, vlan/,
    ],
    "a bridge on two interfaces": [
      { ...TWO_NICS, br0: { type: "bridge", parents: ["enp1s0", "enp2s0"] } },
      "br0.parents",
      /exactly one interface, not on 2/,
    ],
    "a NIC in two bonds": [
      { ...TWO_NICS, bond0: BOND0, bond1: { type: "bond", parents: ["enp1s0"] } },
      "enp1s0",
      /is a member of bond0, bond1/,
    ],
    "a VLAN interface beside a bond on one NIC": [
      { ...TWO_NICS, bond0: BOND0, v: { type: "vlan", parents: ["enp1s0"], vlan: vlan(10) } },
      "enp1s0",
      /is a member of bond0 and below v too/,
    ],
    "two bridges on one interface": [
      { enp1s0: NIC, br0: { type: "bridge", parents: ["enp1s0"] }, br1: { type: "bridge", parents: ["enp1s0"] } },
      "enp1s0",
      /an interface carries one bridge/,
    ],
    "an untagged VLAN interface": [
      { enp1s0: NIC, v: { type: "vlan", parents: ["enp1s0"], vlan: vlan(0) } },
      "v.vlan",
      /needs a tagged VLAN/,
    ],
    "a VLAN of another fabric": [
      { enp1s0: NIC, v: { type: "vlan", parents: ["enp1s0"], vlan: { fabric: "other", vid: 10 } } },
      "v.vlan",
      /other\/10 is on another fabric than enp1s0 \(datacenter\/untagged\)/,
    ],
    "members on different VLANs": [
      { enp1s0: NIC, enp2s0: { type: "physical", vlan: vlan(10) }, bond0: BOND0 },
      "bond0.vlan",
      /share one VLAN/,
    ],
    "an MTU above that of what is below": [
      { ...TWO_NICS, bond0: { ...BOND0, mtu: 9000 } },
      "bond0.mtu",
      /9000 is more than the 1500 of enp1s0 below/,
    ],
    "an address on the member of a bond": [
      { ...TWO_NICS, enp1s0: { ...NIC, links: [{ mode: "AUTO", subnet: "10.0.0.0/24" }] }, bond0: BOND0 },
      "enp1s0.links",
      /a member of a bond has no address: put the link on bond0/,
    ],
    "an address below a bridge": [
      {
        enp1s0: { ...NIC, links: [{ mode: "AUTO", subnet: "10.0.0.0/24" }] },
        br0: { type: "bridge", parents: ["enp1s0"] },
      },
      "enp1s0.links",
      /what is below a bridge has no address.*put the link on br0/,
    ],
    "two default gateways": [
      {
        enp1s0: { ...NIC, links: [{ mode: "AUTO", subnet: "10.0.0.0/24", defaultGateway: true }] },
        enp2s0: { ...NIC, links: [{ mode: "AUTO", subnet: "10.0.1.0/24", defaultGateway: true }] },
      },
      "enp2s0.links",
      /enp1s0 and enp2s0 both give the default gateway/,
    ],
    "one address twice": [
      {
        enp1s0: { ...NIC, links: [{ mode: "STATIC", subnet: "10.0.0.0/24", ipAddress: "10.0.0.5" }] },
        enp2s0: { ...NIC, links: [{ mode: "STATIC", subnet: "10.0.0.0/24", ipAddress: "10.0.0.5" }] },
      },
      "enp2s0.links",
      /10\.0\.0\.5 is on enp1s0 already/,
    ],
    "an address outside its subnet": [
      { enp1s0: { ...NIC, links: [{ mode: "STATIC", subnet: "10.0.0.0/24", ipAddress: "10.0.1.5" }] } },
      "enp1s0.links.0.ipAddress",
      /10\.0\.1\.5 is not in 10\.0\.0\.0\/24/,
    ],
    "an MTU that Linux cannot have": [{ enp1s0: { ...NIC, mtu: 500 } }, "enp1s0.mtu", /552/],
  };
  for (const [what, [input, path, message]] of Object.entries(refused))
    it(`refuse ${what}`, () => {
      const parsed = hostInterfacesSchema.safeParse(input);
      assert.ok(!parsed.success);
      const found = parsed.error.issues.filter((issue) => issue.path.join(".") === path);
      assert.ok(
        found.some((issue) => message.test(issue.message)),
        JSON.stringify(parsed.error.issues),
      );
    });
});
