import assert from "node:assert/strict";
import fc from "fast-check";
import { InputError } from "../../../../providers/dynamic/errors";
import { applyCall, applyCalls } from "../../../../providers/maas/host-network/apply-call";
import { describePresent, formerInterfaces } from "../../../../providers/maas/host-network/describe-present";
import { diffHostInterfaces } from "../../../../providers/maas/host-network/diff-host-interfaces";
import type { HostInterfaces } from "../../../../providers/maas/host-network/host-interface";
import { planHostNetwork } from "../../../../providers/maas/host-network/plan-host-network";
import type { PresentNetwork } from "../../../../providers/maas/host-network/present-network";
import type { Mtus } from "./arbitrary-networks";
import { arbitraryPresent, arbitraryWanted } from "./arbitrary-networks";
import { FOUR_NIC, FOUR_NICS, SUBNETS, edited, fourNicNetwork, freshNetwork, vlan, withRealIds } from "./networks";

const SIZE = { nics: 4, bonds: 2, bridges: 2, vlans: 3 };
const ALL_MTUS: Mtus[] = ["same", "none", "mixed", "some"];

/** Random pairs of what is there and what is wanted, whatever MTUs they have. */
const anyPair = fc
  .constantFrom(...ALL_MTUS)
  .chain((mtus) => fc.tuple(arbitraryPresent(SIZE, mtus), arbitraryWanted(SIZE, mtus)));

