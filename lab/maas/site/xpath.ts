const TOKEN =
  /\s*("[^"]*"|'[^']*'|\/\/|::|\.\.|!=|<=|>=|[/()[\]@,|+\-*=<>.$]|\d+(?:\.\d+)?|[\p{L}_][\p{L}\p{N}_.-]*(?::[\p{L}_][\p{L}\p{N}_.-]*)?)/uy;

function tokens(expression: string): string[] | undefined {
  const found: string[] = [];
  let index = 0;
  while (expression.slice(index).trim() !== "") {
    TOKEN.lastIndex = index;
    const match = TOKEN.exec(expression);
    if (match?.[1] === undefined) return undefined;
    found.push(match[1]);
    index = TOKEN.lastIndex;
  }
  return found;
}

const CLOSES: Record<string, string> = { ")": "(", "]": "[" };
/** Tokens that something must follow. */
const NEEDS_NEXT = new Set(["//", "::", "@", ",", "|", "+", "-", "=", "!=", "<", "<=", ">", ">=", "$", "["]);

/** Tokens that nothing can begin with. */
const NO_START = new Set(["]", ")", ",", "|", "=", "!=", "<", "<=", ">", ">=", "::"]);

/** Tokens after which no path begins anew. */
const WITHIN_STEP = new Set(["/", "//", "::", "@", "$"]);

/** Whether a text can be an XPath expression (MAAS asks libxml2; this looks at brackets, operators and steps). */
export function isXPath(expression: string): boolean {
  const list = tokens(expression);
  if (list === undefined || list.length === 0) return false;
  const open: string[] = [];
  for (const [index, token] of list.entries()) {
    const next = list[index + 1];
    if (token === "(" || token === "[") open.push(token);
    if (CLOSES[token] !== undefined && open.pop() !== CLOSES[token]) return false;
    if (NEEDS_NEXT.has(token) && (next === undefined || NO_START.has(next))) return false;
    if (WITHIN_STEP.has(token) && next !== undefined && (next === "/" || next === "//")) return false;
  }
  return open.length === 0;
}
