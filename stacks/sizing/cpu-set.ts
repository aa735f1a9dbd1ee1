/** CPU numbers in rising order, as the kubelet's `reservedSystemCPUs` and systemd's `AllowedCPUs` name them. */
export type CpuSet = readonly number[];

const ITEM = /^(0|[1-9]\d{0,3})(?:-(0|[1-9]\d{0,3}))?$/;

/** Why a text is no CPU set, or undefined when it is one: numbers and ranges with commas, like `0-7` or `0-3,16-19`. */
export function cpuSetProblem(text: string): string | undefined {
  for (const item of text.split(",").map((part) => part.trim())) {
    const match = ITEM.exec(item);
    if (match === null)
      return `has "${item}": write CPU numbers and ranges with commas between them, like 0-7 or 0-3,16-19`;
    if (Number(match[1]) > Number(match[2] ?? match[1])) return `has "${item}", which starts after its end`;
  }
  return undefined;
}

/** Reads a CPU set. The text must be one (see {@link cpuSetProblem}). */
export function parseCpuSet(text: string): CpuSet {
  const numbers = text.split(",").flatMap((item) => {
    const [first = 0, last = first] = item.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
  return [...new Set(numbers)].sort((a, b) => a - b);
}
