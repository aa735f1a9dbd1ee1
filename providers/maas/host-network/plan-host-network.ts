import { InputError } from "../../dynamic/errors";
import type { Call } from "./call";
import { checkHostInterfaces } from "./check-host-interfaces";
import { describePresent } from "./describe-present";
import { diffHostInterfaces } from "./diff-host-interfaces";
import type { HostInterfaces } from "./host-interface";
import { sameVlan } from "./host-interface";
import { addressesOf, finishLinks, finishMtus, putLinksBack } from "./planner/finishing";
import { visitPairings } from "./planner/pairings";
import type { Pairing } from "./planner/plan-builder";
import { PlanBuilder } from "./planner/plan-builder";
import type { Strategy } from "./planner/structure";
import { nextStructureCall, structureDone } from "./planner/structure";
import type { PresentNetwork } from "./present-network";

/** No host needs nearly as many calls; ends a plan that goes in circles. */
const MOST_CALLS = 200;

/** How many ways of reusing what is there are worked out at most; real hosts need a handful. */
const MOST_PAIRINGS = 100;

/**
 * The shortest list of MAAS calls that brings the network of a machine to a description; empty exactly when nothing differs.
 *
 * What is there is reused where that saves calls (a bond is renamed, a VLAN interface moved with its address), everything else is
 * removed: the description of a machine's bonds, bridges and VLAN interfaces is whole. Physical NICs that it does not name are not
 * touched, no NIC is ever deleted, and the boot interface stays. A bond is made only of NICs that are on its VLAN already. Order: deletes, NICs onto their VLAN, bonds, bridges, VLAN
 * interfaces, links; an address that a call takes comes back by the next one. Every prefix of a plan can be planned on from.
 *
 * Shortest was found by search (every plan of up to six calls between random networks) for machines that are not Allocated, for changes of
 * the structure and for changes of MTUs; in some of ten thousand a trick still saves a call. Where both come together, MAAS's copying of MTUs can be played for a call less than this plan has.
 *
 * @throws InputError when the description names a NIC that the machine does not have, or contradicts itself
 */
export function planHostNetwork(present: PresentNetwork, wanted: HostInterfaces): Call[] {
  refuseImpossible(present, wanted);
  const strategies = strategiesFor(present, wanted);
  let best: Call[] | undefined;
  let tried = 0;
  visitPairings(
    present,
    wanted,
    () => (tried < MOST_PAIRINGS ? (best?.length ?? MOST_CALLS) : 0),
    (pairing) => {
      tried += 1;
      for (const strategy of strategies) {
        best = planWith(present, wanted, pairing, strategy, best?.length ?? MOST_CALLS) ?? best;
      }
    },
  );
  best ??= strategies.map((strategy) => planWith(present, wanted, new Map(), strategy, MOST_CALLS)).find(Boolean);
  if (best === undefined)
    throw new InputError("MAAS offers no way from the present network of the machine to the described one.");
  return best;
}

/** With every NIC on its VLAN there is nothing to choose. */
function strategiesFor(present: PresentNetwork, wanted: HostInterfaces): Strategy[] {
  const inPlace = Object.entries(wanted).every(
    ([name, wish]) => wish.type !== "physical" || sameVlan(present.interfaces.get(name)?.vlan, wish.vlan),
  );
  if (inPlace) return [{ nics: "first", split: "parents" }];
  return (["first", "free", "last"] as const).flatMap((nics) =>
    (["parents", "vlan"] as const).map((split) => ({ nics, split })),
  );
}

/** The plan for one pairing and strategy; undefined when there is none of fewer calls than the limit. */
function planWith(
  present: PresentNetwork,
  wanted: HostInterfaces,
  pairing: Pairing,
  strategy: Strategy,
  limit: number,
): Call[] | undefined {
  const plan = new PlanBuilder(present, wanted, pairing);
  while (!structureDone(plan)) {
    const before = addressesOf(plan);
    if (plan.calls.length >= limit || !nextStructureCall(plan, strategy)) return undefined;
    putLinksBack(plan, before);
  }
  finishLinks(plan);
  finishMtus(plan);
  return plan.calls.length < limit && converged(plan.network, wanted) ? plan.calls : undefined;
}

function converged(present: PresentNetwork, wanted: HostInterfaces): boolean {
  return diffHostInterfaces(describePresent(present, wanted), wanted).length === 0;
}

function refuseImpossible(present: PresentNetwork, wanted: HostInterfaces): void {
  const [problem] = checkHostInterfaces(wanted);
  if (problem !== undefined)
    throw new InputError(`${problem.path.join(".")}: ${problem.message}`, ["interfaces", ...problem.path].join("."));
  const nics = [...present.interfaces.values()].filter((item) => item.type === "physical").map((item) => item.name);
  for (const [name, wish] of Object.entries(wanted))
    if (wish.type === "physical" && !nics.includes(name))
      throw new InputError(
        `${name} is described as a physical NIC, but the machine has ${nics.length === 0 ? "none" : nics.join(", ")}: correct the name, or commission the machine anew.`,
        `interfaces.${name}`,
      );
    else if (wish.type !== "physical" && nics.includes(name))
      throw new InputError(
        `${name} is described as a ${wish.type}, but it is a physical NIC of the machine: choose another name.`,
        `interfaces.${name}`,
      );
}
