import { refusal } from "../../server/refusal";
import type { Parameters } from "../../server/route";

const YES = new Set(["true", "t", "yes", "y", "on", "1"]);
const NO = new Set(["false", "f", "no", "n", "off", "0", ""]);

/**
 * A yes-or-no parameter outside forms (`force`, `commission`, `bridge_all`).
 *
 * @throws MaasRefusal 400 when it is neither.
 */
export function flagParameter(parameters: Parameters, name: string, absent: boolean): boolean {
  const raw = parameters.get(name);
  if (raw === undefined) return absent;
  const text = raw.trim().toLowerCase();
  if (YES.has(text)) return true;
  if (NO.has(text)) return false;
  throw refusal(400, `Invalid ${name}: Value should be 'true' or 'false'`);
}
