import { checkedText } from "./fields";

const name = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const prefix = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;
const rule = "up to 63 letters, digits, dashes, dots and underscores, a letter or digit at both ends";

/** Why Kubernetes would not take a text as the key of a label or taint; undefined when it would. */
export function labelKeyProblem(text: string): string | undefined {
  const parts = text.split("/");
  const [first = "", second] = parts;
  const fits =
    parts.length === 1 ? name.test(first) : parts.length === 2 && prefix.test(first) && name.test(second ?? "");
  return fits
    ? undefined
    : `is no key that Kubernetes takes: ${rule}; before it, if wanted, a domain in lower case and a slash`;
}

/** Why Kubernetes would not take a text as the value of a label or taint; undefined when it would. */
export function labelValueProblem(text: string): string | undefined {
  return text === "" || name.test(text) ? undefined : `is no value that Kubernetes takes: ${rule}`;
}

/** The key of a label or taint. */
export const labelKeyField = (description: string) =>
  checkedText(labelKeyProblem, description, ["example.com/rack", "gpu"]);

/** The value of a label or taint; may be empty. */
export const labelValueField = (description: string) => checkedText(labelValueProblem, description, ["r1"]);
