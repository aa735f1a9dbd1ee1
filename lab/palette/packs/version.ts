/** Compares two dotted versions number by number: below 0 when the first is older. A missing part counts as 0. */
export function compareVersions(one: string, other: string): number {
  const parts = (version: string): number[] => version.split(/[.-]/).map((part) => Number(part) || 0);
  const [left, right] = [parts(one), parts(other)];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
