import type { ObjectReference } from "../api/objects-api";
import type { KubernetesObject } from "../objects";

/** One write that a simulated controller wants. `manager` shows in the object's managed fields. */
export type Step =
  | { do: "create"; object: KubernetesObject; manager: string }
  | { do: "merge"; target: ObjectReference; patch: object; manager: string }
  | { do: "merge-status"; target: ObjectReference; status: object; manager: string }
  | { do: "delete"; target: ObjectReference };

/** What a simulated controller makes of what it sees. */
export interface Plan {
  steps: Step[];
  /** Seconds of life after which it wants to look again although nothing changed; absent: not at all. */
  lookAgainIn?: number;
}

/** Nothing to do. */
export const IDLE: Plan = { steps: [] };

/** Several plans as one. */
export function joinPlans(plans: Plan[]): Plan {
  const times = plans.flatMap((plan) => (plan.lookAgainIn === undefined ? [] : [plan.lookAgainIn]));
  return {
    steps: plans.flatMap((plan) => plan.steps),
    ...(times.length === 0 ? {} : { lookAgainIn: Math.min(...times) }),
  };
}

/** A reference that only fits this very object, not a later one of the same name. */
export function exactly(object: KubernetesObject): ObjectReference {
  const { name, namespace, uid } = object.metadata;
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: { name, ...(namespace === undefined ? {} : { namespace }), ...(uid === undefined ? {} : { uid }) },
  };
}
