/** Values by name. */
export type Parameters = Readonly<Record<string, unknown>>;

const place = /@\{([A-Za-z]+)\}/g;

/**
 * Puts parameters into plain data: a text that is nothing but `@{name}` becomes the parameter's value with its type (a number, a list), a place
 * inside a text becomes text.
 *
 * @throws Error for a name that is no parameter.
 */
export function substitute(data: unknown, parameters: Parameters): unknown {
  if (typeof data === "string") {
    const [whole, name] = /^@\{([A-Za-z]+)\}$/.exec(data) ?? [];
    return whole === undefined || name === undefined ? substituteText(data, parameters) : valueOf(name, parameters);
  }
  if (Array.isArray(data)) return data.map((item) => substitute(item, parameters));
  if (typeof data === "object" && data !== null) {
    return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, substitute(value, parameters)]));
  }
  return data;
}

/** Puts parameters into a text; lists and objects as JSON, which YAML files take as it is. */
export function substituteText(text: string, parameters: Parameters): string {
  return text.replaceAll(place, (_all, name: string) => {
    const value = valueOf(name, parameters);
    return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
      ? String(value)
      : JSON.stringify(value);
  });
}

function valueOf(name: string, parameters: Parameters): unknown {
  const value = parameters[name];
  if (value === undefined)
    throw new Error(`the profile data uses @{${name}}, which is no parameter (profiles/render/parameters.ts)`);
  return value;
}
