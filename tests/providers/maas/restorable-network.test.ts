import assert from "node:assert/strict";
import fc from "fast-check";
import { silentLog, type Log } from "../../../providers/maas/client/log";
import { applyCalls } from "../../../providers/maas/host-network/apply-call";
import { formerInterfaces } from "../../../providers/maas/host-network/describe-present";
import type { HostInterfaces, PhysicalInterface } from "../../../providers/maas/host-network/host-interface";
import { planHostNetwork } from "../../../providers/maas/host-network/plan-host-network";
import type { PresentNetwork } from "../../../providers/maas/host-network/present-network";
import { restorableNetwork } from "../../../providers/maas/restorable-network";
import { arbitraryPresent, arbitraryWanted, type Mtus } from "./host-network/arbitrary-networks";
import { BOND, edited, fourNicNetwork, freshNetwork, withRealIds } from "./host-network/networks";

const SIZE = { nics: 4, bonds: 2, bridges: 2, vlans: 3 };

/** What a destroy would put back, of all NICs. */
function formerOf(present: PresentNetwork): HostInterfaces {
  const nic: PhysicalInterface = { type: "physical", enabled: true, links: [] };
  const nics = [...present.interfaces.values()].filter(({ type }) => type === "physical");
  return formerInterfaces(present, Object.fromEntries(nics.map(({ name }) => [name, nic])));
}

function listening(): { log: Log; told: string[] } {
  const told: string[] = [];
  const log: Log = { ...silentLog, warning: (message) => told.push(message), of: () => log };
  return { log, told };
}

describe("a former network that is put back", function () {
  this.timeout(60_000);

  it("is found again from whatever was built since, whole", () => {
    const pair = fc
      .constantFrom<Mtus>("same", "none", "mixed", "some")
      .chain((mtus) => fc.tuple(arbitraryPresent(SIZE, mtus), arbitraryWanted(SIZE, mtus)));
    fc.assert(
      fc.property(pair, ([before, wanted]) => {
        const { log, told } = listening();
        const built = withRealIds(applyCalls(planHostNetwork(before, wanted), before));
        const former = restorableNetwork(built, formerOf(before), log);
        assert.deepEqual(told, []);
        const back = withRealIds(applyCalls(planHostNetwork(built, former), built));
        assert.deepEqual(formerOf(back), former);
      }),
      { numRuns: 150 },
    );
  });

  it("does without an address below a bridge, which MAAS would take off again", () => {
    const before = edited(fourNicNetwork(), "bond_data", { links: [{ id: 90, mode: "DHCP" }] });
    const former = restorableNetwork(freshNetwork("enp1s0", "enp2s0", "enp1s1", "enp2s1"), formerOf(before), silentLog);
    assert.deepEqual(former.bond_data?.links, []);
    assert.equal(former["bond_data.20"]?.links.length, 1);
  });

  it("is its NICs alone, said once, where no way leads back", () => {
    const { vlan: _none, ...nic } = freshNetwork("enp1s0").interfaces.get("enp1s0") ?? assert.fail();
    const unplugged = { ...nic, links: [] };
    const bond = { ...unplugged, id: 7, name: "bond0", type: "bond" as const, bond: BOND, parents: ["enp1s0"] };
    const before: PresentNetwork = {
      interfaces: new Map([
        ["enp1s0", unplugged],
        ["bond0", bond],
      ]),
      bridgeTakesLinks: false,
    };
    const { log, told } = listening();
    const present = freshNetwork("enp1s0");
    const former = restorableNetwork(present, formerOf(before), log);
    assert.deepEqual(Object.keys(former), ["enp1s0"]);
    assert.match(told.join("\n"), /only the NICs are put back/);
    assert.ok(planHostNetwork(present, former).length > 0);
  });
});
