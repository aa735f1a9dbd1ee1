import type { JsonObject, JsonValue } from "../../../lab/maas/json";
import { idKind } from "./id-kinds";
import type { IdMap } from "./id-map";
import { UNORDERED_WORDS, VOLATILE } from "./volatile";

/** Where two answers differ. */
export interface Difference {
  /** Place in the body: `interface_set[2].links[0].mode`. */
  at: string;
  recorded: string;
  simulated: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const TIME = /^(\d{4}-\d\d-\d\dT[\d:.]+Z?|[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2}\. \d{4} [\d:]{8})$/;
const PLACEHOLDER = /<([a-z_]+)>/g;

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function typeOf(value: JsonValue): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "list" : typeof value;
}

function isId(value: JsonValue): value is number | string {
  return typeof value === "number" || typeof value === "string";
}

function shown(value: JsonValue | undefined): string {
  if (value === undefined) return "absent";
  const text = JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Compares recorded with simulated values, binding ids on the way. */
export class Comparison {
  /** Whether a list without an order came in another one than recorded. */
  reordered = false;

  constructor(
    private readonly ids: IdMap,
    /** The whole answer is a list without an order. */
    private readonly unorderedAnswer = false,
  ) {}

  /** Where two bodies differ; empty when they agree. */
  compare(recorded: JsonValue, simulated: JsonValue): Difference[] {
    return this.values(recorded, simulated, "", this.unorderedAnswer);
  }

  /** Whether two texts are equal after mapping ids, invented host names, placeholders of secrets and words in no order. */
  sameText(original: string, simulated: string): boolean {
    if (original === simulated) return true;
    const names = this.ids.entries("hostname");
    const recorded = names.reduce((text, [theirs, ours]) => text.replaceAll(theirs, ours), original);
    if (recorded === simulated) return true;
    if (recorded.includes("<") && this.fitsPlaceholders(recorded, simulated)) return true;
    if (UUID.test(recorded) && UUID.test(simulated)) return this.ids.bind("uuid", recorded, simulated);
    if (UNORDERED_WORDS.some((pattern) => pattern.test(recorded))) {
      const sorted = (text: string): string =>
        text
          .split(/[ ,.]+/)
          .sort()
          .join(" ");
      return sorted(recorded) === sorted(simulated);
    }
    const [left, right] = [recorded.split(/([A-Za-z0-9]+)/), simulated.split(/([A-Za-z0-9]+)/)];
    return (
      left.length === right.length &&
      left.every((token, index) => token === right[index] || this.ids.related(token, right[index] ?? ""))
    );
  }

  private fitsPlaceholders(recorded: string, simulated: string): boolean {
    const names = [...recorded.matchAll(PLACEHOLDER)].map((match) => match[0]);
    if (names.length === 0) return false;
    const pattern = recorded.split(PLACEHOLDER).map((part, index) => (index % 2 === 1 ? "([^:&]+)" : escaped(part)));
    const match = new RegExp(`^${pattern.join("")}$`).exec(simulated);
    return match !== null && names.every((name, index) => this.ids.bind("secret", name, match[index + 1] ?? ""));
  }

  private values(recorded: JsonValue, simulated: JsonValue, at: string, unordered = false): Difference[] {
    const differs = [{ at, recorded: shown(recorded), simulated: shown(simulated) }];
    if (typeOf(recorded) !== typeOf(simulated)) return differs;
    if (Array.isArray(recorded) && Array.isArray(simulated)) {
      return unordered ? this.sets(recorded, simulated, at) : this.lists(recorded, simulated, at);
    }
    if (isObject(recorded) && isObject(simulated)) return this.objects(recorded, simulated, at);
    if (typeof recorded === "string" && typeof simulated === "string") {
      return this.sameText(recorded, simulated) ? [] : differs;
    }
    return recorded === simulated ? [] : differs;
  }

  private lists(recorded: JsonValue[], simulated: JsonValue[], at: string): Difference[] {
    if (recorded.length !== simulated.length) return [{ at, recorded: shown(recorded), simulated: shown(simulated) }];
    return recorded.flatMap((value, index) => this.values(value, simulated[index] ?? null, `${at}[${index}]`));
  }

  private sets(recorded: JsonValue[], simulated: JsonValue[], at: string): Difference[] {
    if (recorded.length !== simulated.length) return [{ at, recorded: shown(recorded), simulated: shown(simulated) }];
    const left = [...simulated];
    const differences: Difference[] = [];
    for (const [index, value] of recorded.entries()) {
      const mark = this.ids.mark();
      const found = left.findIndex((candidate) => {
        const fits = this.values(value, candidate, at).length === 0;
        if (!fits) this.ids.rollback(mark);
        return fits;
      });
      if (found > 0) this.reordered = true;
      if (found >= 0) left.splice(found, 1);
      else differences.push({ at: `${at}[${index}]`, recorded: shown(value), simulated: `none of ${shown(left)}` });
    }
    return differences;
  }

  private objects(recorded: JsonObject, simulated: JsonObject, at: string): Difference[] {
    const keys = [...new Set([...Object.keys(recorded), ...Object.keys(simulated)])].sort(idsFirst);
    return keys.flatMap((key) => this.member(recorded, simulated, key, at === "" ? key : `${at}.${key}`));
  }

  private member(recorded: JsonObject, simulated: JsonObject, key: string, at: string): Difference[] {
    const [left, right] = [recorded[key], simulated[key]];
    if (left === undefined || right === undefined) {
      return [{ at, recorded: shown(left), simulated: shown(right) }];
    }
    const rule = VOLATILE.find((volatile) => volatile.key === key)?.rule;
    const sameTimes = typeof left === "string" && typeof right === "string" && TIME.test(left) && TIME.test(right);
    if (rule === "time" && sameTimes) return [];
    if (rule === "type" && typeOf(left) === typeOf(right)) return [];
    const kind = idKind(recorded, key, at);
    if (kind !== undefined && isId(left) && isId(right)) {
      if (this.ids.bind(kind, String(left), String(right))) return [];
      return [{ at, recorded: `${shown(left)} (${kind})`, simulated: shown(right) }];
    }
    return this.values(left, right, at, rule === "unordered");
  }
}

const FIRST = ["id", "system_id", "fabric_id"];

/** Ids before the texts that are made of them, addresses of resources last. */
function idsFirst(a: string, b: string): number {
  const rank = (key: string): number => (FIRST.includes(key) ? 0 : key === "resource_uri" ? 2 : 1);
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}
