/**
 * Characters that change what a terminal, a log viewer or a page shows without being seen themselves: C0 controls (tabs and line breaks too), DEL,
 * C1 controls, the direction marks, overrides and isolates of bidirectional text, line and paragraph separators, the byte order mark, and halves of
 * surrogate pairs.
 */
const invisible = /\p{Cc}|\p{Bidi_Control}|[\u2028\u2029\ufeff]|\p{Surrogate}/gu;

/** Control characters as programmers write them. */
const short: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * A text of one line with every invisible character written out: `\n`, `\x1b`, `\u202e`. For single values that come from somebody else: keys and
 * values of the description, names and descriptions in MAAS, Palette or Kubernetes. A value cannot begin a line of its own then. Idempotent.
 */
export function visibleLine(text: string): string {
  return text.replace(invisible, (character) => short[character] ?? escaped(character));
}

/**
 * A message of one or more lines with every invisible character written out but line breaks and tabs. For whole messages, logs and documents.
 * Windows line ends become plain ones. Idempotent.
 */
export function visible(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .replace(invisible, (character) => (character === "\n" || character === "\t" ? character : visibleLine(character)));
}

/**
 * JSON of a value that shows as it is on a terminal: what `JSON.stringify` leaves unescaped is escaped too, so that it parses to the same value.
 *
 * @param space as for `JSON.stringify`; absent: one line
 */
export function visibleJson(value: unknown, space?: number): string {
  return JSON.stringify(value, undefined, space).replace(invisible, (character) =>
    character === "\n" ? character : `\\u${hex(character, 4)}`,
  );
}

function escaped(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x100 ? `\\x${hex(character, 2)}` : `\\u${hex(character, 4)}`;
}

function hex(character: string, digits: number): string {
  return character.charCodeAt(0).toString(16).padStart(digits, "0");
}
