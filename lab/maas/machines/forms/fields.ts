import type { FormErrors } from "./form-errors";

/** What a form says of a field that is missing. */
export const REQUIRED = "This field is required.";

/** What a form says of a reference to nothing. */
export const NO_SUCH_CHOICE = "Select a valid choice. That choice is not one of the available choices.";

/** Django's refusal of a value that is none of the choices, as MAAS words it: `'x' is not a valid mode.  It should be …`. */
export function invalidChoice(value: string, what: string, choices: readonly (string | number)[]): string {
  return `'${value}' is not a valid ${what}.  It should be one of: ${choices.map((each) => `'${each}'`).join(", ")}.`;
}

/** A whole number within bounds; null when it was not sent or is empty. */
export function integerField(
  errors: FormErrors,
  field: string,
  raw: string | undefined,
  bounds: { min?: number; max?: number } = {},
): number | null {
  if (raw === undefined || raw === "") return null;
  const text = raw.trim().replace(/\.0*$/, "");
  if (!/^[+-]?\d+$/.test(text)) {
    errors.add(field, "Enter a whole number.");
    return null;
  }
  const value = Number(text);
  if (bounds.max !== undefined && value > bounds.max) {
    errors.add(field, `Ensure this value is less than or equal to ${bounds.max}.`);
    return null;
  }
  if (bounds.min !== undefined && value < bounds.min) {
    errors.add(field, `Ensure this value is greater than or equal to ${bounds.min}.`);
    return null;
  }
  return value;
}

/** Yes, no or no answer: only these spellings count, everything else (`0`, `1`, `maybe`) is no answer. */
export function nullBooleanField(raw: string | undefined): boolean | null {
  if (raw === "true" || raw === "True" || raw === "2") return true;
  if (raw === "false" || raw === "False" || raw === "3") return false;
  return null;
}

/** A check box: absent, empty and `false` in any case are no, everything else is yes. */
export function checkboxField(raw: string | undefined): boolean {
  if (raw === undefined || raw === "") return false;
  return raw.toLowerCase() !== "false";
}

/** One of some choices; "" when it was not sent or is empty. */
export function choiceField(
  errors: FormErrors,
  field: string,
  raw: string | undefined,
  choices: readonly string[],
): string {
  if (raw === undefined || raw === "") return "";
  if (choices.includes(raw)) return raw;
  errors.add(field, invalidChoice(raw, field, choices));
  return "";
}

/** A line of text without blanks around it. */
export function textField(
  errors: FormErrors,
  field: string,
  raw: string | undefined,
  options: { required: boolean; maximumLength?: number },
): string {
  const text = (raw ?? "").trim();
  if (text === "" && options.required) errors.add(field, REQUIRED);
  if (options.maximumLength !== undefined && text.length > options.maximumLength) {
    errors.add(field, `Ensure this value has at most ${options.maximumLength} characters (it has ${text.length}).`);
  }
  return text;
}

/** Comma-separated texts. */
export function listField(errors: FormErrors, field: string, raw: string | undefined): string[] {
  if (raw === undefined || raw === "") return [];
  const items = raw.split(",").map((item) => item.trim());
  items.forEach((item, index) => {
    if (item === "") errors.add(field, `Item ${index + 1} in the array did not validate: ${REQUIRED}`);
  });
  return items;
}
