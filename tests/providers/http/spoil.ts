import fc from "fast-check";

/** One way in which an answer can be spoiled. */
export type Spoil =
  | { readonly kind: "replace"; readonly status: number; readonly contentType: string; readonly body: string }
  | { readonly kind: "truncate"; readonly part: number }
  /** Changes the member that a random walk through the answer ends at. */
  | { readonly kind: "member"; readonly walk: readonly number[]; readonly to: "missing" | "swapped" };

const json = "application/json";

const foreign: readonly (readonly [number, string, string])[] = [
  [200, json, ""],
  [200, json, "{}"],
  [200, json, '"x"'],
  [200, json, "42"],
  [200, json, "null"],
  [200, json, "true"],
  [200, json, '{"items":[]}'],
  [200, json, "[[]]"],
  [200, json, "[null]"],
  [200, "text/html", "<!doctype html><title>Log in</title>"],
  [200, json, '{"message":"no Route matched with those values"}'],
  [404, "text/html", "<html><h1>Not Found</h1></html>"],
  [404, "text/plain", "404 page not found"],
  [404, "text/plain", ""],
  [404, json, '{"message":"no Route matched with those values"}'],
  [404, json, "{}"],
];

/** Any spoil. */
export const anySpoil: fc.Arbitrary<Spoil> = fc.oneof(
  fc
    .constantFrom(...foreign)
    .map(([status, contentType, body]): Spoil => ({ kind: "replace", status, contentType, body })),
  fc.double({ min: 0, max: 0.99, noNaN: true }).map((part): Spoil => ({ kind: "truncate", part })),
  fc.record({
    kind: fc.constant("member" as const),
    walk: fc.array(fc.nat(30), { minLength: 1, maxLength: 5 }),
    to: fc.constantFrom("missing" as const, "swapped" as const),
  }),
);

/** An answer as it is on the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** Spoils an answer. */
export function spoiled(answer: WireAnswer, spoil: Spoil): WireAnswer {
  if (spoil.kind === "replace") return spoil;
  if (spoil.kind === "truncate") {
    return { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length * spoil.part)) };
  }
  let value: unknown;
  try {
    value = JSON.parse(answer.body);
  } catch {
    return { ...answer, body: "{}" };
  }
  change(value, spoil.walk, spoil.to);
  return { ...answer, body: JSON.stringify(value) };
}

function change(value: unknown, [step = 0, ...walk]: readonly number[], to: "missing" | "swapped"): void {
  if (typeof value !== "object" || value === null) return;
  const holder = value as Record<string, unknown>;
  const keys = Object.keys(holder);
  const key = keys[step % Math.max(1, keys.length)];
  if (key === undefined) return;
  const member = holder[key];
  if (walk.length > 0 && typeof member === "object" && member !== null && Object.keys(member).length > 0) {
    return change(member, walk, to);
  }
  // A null gives its place to an object, not to a text: a nullable text would take that for a value.
  if (to === "swapped") holder[key] = typeof member === "object" && member !== null ? "swapped" : { swapped: true };
  else if (Array.isArray(value)) holder[key] = undefined;
  else Reflect.deleteProperty(holder, key);
}
