import type { JsonValue } from "../json";
import type { Parameters } from "./route";

/** Repeatable text parameters over a list of pairs. */
export class TextParameters implements Parameters {
  constructor(private readonly pairs: readonly [string, string][] = []) {}

  get(name: string): string | undefined {
    return this.getAll(name).at(-1);
  }

  getAll(name: string): string[] {
    return this.pairs.filter(([key]) => key === name).map(([, value]) => value);
  }

  has(name: string): boolean {
    return this.pairs.some(([key]) => key === name);
  }

  entries(): [string, string][] {
    return this.pairs.map(([key, value]) => [key, value]);
  }
}

/** Reads `a=1&b=2&a=3`. */
export function fromQuery(text: string): TextParameters {
  return new TextParameters([...new URLSearchParams(text)]);
}

function textOf(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Turns a JSON body into parameters: lists repeat the name, null counts as not sent, other values become text. */
export function fromJson(body: JsonValue): TextParameters {
  if (body === null || typeof body !== "object" || Array.isArray(body)) return new TextParameters();
  return new TextParameters(
    Object.entries(body).flatMap(([name, value]): [string, string][] => {
      if (value === null) return [];
      return Array.isArray(value) ? value.map((one) => [name, textOf(one)]) : [[name, textOf(value)]];
    }),
  );
}
