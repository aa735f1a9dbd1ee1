import { fieldErrors, type FieldErrors, type MaasRefusal } from "../../server/refusal";

/** Collects what is wrong with a form, field by field. */
export class FormErrors {
  readonly byField: FieldErrors = {};

  /** Adds a text to a field (`__all__` for what concerns several). */
  add(field: string, ...texts: string[]): void {
    this.byField[field] = [...(this.byField[field] ?? []), ...texts];
  }

  /** Adds what another check found. */
  merge(errors: FieldErrors): void {
    for (const [field, texts] of Object.entries(errors)) this.add(field, ...texts);
  }

  /** Whether none of the fields is at fault so far. */
  clear(...fields: string[]): boolean {
    return fields.every((field) => this.byField[field] === undefined);
  }

  /** Whether nothing is at fault. */
  get empty(): boolean {
    return Object.keys(this.byField).length === 0;
  }

  /** The 400 that tells them, with fields renamed as the API calls them. */
  refusal(names: Record<string, string> = {}): MaasRefusal {
    return fieldErrors(
      Object.fromEntries(Object.entries(this.byField).map(([field, texts]) => [names[field] ?? field, texts])),
    );
  }
}
