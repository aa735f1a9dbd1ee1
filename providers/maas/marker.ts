import type { Plain, PlainObject } from "../dynamic/plain";

/**
 * The marker behind the description or comment of what a datacenter owns: `Worker hosts [vmo-metal dc1]` on what it created,
 * `PXE [vmo-metal dc1 adopted {"gateway":"192.168.0.1"}]` on what it adopted and changed. It outlives a run that was killed between
 * the call and its record: the next run recognises its own objects and the values to restore, and a second stack learns the owner.
 */
export interface Marker {
  readonly datacenter: string;
  readonly origin: "created" | "adopted";
  /** Values of changed fields of an adopted object before the first change; empty on what was created. */
  readonly previous: PlainObject;
}

/** A description without its marker. */
export interface Unmarked {
  readonly text: string;
  /** The datacenter that the marker names; absent when the description has no marker. */
  readonly datacenter?: string;
  /** The whole marker; absent like `datacenter`. */
  readonly marker?: Marker;
}

/** Returns `text` with the marker of an object that `datacenter` created. */
export function mark(text: string, datacenter: string): string {
  return appended(text, `[vmo-metal ${datacenter}]`);
}

/** Returns `text` with the marker of an object that `datacenter` adopted; `previous` are the values to restore. */
export function markAdopted(text: string, datacenter: string, previous: PlainObject): string {
  return appended(text, `[vmo-metal ${datacenter} adopted ${JSON.stringify(previous)}]`);
}

/** Splits a description into its text and its marker. */
export function unmark(description: string): Unmarked {
  const trimmed = description.trimEnd();
  const created = /^(?:([^]*) )?\[vmo-metal ([^\]\s]+)\]$/.exec(trimmed);
  if (created?.[2] !== undefined) return unmarked(created[1], created[2], "created", {});
  return unmarkAdopted(trimmed) ?? { text: description };
}

/** Returns `text` with the marker that `description` has, if any: for objects whose owner does not change. */
export function withMarkerOf(description: string, text: string): string {
  const { marker } = unmark(description);
  if (marker === undefined) return text;
  return marker.origin === "created"
    ? mark(text, marker.datacenter)
    : markAdopted(text, marker.datacenter, marker.previous);
}

/** The values may hold text that looks like the start of a marker, so each candidate is tried from the left. */
function unmarkAdopted(description: string): Unmarked | undefined {
  for (const start of description.matchAll(/(?:^| )\[vmo-metal ([^\]\s]+) adopted (?=\{)/g)) {
    const previous = parsedObject(description.slice(start.index + start[0].length, -1));
    if (previous === undefined || !description.endsWith("}]")) continue;
    return unmarked(description.slice(0, start.index), start[1] ?? "", "adopted", previous);
  }
  return undefined;
}

function parsedObject(text: string): PlainObject | undefined {
  try {
    const value = JSON.parse(text) as Plain;
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch (failure) {
    if (failure instanceof SyntaxError) return undefined;
    throw failure;
  }
}

function unmarked(
  text: string | undefined,
  datacenter: string,
  origin: Marker["origin"],
  previous: PlainObject,
): Unmarked {
  return { text: text ?? "", datacenter, marker: { datacenter, origin, previous } };
}

function appended(text: string, marker: string): string {
  return text === "" ? marker : `${text} ${marker}`;
}
