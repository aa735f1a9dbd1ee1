/**
 * The marker that stands behind the description or comment of what a datacenter creates: `Worker hosts [vmo-metal dc1]`. After a run
 * that was killed between the call and its record, the next one knows its own objects by it, and a second stack learns whose an
 * object is.
 */
export function mark(text: string, datacenter: string): string {
  const marker = `[vmo-metal ${datacenter}]`;
  return text === "" ? marker : `${text} ${marker}`;
}

/** A description without its marker, and the datacenter that the marker names. */
export interface Unmarked {
  readonly text: string;
  /** Absent when the description has no marker. */
  readonly datacenter?: string;
}

/** Takes a description apart. */
export function unmark(description: string): Unmarked {
  const [, text, datacenter] = /^(?:([^]*) )?\[vmo-metal ([^\]\s]+)\]$/.exec(description.trimEnd()) ?? [];
  return datacenter === undefined ? { text: description } : { text: text ?? "", datacenter };
}

/** `text` with the marker that `description` has, if any: for objects that stay whose they are. */
export function withMarkerOf(description: string, text: string): string {
  const { datacenter } = unmark(description);
  return datacenter === undefined ? text : mark(text, datacenter);
}
