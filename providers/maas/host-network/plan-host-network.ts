import { InputError } from "../../dynamic/errors";
import type { Call } from "./call";
import { checkHostInterfaces } from "./check-host-interfaces";
import { describePresent } from "./describe-present";
import { diffHostInterfaces } from "./diff-host-interfaces";
import type { HostInterfaces } from "./host-interface";
import { addressesOf, finishLinks, finishMtus, putLinksBack } from "./planner/finishing";
import { visitPairings } from "./planner/pairings";
import type { Pairing } from "./planner/plan-builder";
import { PlanBuilder } from "./planner/plan-builder";
import { nextStructureCall, structureDone } from "./planner/structure";
import type { PresentNetwork } from "./present-network";

/** No host needs nearly as many calls; ends a plan that goes in circles. */
const MOST_CALLS = 200;

/** How many ways of reusing what is there are worked out at most; real hosts need a handful. */
const MOST_PAIRINGS = 500;

/**
 * The shortest list of MAAS calls that brings the network of a machine to a description; empty exactly when nothing differs.
 *
 * What is there is reused where that saves calls (a bond is renamed, a VLAN interface moved with its address), everything else is
 * removed: the description of a machine's bonds, bridges and VLAN interfaces is whole. Physical NICs that it does not name are not
 * touched, no NIC is ever deleted, and the boot interface stays. Order: deletes, NICs onto their VLAN, bonds, bridges, VLAN
 * interfaces, links; an address that a call takes comes back by the next one. Every prefix of a plan can be planned on from.
 *
 * @throws InputError when the description names a NIC that the machine does not have, or contradicts itself
 */
export function planHostNetwork(present: PresentNetwork, wanted: HostInterfaces): Call[] {
  refuseImpossible(present, wanted);
  let best: Call[] | undefined;
  let tried = 0;
  visitPairings(
    present,
    wanted,
    () => (tried < MOST_PAIRINGS ? (best?.length ?? MOST_CALLS) : 0),
    (pairing) => {
      tried += 1;
      const calls = planWith(present, wanted, pairing);
      if (calls !== undefined && calls.length < (best?.length ?? MOST_CALLS)) best = calls;
    },
  );
  if (best === undefined)
    throw new InputError("MAAS offers no way from the present network of the machine to the described one.");
  return best;
}

function planWith(present: PresentNetwork, wanted: HostInterfaces, pairing: Pairing): Call[] | undefined {
  const plan = new PlanBuilder(present, wanted, pairing);
  while (!structureDone(plan)) {
    const before = addressesOf(plan);
    if (plan.calls.length > MOST_CALLS || !nextStructureCall(plan)) return undefined;
    putLinksBack(plan, before);
  }
  finishLinks(plan);
  finishMtus(plan);
  return converged(plan.network, wanted) ? plan.calls : undefined;
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
