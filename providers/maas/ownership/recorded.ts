import { type Plain, type PlainObject, containsUnknown, samePlain } from "../../dynamic/plain";
import type { Owned } from "./decide";
import { type AnyFieldTable, type Values, describedValues, valueOf } from "./values";

/** Whether a state was made by a version that kept all values of an object in `former` and described every field. */
export function isLegacy(state: object): boolean {
  return "former" in state && !("previous" in state);
}

/**
 * Returns what a state recorded of an object's ownership. In a legacy state every field counts as set by the stack, with the value
 * that the inputs have.
 *
 * @param legacy turns `former` into values by input, and tells applied values that are not those of the inputs
 */
export function recordedOf(
  table: AnyFieldTable,
  state: object,
  legacy: {
    readonly legacyPrevious?: (former: Plain) => PlainObject;
    readonly legacyApplied?: (state: Readonly<Record<string, Plain | undefined>>) => PlainObject;
  } = {},
): Owned {
  const known = state as Readonly<Record<string, Plain | undefined>> & Partial<Owned>;
  const origin = known.origin ?? "adopted";
  if (origin !== "adopted") return { origin, previous: {}, applied: {} };
  if (!isLegacy(state)) return { origin, previous: known.previous ?? {}, applied: known.applied ?? {} };
  const former = known["former"] ?? null;
  const applied = Object.entries(table).map(([key, field]) => [key, valueOf(field, known[key] ?? null)]);
  return {
    origin,
    previous: fieldsOnly((legacy.legacyPrevious ?? asObject)(former), table),
    applied: { ...(Object.fromEntries(applied) as Values), ...legacy.legacyApplied?.(known) },
  };
}

/** Returns the fields that were described and no longer are. None of a legacy state: its fields were all written, described or not. */
export function stoppedFields(table: AnyFieldTable, olds: object, news: object): string[] {
  if (isLegacy(olds)) return [];
  const described = describedValues(table, news);
  return Object.keys(describedValues(table, olds)).filter((key) => !(key in described));
}

/**
 * Whether an input is unchanged although state and program write it differently: of a created object "not described" equals the
 * default; of an adopted object in a legacy state it equals everything, and the field becomes unmanaged without a write.
 */
export function sameInput(table: AnyFieldTable, key: string, olds: PlainObject, news: PlainObject): boolean {
  const before = olds[key] ?? null;
  const after = news[key] ?? null;
  if (samePlain(before, after)) return true;
  if (containsUnknown(after)) return false;
  if (key === "reference") return before === null && after === false;
  const field = table[key];
  if (field === undefined) return false;
  if (olds["origin"] === "created") return samePlain(effective(field, before, olds), effective(field, after, news));
  if (!isLegacy(olds)) return false;
  return after === null || samePlain(valueOf(field, before), valueOf(field, after));
}

/** The value that is enforced on a created object; an input without an enforced default stays as it is. */
function effective(field: AnyFieldTable[string], input: Plain, inputs: PlainObject): Plain {
  if (input !== null || field.byDefault === undefined) return valueOf(field, input);
  return (field.byDefault as (inputs: PlainObject) => Plain)(inputs);
}

function asObject(former: Plain): PlainObject {
  return typeof former === "object" && former !== null && !Array.isArray(former) ? former : {};
}

/** Without what is no field of the kind. */
function fieldsOnly(values: PlainObject, table: AnyFieldTable): PlainObject {
  return Object.fromEntries(Object.entries(values).filter(([key]) => key in table));
}

/** Returns the recorded inputs, with those that are described now in the place of those that were not. */
export function filledInputs<Inputs extends object>(olds: Inputs, news: Inputs): Inputs {
  const known = olds as Readonly<Record<string, unknown>>;
  const described = Object.entries(news).filter(([key]) => (known[key] ?? null) === null);
  return { ...olds, ...Object.fromEntries(described) };
}
