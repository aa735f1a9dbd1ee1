import type { InterfaceForm } from "./interface-fields";

/** What was read for a parameter of a bond or bridge, and what a new one gets when nothing was. */
export interface KindParameter {
  key: string;
  /** "" and null: nothing was read. */
  value: string | number | boolean | null;
  initial: string | number | boolean;
}

/** Writes a kind's parameters: a new interface gets all of them, a changed one only those that were sent. */
export function setKindParameters(form: InterfaceForm, parameters: readonly KindParameter[]): void {
  const { columns } = form.open;
  for (const { key, value, initial } of parameters) {
    const given = typeof value === "string" ? value.trim() !== "" : value !== null;
    if (given && value !== null) columns.params = { ...columns.params, [key]: value };
    else if (form.creating) columns.params = { ...columns.params, [key]: initial };
  }
}
