const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const BRACKET = /\[(\d+)-(\d+)\]/;

/** The most machines that one text may stand for; more is taken for a slip. */
const LARGEST_RANGE = 500;

/** The most digits of a number in a range: a hostname has no more characters in any of its parts, and JavaScript counts no further exactly. */
const MOST_DIGITS = 15;

/** The longest text: a hostname of 63 characters with ranges in it. */
const LONGEST_TEXT = 256;

/** Why a text is no hostname and no range of hostnames like `worker-[1-6]`, or undefined when it is one. */
export function hostnameRangeProblem(text: string): string | undefined {
  if (text.length > LONGEST_TEXT) return `has ${text.length} characters: write at most ${LONGEST_TEXT}`;
  return rangesProblem(text, 1);
}

/** @param machines how many machines each text of this form stands for already, by the ranges before */
function rangesProblem(text: string, machines: number): string | undefined {
  const [bracket, from = "", to = ""] = BRACKET.exec(text) ?? [];
  if (bracket === undefined) return hostnameProblem(text);
  if (from.length > MOST_DIGITS || to.length > MOST_DIGITS)
    return `has the range ${bracket.slice(0, 40)}, whose numbers are too long: write at most ${MOST_DIGITS} digits`;
  const [first, last] = [Number(from), Number(to)];
  if (first > last) return `has the range ${bracket}, which starts after its end: write [${to}-${from}]`;
  if (from.length !== to.length && (/^0\d/.test(from) || /^0\d/.test(to)))
    return `has the range ${bracket}, whose ends have different numbers of digits: write both with as many, like [08-10]`;
  const count = machines * (last - first + 1);
  if (count > LARGEST_RANGE) return `stands for more than ${LARGEST_RANGE} machines: is that meant?`;
  const problem = rangesProblem(text.replace(BRACKET, to), count);
  return problem ?? (from === to ? undefined : rangesProblem(text.replace(BRACKET, from), count));
}

/**
 * The hostnames of a range, in rising order: `worker-[1-3]` gives worker-1, worker-2, worker-3; `node-[08-10]` keeps two digits;
 * `r[1-2]-n[1-2]` gives four. A plain hostname gives itself. The text must be one (see {@link hostnameRangeProblem}).
 */
export function expandHostnames(text: string): string[] {
  const bracket = BRACKET.exec(text);
  if (bracket === null) return [text.toLowerCase()];
  const [, from = "", to = ""] = bracket;
  const width = from.startsWith("0") ? from.length : 1;
  return Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) =>
    text.replace(BRACKET, String(Number(from) + index).padStart(width, "0")),
  ).flatMap(expandHostnames);
}

function hostnameProblem(text: string): string | undefined {
  if (/[[\]]/.test(text)) return "has a broken range: write it like worker-[1-6]";
  if (text.includes(".")) return `has a dot: write the hostname alone, the domain is said once in "domain"`;
  if (!LABEL.test(text.toLowerCase()))
    return "is not a hostname: up to 63 letters, digits and dashes, a letter or digit at both ends";
  return undefined;
}
