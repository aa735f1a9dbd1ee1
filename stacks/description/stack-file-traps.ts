import { isCollection, isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import { visibleLine } from "../../text/visible";
import { joinPath } from "./problem";

/** The environment variable in which `npm run pulumi` names the stack file that the engine reads. */
export const STACK_FILE_VARIABLE = "VMO_METAL_STACK_FILE";

/** One place of a stack file that the engine reads as something else than what is written there. */
export interface StackFileTrap {
  /** Line and column, from 1. */
  readonly line: number;
  readonly column: number;
  /** The configuration key, e.g. `vmo-metal:datacenter`, and the path below it. */
  readonly key: string;
  readonly path: readonly (string | number)[];
  /** Whether it is the key at the end of the path, or the value there. */
  readonly at: "key" | "value";
  /** What is written. */
  readonly text: string;
  /** How it is read, and what to write instead. */
  readonly message: string;
}

/**
 * The values and keys of this project in a stack file that the engine reads as something else than what is written, without a word. It reads YAML 1.1
 * numbers and timestamps: `010` is 8, `1_000` is 1000, `0x1f` is 31, `2026-01-31` is a moment with a time zone; it decodes `!!binary`, drops other tags
 * and merges `<<` (measured, engine 3.259). The program sees the result only. Words such as `no` and texts such as `12:30:45` reach it as they are.
 *
 * @param text the stack file; one that is no YAML has no traps, because the engine refuses it
 */
export function stackFileTraps(text: string): StackFileTrap[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0 || !isMap(document.contents)) return [];
  const config = document.get("config", true);
  if (!isMap(config)) return [];
  return config.items.flatMap(({ key, value }): StackFileTrap[] => {
    const name = isScalar(key) ? String(key.value) : "";
    if (!name.startsWith("vmo-metal:")) return [];
    return trapsIn(value, []).map(({ node, ...trap }) => {
      const { line, col: column } = lines.linePos(isNode(node) ? (node.range?.[0] ?? 0) : 0);
      return { line, column, key: name, ...trap };
    });
  });
}

interface Found extends Pick<StackFileTrap, "path" | "at" | "text" | "message"> {
  readonly node: unknown;
}

function trapsIn(node: unknown, path: StackFileTrap["path"]): Found[] {
  const message =
    tagMessage(node) ?? (isScalar(node) && node.type === "PLAIN" ? plainMessage(sourceOf(node)) : undefined);
  const own = message === undefined ? [] : [{ node, path, at: "value", text: sourceOf(node), message } as const];
  if (isMap(node)) {
    return node.items.reduce<Found[]>((found, { key, value }) => {
      const wrong = keyMessage(key);
      const text = sourceOf(key);
      const below = [...path, text];
      const keys = wrong === undefined ? [] : [{ node: key, path: below, at: "key", text, message: wrong } as const];
      return [...found, ...keys, ...trapsIn(value, below)];
    }, own);
  }
  return isCollection(node) ? [...own, ...node.items.flatMap((item, index) => trapsIn(item, [...path, index]))] : own;
}

/** Traps as lines of text: file, line and column, path, what is read, what to write. */
export function formatTraps(file: string, traps: readonly StackFileTrap[]): string {
  return traps
    .map(({ line, column, key, path, message }) =>
      visibleLine(`${file}:${line}:${column}: ${path.length === 0 ? key : `${key}.${joinPath(path)}`}: ${message}`),
    )
    .join("\n");
}

/** A plain number of the engine's YAML 1.1 reading that is not written as such: octal, hexadecimal, binary, with underscores, sign or exponent. */
function numberIn(text: string): number | undefined {
  const digits = text.replaceAll("_", "");
  const radix = [
    [/^[-+]?0[oO]?([0-7]+)$/, 8],
    [/^[-+]?0[xX]([0-9a-fA-F]+)$/, 16],
    [/^[-+]?0[bB]([01]+)$/, 2],
  ] as const;
  for (const [pattern, base] of radix) {
    const [, found] = pattern.exec(digits) ?? [];
    if (found !== undefined) return (digits.startsWith("-") ? -1 : 1) * parseInt(found, base);
  }
  return /^[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$/.test(digits) ? Number(digits) : undefined;
}

/** Whole and decimal numbers as people write them; a decimal number may end in zeros. */
const ordinary = /^-?(0|[1-9]\d*)(\.\d+)?$/;

/** What YAML 1.1 takes for a moment in time; the engine adds time and zone. */
const moment = /^\d{4}-\d{1,2}-\d{1,2}(([Tt]|[ \t]+)\d{1,2}:\d{2}:\d{2}(\.\d*)?([ \t]*(Z|[-+]\d{1,2}(:\d{2})?))?)?$/;

function plainMessage(text: string): string | undefined {
  if (moment.test(text)) return `${text} is read as a moment in time: put it in quotes, "${text}"`;
  if (/^[-+]?\.(inf|nan)$/i.test(text))
    return `${text} is no number that can be kept: write a number, or put it in quotes`;
  const number = numberIn(text);
  if (number === undefined || (ordinary.test(text) && (!Number.isInteger(number) || Number.isSafeInteger(number))))
    return undefined;
  return `${text} is read as ${number}: write ${number} if that is meant, or put it in quotes, "${text}"`;
}

function keyMessage(key: unknown): string | undefined {
  if (!isScalar(key)) return "a key that is a list or an object becomes a text that nobody wrote: write a word";
  if (key.type !== "PLAIN") return undefined;
  const text = sourceOf(key);
  if (text === "<<") {
    return "<< merges another object in YAML 1.1 and is an ordinary key in YAML 1.2: write the settings out";
  }
  if (/^(~|null|)$/i.test(text))
    return "a key that is null becomes a text that nobody wrote: write a word, or put it in quotes";
  return tagMessage(key) ?? plainMessage(text);
}

/** Only a tag that is written counts. */
function tagMessage(node: unknown): string | undefined {
  if (!isNode(node) || !("tag" in node) || typeof node.tag !== "string") return undefined;
  const tag = node.tag.replace(/^tag:yaml\.org,2002:/, "!!");
  return `the tag ${tag} changes how the value is read: leave it out, and put a text in quotes`;
}

function sourceOf(node: unknown): string {
  return isScalar(node) ? (node.source ?? String(node.value)) : "";
}

/**
 * Traps that a program which was given `input` stepped into: those at whose place `input` holds something else than the text. A stack file that was not
 * read (another file was named, or the configuration came from a program) has none.
 *
 * @param input what the engine made of the value of `key`
 */
export function trapsOf(traps: readonly StackFileTrap[], key: string, input: unknown): StackFileTrap[] {
  return traps.filter((trap) => trap.key === key && isThere(input, trap));
}

function isThere(input: unknown, { path, at, text }: StackFileTrap): boolean {
  const value = path.reduce<unknown>(memberOf, input);
  if (at === "value") return value !== undefined && value !== text;
  // A key that was read as another one is not there by its text.
  const parent = path.slice(0, -1).reduce<unknown>(memberOf, input);
  return typeof parent === "object" && parent !== null && value === undefined;
}

function memberOf(value: unknown, part: string | number): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string | number, unknown>)[part] : undefined;
}
