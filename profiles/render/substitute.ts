/** Values by name. */
export type Parameters = Readonly<Record<string, unknown>>;

/** A place for a parameter: `@{name}`. */
export const place = /@\{([A-Za-z]+)\}/g;

/**
 * Puts parameters into plain data: a string that is nothing but `@{name}` becomes the parameter's value with its type (a number, a list), a place
 * inside a string becomes text. What is put in is never searched for places again.
 *
 * @throws Error for a name that is no parameter, and for a list or object inside a string
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

/**
 * Puts parameters into a single string of data.
 *
 * @throws Error for a name that is no parameter, or whose value is a list or object
 */
export function substituteText(text: string, parameters: Parameters): string {
  return text.replaceAll(place, (_all, name: string) => {
    const value = valueOf(name, parameters);
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return String(value);
    throw new Error(`the profile data has @{${name}}, a list or an object, inside of a text`);
  });
}

/**
 * Puts parameters into a file that is neither YAML nor JSON, such as a systemd unit. A file that is nothing but a place is the value. Elsewhere a value
 * must be one word, because no syntax is known that could quote it.
 *
 * @throws Error for a name that is no parameter, and for a value that could end its line or its word
 */
export function substituteWords(text: string, parameters: Parameters): string {
  const [, whole] = /^\s*@\{([A-Za-z]+)\}\s*$/.exec(text) ?? [];
  if (whole === undefined) {
    for (const [, name = ""] of text.matchAll(place)) {
      if (/^[\w.,:/@%+-]*$/.test(substituteText(`@{${name}}`, parameters))) continue;
      throw new Error(`the value of @{${name}} is more than one word, and stands in a file that cannot quote it`);
    }
  }
  return substituteText(text, parameters);
}

/**
 * The value of a parameter.
 *
 * @throws Error for a name that is no parameter
 */
function valueOf(name: string, parameters: Parameters): unknown {
  const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (value === undefined)
    throw new Error(`the profile data uses @{${name}}, which is no parameter (profiles/render/parameters.ts)`);
  return value;
}
