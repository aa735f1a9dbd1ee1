import { planDataVolumes } from "./data-volumes";
import { planLoadBalancers } from "./load-balancers";
import { planNodes } from "./nodes";
import { planOperators } from "./operators";
import { joinPlans, type Plan } from "./plan";
import type { Snapshot } from "./snapshot";
import { planStorageProfiles } from "./storage-profiles";
import { planVolumes } from "./volumes";
import { planWebhooks } from "./webhooks";

/** What all simulated controllers together want. */
export function planAll(snapshot: Snapshot): Plan {
  return joinPlans(
    [planNodes, planOperators, planStorageProfiles, planDataVolumes, planVolumes, planLoadBalancers, planWebhooks].map(
      (plan) => plan(snapshot),
    ),
  );
}
