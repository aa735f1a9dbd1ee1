import type { SiteObjects } from "../../providers/maas/look-ups/site-objects";
import { unmark } from "../../providers/maas/marker";

/** Who owns an object, as the stack's state records it; `created`: a destroy deletes it. */
export type RecordedOrigin = "created" | "adopted" | "referenced";

/** A resource of MAAS in the stack's state. */
export interface RecordedObject {
  /** Kind of the resource: `Subnet`. */
  readonly kind: string;
  /** Name of the resource. */
  readonly name: string;
  readonly origin: RecordedOrigin;
  /** Its outputs, mirrored inputs included. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** What is known of a site before the run: what MAAS holds, and what the stack's state records of it. */
export interface SiteKnowledge {
  /** Undefined when MAAS could not be asked. */
  readonly objects?: SiteObjects | undefined;
  /** Null when the state could not be read. */
  readonly recorded: readonly RecordedObject[] | null;
}

/** Nothing is known: every object counts as one that will be created. */
export const NOTHING_KNOWN: SiteKnowledge = { recorded: null };

/** Returns the record of a resource, under its name or the one that it had in earlier versions. */
export function recordOf(
  { recorded }: SiteKnowledge,
  kind: string,
  name: string,
  alias?: string,
): RecordedObject | undefined {
  return recorded?.find((one) => one.kind === kind && (one.name === name || one.name === alias));
}

/**
 * Whether an object exists that this stack did not create: what its description does not state is then not managed. The stack's
 * record decides where there is one, else what MAAS holds: an object that bears the datacenter's marker of a created one is its own.
 *
 * @param texts the descriptions or comments of the objects that are meant: none when MAAS has no such object
 */
export function isFound(record: RecordedObject | undefined, texts: readonly string[], datacenter: string): boolean {
  if (record !== undefined) return record.origin !== "created";
  return texts.some((text) => !isCreatedBy(text, datacenter));
}

/** Whether a description or comment bears the marker of an object that a datacenter created. */
export function isCreatedBy(text: string, datacenter: string): boolean {
  const { marker } = unmark(text);
  return marker?.datacenter === datacenter && marker.origin === "created";
}
