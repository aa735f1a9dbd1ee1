import type { Json, JsonObject } from "../json";
import { invalid } from "./error";

/** Most rows of one page, and the default. */
const PAGE_SIZE = 50;

/**
 * One page of a list: `{items, listmeta: {continue, count, limit, offset}}`. `limit` above 50 is cut to 50, 0 asks for
 * all; `continue` is the opaque token of the page before and wins over `offset`; the end is an empty `continue`.
 * @throws PaletteError 400 for a limit, offset or token that is none.
 */
export function page(items: readonly Json[], query: URLSearchParams): JsonObject {
  const limit = limitOf(query.get("limit"), items.length);
  const token = query.get("continue");
  const offset = token ? offsetOfToken(token) : wholeNumber("offset", query.get("offset") ?? "0");
  const rows = items.slice(offset, offset + limit);
  const next = offset + rows.length < items.length ? tokenOfOffset(offset + rows.length) : "";
  return { items: rows, listmeta: { continue: next, count: items.length, limit, offset } };
}

function limitOf(text: string | null, all: number): number {
  if (text === null || text === "") return PAGE_SIZE;
  const limit = wholeNumber("limit", text);
  return limit === 0 ? Math.max(all, 1) : Math.min(limit, PAGE_SIZE);
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw invalid("InvalidQueryParameter", `${name}: '${text}' is not a whole number`);
  return Number(text);
}

function tokenOfOffset(offset: number): string {
  return Buffer.from(`offset:${offset}`).toString("base64url");
}

function offsetOfToken(token: string): number {
  const match = /^offset:(\d+)$/.exec(Buffer.from(token, "base64url").toString());
  if (!match) throw invalid("InvalidContinueToken", "continue: not a token of this list");
  return Number(match[1]);
}
