import { isDeepStrictEqual } from "node:util";
import { mapOf, type KubernetesObject } from "../objects";

/**
 * The merge patch that turns an object's status into `wanted`, or undefined when it is that already. Fields that
 * `wanted` does not name are removed.
 */
export function statusPatch(object: KubernetesObject, wanted: Record<string, unknown>): object | undefined {
  const present = mapOf(object, "status");
  const wantedNow = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  if (isDeepStrictEqual(present, wantedNow)) return undefined;
  const removed = Object.keys(present).filter((key) => !(key in wantedNow));
  return { ...Object.fromEntries(removed.map((key) => [key, null])), ...wantedNow };
}

/** A condition as controllers keep it: `lastTransitionTime` moves only when the status does. */
export interface Condition {
  type: string;
  status: "True" | "False" | "Unknown";
  reason?: string;
  message?: string;
}

/** The conditions of a status with their transition times, taken over from the present ones where nothing changed. */
export function withTransitionTimes(
  conditions: Condition[],
  present: unknown[],
  now: Date,
): (Condition & { lastTransitionTime: string })[] {
  return conditions.map((condition) => {
    const before = present.map((one) => mapOf(one)).find((one) => one["type"] === condition.type);
    const kept = before?.["status"] === condition.status ? before["lastTransitionTime"] : undefined;
    return { ...condition, lastTransitionTime: typeof kept === "string" ? kept : kubernetesTime(now) };
  });
}

/** A time as Kubernetes writes it: whole seconds. */
export function kubernetesTime(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
