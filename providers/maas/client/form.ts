/** A form or query value; `null` is sent as the empty text that clears a field, a list as a repeated field. */
export type FieldValue = string | number | boolean | null | readonly (string | number)[];

/** Fields of a form or query; an `undefined` one is not sent, so that MAAS keeps the value. */
export type Fields = Readonly<Record<string, FieldValue | undefined>>;

/** Fields in a given order, as names and texts. */
export type FieldPairs = readonly (readonly [string, string])[];

/**
 * Encodes fields the way MAAS reads them: booleans as `true` and `false` (it takes `0`, `off` and `no` for true), lists as
 * repeated fields (comma separated ids are refused). An empty list clears, as an empty text.
 */
export function encodeForm(fields: Fields | FieldPairs): string {
  const form = new URLSearchParams();
  if (isPairs(fields)) {
    for (const [name, value] of fields) form.append(name, value);
    return form.toString();
  }
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    if (value === null || (Array.isArray(value) && value.length === 0)) form.append(name, "");
    else if (Array.isArray(value))
      for (const item of value as readonly (string | number)[]) form.append(name, String(item));
    else form.append(name, String(value));
  }
  return form.toString();
}

function isPairs(fields: Fields | FieldPairs): fields is FieldPairs {
  return Array.isArray(fields);
}