describe("the plan of a host network", function () {
  this.timeout(180_000);

  it("is empty exactly when nothing differs", () => {
    const built = fourNicNetwork();
    assert.deepEqual(planHostNetwork(built, FOUR_NIC), []);
    fc.assert(
      fc.property(anyPair, ([present, wanted]) => {
        const after = applyCalls(planHostNetwork(present, wanted), present);
        assert.deepEqual(differences(after, wanted), []);
        assert.deepEqual(planHostNetwork(after, wanted), []);
      }),
      { numRuns: 300 },
    );
  });

  it("keeps every NIC and the boot interface, and leaves NICs alone that are not described", () => {
    fc.assert(
      fc.property(anyPair, ([present, wanted]) => {
        const calls = planHostNetwork(present, wanted);
        const after = applyCalls(calls, present);
        const nics = (network: PresentNetwork) =>
          [...network.interfaces.values()]
            .filter((item) => item.type === "physical")
            .map(({ id, name }) => ({ id, name }));
        assert.deepEqual(nics(after), nics(present));
        assert.equal(after.bootInterfaceId, present.bootInterfaceId);
        for (const { name } of nics(present))
          if (wanted[name] === undefined)
            assert.ok(calls.every((call) => !("interface" in call) || call.interface !== name));
      }),
      { numRuns: 200 },
    );
  });

  it("can be broken off after any call: the rest is planned anew and is no longer than what was left", () => {
    const pair = fc
      .constantFrom<Mtus>("same", "none")
      .chain((mtus) => fc.tuple(arbitraryPresent(SIZE, mtus), arbitraryWanted(SIZE, mtus)));
    fc.assert(
      fc.property(pair, fc.nat(), ([present, wanted], cut) => {
        const calls = planHostNetwork(present, wanted);
        const done = cut % (calls.length + 1);
        const broken = withRealIds(applyCalls(calls.slice(0, done), present));
        const rest = planHostNetwork(broken, wanted);
        assert.deepEqual(differences(applyCalls(rest, broken), wanted), []);
        assert.ok(rest.length <= calls.length - done, `${rest.length} calls instead of ${calls.length - done}`);
      }),
      { numRuns: 200 },
    );
  });

  it("leads back to what was there before", () => {
    const before = freshNetwork(...FOUR_NICS);
    const former = formerInterfaces(before, FOUR_NIC);
    const built = fourNicNetwork();
    const calls = planHostNetwork(built, former);
    assert.deepEqual(differences(applyCalls(calls, built), former), []);
    // Two bonds, one address, and the MTU of each NIC.
    assert.equal(calls.length, 7);
  });

  it("sends one call for one changed field", () => {
    const built = fourNicNetwork();
    const bond = built.interfaces.get("bond_data");
    assert.ok(bond?.bond);
    const cases: [PresentNetwork, string][] = [
      [edited(built, "bond_mgmt", { mtu: 9000 }), "bond_mgmt"],
      [edited(built, "bond_data", { bond: { ...bond.bond, mode: "active-backup" } }), "bond_data"],
      [edited(built, "br0", { bridge: { type: "standard", stp: true, forwardDelay: 15 } }), "br0"],
      [edited(built, "bond_data.20", { tags: ["x"] }), "bond_data.20"],
      [edited(built, "bond_data", { parents: ["enp1s1"] }), "bond_data"],
    ];
    for (const [network, name] of cases) {
      const calls = planHostNetwork(network, FOUR_NIC);
      assert.deepEqual(
        calls.map((call) => ("interface" in call ? call.interface : call.operation)),
        [name],
      );
    }
  });

  it("puts an address that a call takes back with the very next call", () => {
    const fresh = freshNetwork(...FOUR_NICS);
    const calls = planHostNetwork(fresh, FOUR_NIC);
    const addresses = (count: number) =>
      [...applyCalls(calls.slice(0, count), fresh).interfaces.values()].flatMap(({ name, links }) =>
        links.filter(({ mode }) => mode === "AUTO").map(() => name),
      );
    const taken = calls.findIndex((_call, index) => addresses(index).length === 0);
    assert.deepEqual([addresses(taken - 1), addresses(taken), addresses(taken + 1)], [["enp1s0"], [], ["bond_mgmt"]]);
  });

  it("puts NICs on the bond's VLAN before it bonds them", () => {
    const elsewhere = edited(freshNetwork(...FOUR_NICS), "enp2s0", { vlan: vlan(10), links: [] });
    const { vlan: _none, ...unplugged } = elsewhere.interfaces.get("enp1s1") ?? assert.fail();
    const network = {
      ...elsewhere,
      interfaces: new Map(elsewhere.interfaces).set("enp1s1", { ...unplugged, links: [] }),
    };
    const calls = planHostNetwork(network, FOUR_NIC);
    assert.equal(calls.length, 10);
    assert.deepEqual(
      calls.slice(0, 2).map((call) => [call.operation, "interface" in call && call.interface]),
      [
        ["update", "enp1s1"],
        ["update", "enp2s0"],
      ],
    );
  });

  it("removes bonds, bridges and VLAN interfaces that are not described", () => {
    const built = fourNicNetwork();
    const foreign = applyCalls(
      [{ operation: "create_vlan", name: "bond_data.99", parent: "bond_data", vlan: vlan(99), tags: [] }],
      built,
    );
    assert.deepEqual(planHostNetwork(foreign, FOUR_NIC), [{ operation: "delete", interface: "bond_data.99" }]);
  });

  it("takes links off one by one or all at once, whichever is fewer calls", () => {
    const built = fourNicNetwork();
    const link = { mode: "AUTO", subnet: SUBNETS[1] } as const;
    const one = edited(built, "bond_mgmt.10", {
      links: [
        { id: 5, ...link },
        { id: 6, ...link },
      ],
    });
    assert.deepEqual(planHostNetwork(one, FOUR_NIC), [
      { operation: "unlink_subnet", interface: "bond_mgmt.10", linkId: 6, ...link },
    ]);
    const many = edited(built, "br0", { links: [7, 8, 9].map((id) => ({ id, mode: "AUTO", subnet: SUBNETS[0] })) });
    assert.deepEqual(planHostNetwork(many, FOUR_NIC), [{ operation: "remove_all_links", interface: "br0" }]);
  });

  it("makes an existing link the default gateway without touching it", () => {
    const { defaultGatewayLinkId: gateway, ...rest } = fourNicNetwork();
    assert.deepEqual(planHostNetwork(rest, FOUR_NIC), [
      { operation: "set_default_gateway", interface: "bond_data.20", linkId: gateway, subnet: SUBNETS[2] },
    ]);
  });

  it("knows that an Allocated machine gives a bridge the links of what is below", () => {
    const allocated = { ...freshNetwork("enp1s0"), bridgeTakesLinks: true };
    const call = {
      operation: "create_bridge",
      name: "br0",
      parent: "enp1s0",
      bridge: bridge().bridge,
      tags: [],
    } as const;
    const onBridge = applyCall(call, allocated).network?.interfaces.get("br0")?.links;
    assert.deepEqual(onBridge, [{ id: 1, mode: "AUTO", subnet: SUBNETS[0] }]);
    const wanted: HostInterfaces = {
      enp1s0: { type: "physical", vlan: vlan(0), enabled: true, links: [] },
      br0: {
        ...withoutMtu(),
        parents: ["enp1s0"],
        links: [{ mode: "AUTO", subnet: SUBNETS[0], defaultGateway: false }],
      },
    };
    assert.equal(planHostNetwork(allocated, wanted).length, 1);
    assert.equal(planHostNetwork(freshNetwork("enp1s0"), wanted).length, 2);
  });

  it("refuses a NIC that the machine does not have, and a name that a NIC has", () => {
    const network = freshNetwork("enp1s0", "enp2s0");
    assert.throws(() => planHostNetwork(network, FOUR_NIC), isInputError(/enp1s1 .*the machine has enp1s0, enp2s0/));
    const wanted = { enp2s0: bridge() };
    assert.throws(() => planHostNetwork(network, wanted), isInputError(/"?bond_data"? is not described/));
    const clash: HostInterfaces = {
      enp1s0: { type: "physical", vlan: vlan(0), enabled: true, links: [] },
      enp2s0: { ...bridge(), parents: ["enp1s0"] },
    };
    assert.throws(
      () => planHostNetwork(network, clash),
      isInputError(/enp2s0 is described as a bridge, but it is a physical NIC/),
    );
  });
});

function differences(network: PresentNetwork, wanted: HostInterfaces) {
  return diffHostInterfaces(describePresent(network, wanted), wanted);
}

function bridge() {
  const item = FOUR_NIC.br0;
  assert.ok(item?.type === "bridge");
  return item;
}

function withoutMtu() {
  const { mtu: _mtu, ...item } = bridge();
  return item;
}

function isInputError(pattern: RegExp) {
  return (error: unknown) => error instanceof InputError && pattern.test(error.message);
}
