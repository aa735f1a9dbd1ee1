import { normaliseAddress } from "../site/address";
import { fieldErrors, type FieldErrors } from "./refusal";
import type { Parameters } from "./route";

/** Limits of a whole number. */
export interface IntegerLimits {
  min?: number;
  max?: number;
}

/**
 * What a request sent, read field by field with the texts of Django's forms; collects the errors of all fields. Blanks
 * around a value are dropped. A field that was not sent reads as undefined (an update keeps its value).
 */
export class Form {
  private readonly errors: FieldErrors = {};

  constructor(
    private readonly sent: Parameters,
    private readonly updating: boolean,
  ) {}

  /** Notes an error text at a field (`__all__`: concerns several). */
  add(field: string, text: string): void {
    (this.errors[field] ??= []).push(text);
  }

  /** Whether an error was noted at the field, or at any when no field is given. */
  failed(field?: string): boolean {
    return field === undefined ? Object.keys(this.errors).length > 0 : field in this.errors;
  }

  /** Whether the field was sent. */
  has(field: string): boolean {
    return this.sent.has(field);
  }

  /** The last value sent, without blanks around it; "" when sent empty. */
  text(field: string): string | undefined {
    return this.sent.get(field)?.trim();
  }

  /** Like `text`, for a field that must have a value: missing at a creation, or empty, is an error. */
  required(field: string): string | undefined {
    const value = this.text(field);
    if (value === "" || (value === undefined && !this.updating)) {
      this.add(field, "This field is required.");
      return undefined;
    }
    return value;
  }

  /** Notes an error when a text is longer than a field takes. */
  limitLength(field: string, value: string | undefined, max: number): void {
    if (value !== undefined && value.length > max) {
      this.add(field, `Ensure this value has at most ${max} characters (it has ${value.length}).`);
    }
  }

  /** A whole number; null when sent empty. */
  integer(field: string, limits: IntegerLimits = {}): number | null | undefined {
    const text = this.text(field);
    if (text === undefined) return undefined;
    if (text === "") return null;
    if (!/^[+-]?\d+(\.0*)?$/.test(text)) {
      this.add(field, "Enter a whole number.");
      return undefined;
    }
    const value = Number(text);
    if (limits.min !== undefined && value < limits.min) {
      this.add(field, `Ensure this value is greater than or equal to ${limits.min}.`);
      return undefined;
    }
    if (limits.max !== undefined && value > limits.max) {
      this.add(field, `Ensure this value is less than or equal to ${limits.max}.`);
      return undefined;
    }
    return value;
  }

  /** A check box: only `false` in any case and the empty text are false, everything else (`0`, `off`, `maybe`) is true. */
  checkbox(field: string): boolean | undefined {
    const text = this.sent.get(field);
    return text === undefined ? undefined : text !== "" && text.toLowerCase() !== "false";
  }

  /** One of some texts; "" when sent empty. */
  choice(field: string, choices: readonly string[]): string | undefined {
    const text = this.text(field);
    if (text === undefined || text === "" || choices.includes(text)) return text;
    this.add(field, `Select a valid choice. ${text} is not one of the available choices.`);
    return undefined;
  }

  /** An IPv4 or IPv6 address in canonical text; "" when sent empty. */
  address(field: string): string | undefined {
    const text = this.text(field);
    if (text === undefined || text === "") return text;
    const address = normaliseAddress(text);
    if (address === undefined) this.add(field, "Enter a valid IPv4 or IPv6 address.");
    return address;
  }

  /** Throws the refusal when any error was noted. */
  finish(): void {
    if (this.failed()) throw fieldErrors(this.errors);
  }
}

/** What Django says of a reference to an object that does not exist. */
export const NO_SUCH_CHOICE = "Select a valid choice. That choice is not one of the available choices.";
