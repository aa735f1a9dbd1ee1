const BINARY = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
const DECIMAL = ["", "k", "M", "G", "T", "P", "E"];
/** Bytes of a MiB. */
export const MEBIBYTE = 1024 ** 2;

/** The bytes of a Kubernetes quantity such as `50Gi`, `1500M` or `1048576`; undefined for other text. */
export function quantityBytes(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)([KMGTPE]i|[kMGTPE])?$/.exec(text);
  if (match === null) return undefined;
  const suffix = match[2] ?? "";
  const power = Math.max(BINARY.indexOf(suffix), DECIMAL.indexOf(suffix));
  return Math.ceil(Number(match[1]) * (suffix.endsWith("i") ? 1024 : 1000) ** power);
}

/** Bytes as a quantity, rounded up to whole MiB, in the form to which the API server brings every quantity. */
export function mebibyteQuantity(bytes: number): string {
  let amount = Math.ceil(bytes / MEBIBYTE);
  let suffix = BINARY.indexOf("Mi");
  while (amount > 0 && amount % 1024 === 0 && suffix < BINARY.length - 1) {
    amount /= 1024;
    suffix += 1;
  }
  return `${amount}${BINARY[suffix]}`;
}
