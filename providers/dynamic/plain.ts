/** What may stand in a resource's state: JSON. */
export type Plain = null | boolean | number | string | Plain[] | { [key: string]: Plain };

/** A JSON object. */
export type PlainObject = { [key: string]: Plain };

/**
 * The marker that the engine sends to dynamic providers in place of a value that is not known yet in preview; it stands for
 * values of every type, numbers and lists too (@pulumi/pulumi runtime/rpc.ts, `unknownValue`).
 */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether a value is, or holds anywhere inside, a value not known yet. */
export function containsUnknown(value: unknown): boolean {
  if (value === unknownValue) return true;
  if (Array.isArray(value)) return value.some(containsUnknown);
  if (isObject(value)) return Object.values(value).some(containsUnknown);
  return false;
}

/** Whether a value is an object other than null and other than a list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The one exit of every provider method: drops `undefined` members (the engine's wire format has none and throws on them after
 * the real object exists), keeps `null`, and refuses what JSON cannot carry.
 *
 * @throws TypeError naming the path of a function, symbol, bigint, or number that is not finite.
 */
export function toState(value: object): PlainObject {
  return toPlain(value, "") as PlainObject;
}

function toPlain(value: unknown, path: string): Plain {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new TypeError(`${path}: ${value} cannot be kept in state`);
    return value;
  }
  if (Array.isArray(value)) return value.map((item, index) => toPlain(item, `${path}[${index}]`));
  if (isObject(value)) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return Object.fromEntries(
      members.map(([key, member]) => [key, toPlain(member, path === "" ? key : `${path}.${key}`)]),
    );
  }
  throw new TypeError(`${path}: a ${typeof value} cannot be kept in state`);
}

/** Equality of JSON values: members in any order, lists in order; a missing member equals `undefined`, not `null`. */
export function samePlain(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => samePlain(item, right[index]));
  }
  if (isObject(left) && isObject(right)) {
    const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
    return [...keys].every((key) => samePlain(left[key], right[key]));
  }
  return false;
}
