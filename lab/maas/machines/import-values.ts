import type { JsonObject, JsonValue } from "../json";

/** An object of a recorded answer; an empty one where there is none. */
export function objectAt(body: JsonObject, key: string): JsonObject {
  const value = body[key];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

/** The objects of a list of a recorded answer. */
export function listAt(body: JsonObject, key: string): JsonObject[] {
  const value = body[key];
  if (!Array.isArray(value)) return [];
  return value.filter((each): each is JsonObject => typeof each === "object" && each !== null && !Array.isArray(each));
}

/** A text; "" where there is none. */
export function textAt(body: JsonObject, key: string): string {
  const value = body[key];
  return typeof value === "string" ? value : "";
}

/** A text, or null. */
export function textOrNull(body: JsonObject, key: string): string | null {
  const value = body[key];
  return typeof value === "string" ? value : null;
}

/** A number; 0 where there is none. */
export function numberAt(body: JsonObject, key: string): number {
  const value = body[key];
  return typeof value === "number" ? value : 0;
}

/** A number, or null. */
export function numberOrNull(body: JsonObject, key: string): number | null {
  const value = body[key];
  return typeof value === "number" ? value : null;
}

/** A yes or no; no where there is none. */
export function flagAt(body: JsonObject, key: string): boolean {
  return body[key] === true;
}

/** The texts of a list. */
export function textsAt(body: JsonObject, key: string): string[] {
  const value = body[key];
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];
}

/** The plain values of an object. */
export function plainValues(value: JsonValue | undefined): Record<string, string | number | boolean> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, string | number | boolean] =>
        typeof entry[1] === "string" || typeof entry[1] === "number" || typeof entry[1] === "boolean",
    ),
  );
}
