/** A field of a cron expression. */
interface CronField {
  name: string;
  minimum: number;
  maximum: number;
  /** Names of the numbers from the minimum on. */
  words: readonly string[];
}

const FIELDS: readonly CronField[] = [
  { name: "minute", minimum: 0, maximum: 59, words: [] },
  { name: "hour", minimum: 0, maximum: 23, words: [] },
  { name: "day of the month", minimum: 1, maximum: 31, words: [] },
  {
    name: "month",
    minimum: 1,
    maximum: 12,
    words: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
  },
  { name: "day of the week", minimum: 0, maximum: 6, words: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] },
];

/** Days of the months, the leap day included. */
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Why a text is no cron expression of five fields (minute, hour, day of the month, month, day of the week) with numbers, names, `*`, lists, ranges and
 * steps, or none that ever comes true.
 */
export function cronProblem(text: string): string | undefined {
  const parts = text.split(" ");
  if (!/^\S+( \S+){4}$/.test(text))
    return "is not a cron expression: write five fields with one space between them, such as 0 3 * * SUN";
  for (const [index, field] of FIELDS.entries()) {
    const problem = fieldProblem(parts[index] ?? "", field);
    if (problem !== undefined) return problem;
  }
  return neverProblem(parts);
}

function fieldProblem(part: string, field: CronField): string | undefined {
  const bad = part.split(",").find((item) => numbersOf(item, field) === undefined);
  if (bad === undefined) return undefined;
  const words = field.words.length === 0 ? "" : ` or ${field.words.join(", ")}`;
  return `has ${JSON.stringify(bad)} for the ${field.name}: write *, ${field.minimum} to ${field.maximum}${words}, ranges such as ${field.minimum}-${field.minimum + 2}, steps such as */2, or a list of them`;
}

/** The numbers that an item of a list stands for; undefined when it is none. */
function numbersOf(item: string, { minimum, maximum, words }: CronField): number[] | undefined {
  const [, from = "", to, step] = /^(\*|\w+)(?:-(\w+))?(?:\/([1-9]\d?))?$/.exec(item) ?? [];
  const number = (word: string): number | undefined => {
    const named = words.indexOf(word.toUpperCase());
    const value = named >= 0 ? named + minimum : /^\d{1,2}$/.test(word) ? Number(word) : -1;
    return value >= minimum && value <= maximum ? value : undefined;
  };
  if (from === "*" && to !== undefined) return undefined;
  const first = from === "*" ? minimum : number(from);
  const last = to !== undefined ? number(to) : from === "*" || step !== undefined ? maximum : first;
  if (first === undefined || last === undefined || first > last) return undefined;
  return Array.from({ length: last - first + 1 }, (_, index) => first + index).filter(
    (value) => (value - first) % Number(step ?? 1) === 0,
  );
}

/** A day such as the 31st of February never comes; with a day of the week either of both is enough. */
function neverProblem(parts: readonly string[]): string | undefined {
  const [, , days = "*", months = "*", weekdays = "*"] = parts;
  const all = (text: string, index: number): number[] => {
    const field = FIELDS[index];
    return field === undefined ? [] : text.split(",").flatMap((item) => numbersOf(item, field) ?? []);
  };
  if (!weekdays.startsWith("*")) return undefined;
  const first = Math.min(...all(days, 2));
  return all(months, 3).some((month) => first <= (DAYS[month - 1] ?? 0))
    ? undefined
    : "names a day that none of its months has, so that it never comes true";
}
