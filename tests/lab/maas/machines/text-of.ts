/** The text or number of an answer as text; anything else is the end of the test. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return value.toString();
  throw new TypeError(`neither text nor number: ${JSON.stringify(value)}`);
}
