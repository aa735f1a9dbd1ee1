/**
 * Reads an id where MAAS takes "an id or a name": a whole number, or the model's name with a number (`subnet-7`). In
 * every other text it sees a name.
 */
export function idIn(text: string, model: string): number | undefined {
  const match = new RegExp(`^(?:${model}-)?(\\d+)$`).exec(text.trim());
  return match?.[1] === undefined ? undefined : Number(match[1]);
}

/** Splits `name:sub-a` into its kind and value; a text without a known kind has none. */
export function specifier(text: string, kinds: readonly string[]): { kind?: string; value: string } {
  const colon = text.indexOf(":");
  const kind = text.slice(0, Math.max(colon, 0));
  return kinds.includes(kind) ? { kind, value: text.slice(colon + 1).trim() } : { value: text.trim() };
}

/** Finds records by id or name, as the paths of pools, fabrics, spaces and domains take them. */
export function findByReference<T extends { id: number; name: string }>(
  records: readonly T[],
  reference: string,
  model: string,
): T[] {
  const { kind, value } = specifier(reference, ["id", "name"]);
  const id = kind === "name" ? undefined : idIn(value, model);
  return records.filter((record) => (id === undefined ? record.name === value : record.id === id));
}
