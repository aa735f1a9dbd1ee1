import { z } from "zod";
import { invalid } from "../http/error";
import { isObject } from "../json";

/** A list of changes (`v1HttpPatch`). */
export const patchSchema = z.array(
  z.object({
    op: z.enum(["add", "remove", "replace", "move", "copy"]),
    path: z.string().startsWith("/"),
    value: z.unknown().optional(),
    from: z.string().optional(),
  }),
);

/**
 * The document with the changes made, in order.
 * @throws PaletteError 400 for a path that does not exist.
 */
export function applyPatch(document: unknown, patch: z.output<typeof patchSchema>): unknown {
  const result: unknown = structuredClone(document);
  for (const { op, path, value, from } of patch) {
    const moved = op === "move" || op === "copy" ? read(result, from ?? "") : value;
    if (op === "move") write(result, from ?? "", "remove", undefined);
    write(result, path, op === "remove" ? "remove" : op === "replace" ? "replace" : "add", moved);
  }
  return result;
}

function locate(document: unknown, path: string): { owner: unknown; name: string } {
  const parts = path
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  const name = parts.pop() ?? "";
  let owner = document;
  for (const part of parts)
    owner = Array.isArray(owner) ? owner[Number(part)] : isObject(owner) ? owner[part] : undefined;
  return { owner, name };
}

function read(document: unknown, path: string): unknown {
  const { owner, name } = locate(document, path);
  return Array.isArray(owner) ? owner[Number(name)] : isObject(owner) ? owner[name] : undefined;
}

function write(document: unknown, path: string, op: "add" | "remove" | "replace", value: unknown): void {
  const { owner, name } = locate(document, path);
  if (Array.isArray(owner)) {
    const index = name === "-" ? owner.length : Number(name);
    if (op === "replace") owner[index] = value;
    else owner.splice(index, op === "remove" ? 1 : 0, ...(op === "add" ? [value] : []));
  } else if (isObject(owner)) {
    if (op === "remove") delete owner[name];
    else owner[name] = value;
  } else throw invalid("InvalidPatch", `path '${path}' does not exist`);
}
