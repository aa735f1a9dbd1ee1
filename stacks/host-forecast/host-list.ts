/** The smallest run of numbers that is written as a range: `a-1, a-2` is no longer than `a-[1-2]` and reads better. */
const shortestRange = 3;

/** A hostname taken apart at its last number. */
interface Numbered {
  readonly before: string;
  readonly digits: string;
  readonly after: string;
}

/**
 * Names of hosts as a list in which runs are ranges, in natural order: `cp-1, worker-[1-6]`. A range is written as the description
 * writes it; numbers with leading zeros keep them (`node-[08-10]`). Each name is listed once. Pure.
 */
export function formatHosts(names: readonly string[]): string {
  const sorted = [...new Set(names)].sort(naturally);
  const parts: string[] = [];
  for (let index = 0; index < sorted.length;) {
    const run = runFrom(sorted, index);
    const [first, last] = [sorted[index] ?? "", sorted[index + run - 1] ?? ""];
    parts.push(...(run < shortestRange ? sorted.slice(index, index + run) : [rangeOf(first, last)]));
    index += run;
  }
  return parts.join(", ");
}

/** The natural order of hostnames: `worker-2` comes before `worker-10`. */
export function naturally(one: string, other: string): number {
  return one.localeCompare(other, "en", { numeric: true }) || (one < other ? -1 : Number(one > other));
}

/** How many names from an index on are numbered one after the other. */
function runFrom(names: readonly string[], start: number): number {
  let length = 1;
  for (; start + length < names.length; length += 1) {
    const [one, next] = [names[start + length - 1], names[start + length]];
    if (one === undefined || next === undefined || !follows(one, next)) break;
  }
  return length;
}

function follows(one: string, next: string): boolean {
  const [a, b] = [takeApart(one), takeApart(next)];
  if (a === undefined || b === undefined || a.before !== b.before || a.after !== b.after) return false;
  const padded = a.digits.startsWith("0") || b.digits.startsWith("0");
  if (padded && a.digits.length !== b.digits.length) return false;
  return Number(b.digits) === Number(a.digits) + 1;
}

function rangeOf(first: string, last: string): string {
  const [a, b] = [takeApart(first), takeApart(last)];
  return a === undefined || b === undefined ? first : `${a.before}[${a.digits}-${b.digits}]${a.after}`;
}

function takeApart(name: string): Numbered | undefined {
  const [, before, digits, after] = /^(.*?)(\d{1,9})(\D*)$/.exec(name) ?? [];
  return before === undefined || digits === undefined || after === undefined ? undefined : { before, digits, after };
}
