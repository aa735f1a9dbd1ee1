import { Document, Scalar, type ScalarTag, visit } from "yaml";

/**
 * Serialises plain data as YAML that every reader takes for the same data: YAML 1.2 (our own), YAML 1.1 (Helm, kubectl, kubelet, cloud-init), and
 * go-yaml, which reads a few more forms than both. The same data gives the same bytes.
 *
 * Strings stay plain where no reader sees anything else in them. All others are quoted: booleans of YAML 1.1 (`no`, `on`, `y`), numbers in any base or
 * notation (`0123`, `1e3`, `1_000`, `0x1f`, `190:20:30`), null (`~`, `null`), dates, merge keys, indicators, white space at the ends, and characters
 * that a reader drops, refuses or takes for a line break.
 *
 * @param data JSON-like data; object members that are undefined are left out
 * @param lineWidth where long plain lines are folded, in characters; 0 (the default) = nowhere
 * @throws TypeError for a string that is not well-formed Unicode: YAML cannot hold half of a surrogate pair
 */
export function yamlText(data: unknown, lineWidth = 0): string {
  const document = new Document(data, { aliasDuplicateObjects: false, compat: "yaml-1.1", customTags: withExponents });
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value === "string") quoteIfNeeded(node, node.value, node !== document.contents);
    },
  });
  // Only double-quoted strings hold unsafe characters, where the escape stands for the character.
  return escaped(document.toString({ lineWidth, doubleQuotedAsJSON: true }));
}

/** A string as it is to stand in a document that something else writes: quoted where a reader would take it for something else. */
export function yamlScalar(text: string): Scalar<string> {
  const node = new Scalar(text);
  quoteIfNeeded(node, text, true);
  return node;
}

function quoteIfNeeded(node: Scalar, text: string, inside: boolean): void {
  if (/\p{Surrogate}/u.test(text)) throw new TypeError("text with half of a surrogate pair cannot be YAML");
  if (needsQuotes(text, inside && text.includes("\n"))) node.type = Scalar.QUOTE_DOUBLE;
}

/** Data as JSON on one line that is the same data in YAML: for a value inside of a document whose layout stays. */
export function jsonText(data: unknown): string {
  return escaped(JSON.stringify(data));
}

function escaped(text: string): string {
  return text.replaceAll(
    unsafeCharacters,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Characters that JSON leaves as they are, and that YAML 1.1 takes for a line break, a byte order mark or no character at all. */
const unsafeCharacters = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** What go-yaml reads as a number, a date or a key of its own: it drops underscores first, and knows octal and binary prefixes. */
const numberForms = [
  /^[-+]?0[xX][0-9a-fA-F]+$/,
  /^[-+]?0[oO]?[0-7]+$/,
  /^[-+]?0[bB][01]+$/,
  /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/,
  /^[-+]?\d+(:[0-5]?\d)+(\.\d*)?$/,
  /^[-+]?\.?(inf|nan)(inity)?$/i,
];
const dateForm = /^\d{4}-\d{1,2}-\d{1,2}([Tt\s].*)?$/;
const words = /^(y|n|yes|no|on|off|true|false|null|~|<<|=)?$/i;

/**
 * Whether a reader of any YAML version could take a plain string, or a block of lines, for something else or an error.
 *
 * @param block whether several lines may stand as a block: not as the whole document, where some readers see an empty block
 */
function needsQuotes(text: string, block: boolean): boolean {
  const digits = text.replaceAll("_", "");
  return (
    words.test(text) ||
    dateForm.test(text) ||
    numberForms.some((form) => form.test(digits)) ||
    // YAML 1.1 readers cannot tell white space of the text from the indentation of its block, and refuse tabs in a plain string.
    (block ? /^\s|\n *\t|[ \t]\n/ : /[\n\t]/).test(text) ||
    text.search(unsafeCharacters) >= 0
  );
}

/** Numbers with an exponent: YAML 1.1 reads them as text without a fraction and a sign. */
const exponent: ScalarTag = {
  tag: "tag:yaml.org,2002:float",
  default: true,
  identify: (value) => typeof value === "number" && String(value).includes("e"),
  test: /^\b$/,
  resolve: Number,
  stringify: ({ value }) => String(value).replace(/^(-?\d+)e/, "$1.0e"),
};

function withExponents<Tag>(tags: Tag[]): (Tag | ScalarTag)[] {
  return [exponent, ...tags];
}
