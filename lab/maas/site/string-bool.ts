import { refusal } from "../server/refusal";

/** Reads a yes-or-no parameter of a query; undefined when it was not sent, 400 when it is neither. */
export function readBoolean(name: string, text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  const value = text.trim().toLowerCase();
  if (["true", "t", "yes", "y", "on", "1"].includes(value)) return true;
  if (["false", "f", "no", "n", "off", "0", ""].includes(value)) return false;
  throw refusal(400, `Invalid ${name}: Value should be 'true' or 'false'`);
}
