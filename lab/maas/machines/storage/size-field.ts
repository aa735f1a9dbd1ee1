import type { FormErrors } from "../forms/form-errors";

const UNITS: Record<string, number> = { k: 1e3, m: 1e6, g: 1e9, t: 1e12, p: 1e15, e: 1e18 };

/** A size that was sent: bytes, or a share of something that is known only later. */
export type Size = { bytes: number } | { percent: number };

/** A size in bytes (`20G` = 20·10^9) or percent (`50%`), without blanks; null when it was not sent or is empty. */
export function sizeField(errors: FormErrors, field: string, raw: string | undefined): Size | null {
  const text = raw ?? "";
  if (text === "") return null;
  const percent = /^(\d+(?:\.\d*)?)%$/.exec(text)?.[1];
  if (percent !== undefined) return { percent: Number(percent) };
  const [, digits, unit] = /^(-?[0-9]+)([KkMmGgTtPpEe])?$/.exec(text) ?? [];
  if (digits === undefined) {
    errors.add(field, "Enter a valid value.");
    return null;
  }
  return { bytes: Number(digits) * (unit === undefined ? 1 : (UNITS[unit.toLowerCase()] ?? 1)) };
}

/** A size that was sent; zero bytes count as not sent. */
export function sizeOrNone(size: Size | null): Size | null {
  return size !== null && "bytes" in size && size.bytes === 0 ? null : size;
}

/** The bytes of a size that may be a share of `whole`. */
export function bytesOf(size: Size, whole: number): number {
  return "bytes" in size ? size.bytes : Math.ceil(whole * (size.percent / 100));
}

/** Bytes within bounds; null when there is no size or it is out of them. */
export function boundedSize(
  errors: FormErrors,
  field: string,
  size: Size | null,
  bounds: { whole: number; min: number; max: number },
): number | null {
  if (size === null) return null;
  const bytes = bytesOf(size, bounds.whole);
  if (bytes < bounds.min) errors.add(field, `Size is too small. Minimum size is ${bounds.min}.`);
  else if (bytes > bounds.max) errors.add(field, `Size is too large. Maximum size is ${bounds.max}.`);
  else return bytes;
  return null;
}
