const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const BRACKET = /\[(\d+)-(\d+)\]/;

/** The most machines that one range may stand for; more is taken for a slip. */
const LARGEST_RANGE = 500;

/** Why a text is no hostname and no range of hostnames like `worker-[1-6]`, or undefined when it is one. */
export function hostnameRangeProblem(text: string): string | undefined {
  const bracket = BRACKET.exec(text);
  if (bracket === null) return hostnameProblem(text);
  const [first, last] = [Number(bracket[1]), Number(bracket[2])];
  if (first > last)
    return `has the range [${bracket[1]}-${bracket[2]}], which starts after its end: write [${bracket[2]}-${bracket[1]}]`;
  if (last - first >= LARGEST_RANGE) return `stands for more than ${LARGEST_RANGE} machines: is that meant?`;
  return hostnameRangeProblem(text.replace(BRACKET, String(bracket[2])));
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
