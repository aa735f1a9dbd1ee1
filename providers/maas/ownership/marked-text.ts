import { mark, markAdopted, unmark, withMarkerOf } from "../marker";
import type { Owned } from "./decide";
import { type AnyFieldTable, sameValue } from "./values";

/** A text that may bear a marker. */
export interface MarkedText {
  /** The text as MAAS has it, with its marker. */
  readonly present: string;
  /** The datacenter of this stack. */
  readonly datacenter: string;
  /** MAAS ignores an empty text, so that one cannot be restored. */
  readonly unclearable: boolean;
}

/** Returns `text` with the marker that belongs behind it; undefined when the present text has to stay as it is. */
export function ownedText(
  marked: MarkedText,
  text: string,
  { origin, previous, applied }: Owned,
  table: AnyFieldTable,
): string | undefined {
  if (origin === "created") return mark(text, marked.datacenter);
  const changed = Object.keys(previous).filter(
    (key) => table[key]?.unmarked !== true && !sameValue(previous[key], applied[key]),
  );
  if (changed.length === 0) return releasedText(marked, text);
  if (text === "" && marked.unclearable) return undefined;
  return markAdopted(text, marked.datacenter, Object.fromEntries(changed.map((key) => [key, previous[key] ?? null])));
}

/** Returns `text` without the marker of this datacenter; that of another one stays. Undefined as in {@link ownedText}. */
export function releasedText({ present, datacenter, unclearable }: MarkedText, text: string): string | undefined {
  const kept = unmark(present).datacenter === datacenter ? text : withMarkerOf(present, text);
  return kept === "" && unclearable ? undefined : kept;
}
