const factors: Readonly<Record<string, number>> = { "": 1, K: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15 };

/** The smallest /boot that MAAS makes, in bytes. */
const SMALLEST_BOOT = 512 * 1024 * 1024;

/** Bytes of a size such as `100G` or `1.5T` (10^9 and 10^12 based); undefined when it is none, is zero or is beyond whole numbers. */
export function sizeInBytes(size: string): number | undefined {
  const [, digits, unit = ""] = /^(\d+(?:\.\d+)?)([KMGTP]?)$/i.exec(size) ?? [];
  const factor = factors[unit.toUpperCase()];
  const bytes = digits === undefined || factor === undefined ? 0 : Math.floor(Number(digits) * factor);
  return bytes > 0 && Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** Why a text is no size of a partition or volume as MAAS takes it. */
export function diskSizeProblem(text: string): string | undefined {
  return sizeInBytes(text) === undefined
    ? "is not a size: write a number above 0 with M, G or T, like 100G, below 9000T"
    : undefined;
}

/** Why LVM would not take a text as the name of a volume group or logical volume. */
export function lvmNameProblem(text: string): string | undefined {
  return /^(?!\.{1,2}$)[A-Za-z0-9+_.][A-Za-z0-9+_.-]{0,126}$/.test(text)
    ? undefined
    : "is not a name that LVM takes: up to 127 letters, digits and + _ . -, no dash first";
}

/** Why a text is no size of a separate /boot: MAAS wants 512 MiB at least. */
export function bootSizeProblem(text: string): string | undefined {
  const problem = diskSizeProblem(text);
  if (problem !== undefined) return problem;
  return (sizeInBytes(text) ?? 0) < SMALLEST_BOOT
    ? "is too small: MAAS wants at least 512 MiB for /boot, which is 537M"
    : undefined;
}
