import type { Change } from "./dangers";
import type { Owned } from "./decide";
import { type Values, sameValue } from "./values";

/** What a destroy does with an adopted object. */
export interface RestorePlan {
  /** Previous values to write, by input. */
  readonly write: Values;
  /** Fields that somebody else changed since: what this stack set (`from`) and what it is now (`to`). */
  readonly left: readonly Change[];
}

/** Plans a three-way restore: a field gets its previous value back only while it has the value that this stack gave it. */
export function planRestore(actual: Values, { previous, applied }: Pick<Owned, "previous" | "applied">): RestorePlan {
  const differing = Object.keys(previous).filter(
    (key) => key in actual && !sameValue(actual[key], previous[key]) && !sameValue(applied[key], previous[key]),
  );
  const ours = differing.filter((key) => key in applied && sameValue(actual[key], applied[key]));
  return {
    write: Object.fromEntries(ours.map((key) => [key, previous[key] ?? null])),
    left: differing
      .filter((key) => !ours.includes(key))
      .map((key) => ({ field: key, from: applied[key] ?? null, to: actual[key] ?? null })),
  };
}
