import { samePlain } from "../dynamic/plain";
import type { Origin } from "./ownership";

/** The fields of a MAAS cloud account that a description states. */
export interface AccountFields {
  /** Uid of the private cloud gateway (Palette: overlord). */
  overlordUid: string;
  apiEndpoint: string;
  /** Null when Palette hides it, or when it is not described. */
  apiKey: string | null;
  /** Null when it is not described: not managed on an account that existed before. */
  preferredSubnets: string[] | null;
}

/** Plain inputs of a cloud account. */
export interface CloudAccountInputs {
  name: string;
  gateway: string;
  apiEndpoint: string;
  apiKey: string;
  preferredSubnets: string[] | null;
  adopt: boolean;
}

/** Computed outputs of a cloud account. */
export interface CloudAccountOutputs {
  origin: Origin;
  /** Previous values of the fields that were changed on an adopted account; null for one made here. May hold a key: a secret. */
  previous: Partial<AccountFields> | null;
}

/** One field that a write would change. */
export interface FieldChange {
  readonly field: keyof AccountFields;
  /** Shown in messages; a key never is. */
  readonly from: string;
  readonly to: string;
}

/** What is done about an account that exists. */
export interface AccountDecision {
  readonly origin: Origin;
  /** Fields whose described value differs from the actual one; empty: nothing is written. */
  readonly changes: readonly FieldChange[];
  /** Why the account must not be written; undefined when it may. */
  readonly refusal: string | undefined;
}

const fields = ["overlordUid", "apiEndpoint", "apiKey", "preferredSubnets"] as const;

/**
 * Decides who owns an account that exists, and what may be written to it. Pure.
 *
 * - With this datacenter's marker it was created here, or adopted here when the marker holds previous values.
 * - With the marker of another datacenter it is referenced: compared, never written.
 * - Without a marker it is adopted; equal fields need no permission, a change needs `adopt: true`.
 */
export function decideAccount(account: {
  readonly name: string;
  readonly datacenter: string;
  /** The datacenter that its marker names. */
  readonly owner: string | undefined;
  /** Whether its marker says that it was adopted. */
  readonly hasPrevious: boolean;
  readonly adopt: boolean;
  readonly actual: AccountFields;
  readonly desired: AccountFields;
}): AccountDecision {
  const { name, owner, datacenter, actual, desired } = account;
  const changes = fields
    .filter((field) => differs(actual[field], desired[field]))
    .map((field) => change(field, actual, desired));
  const listed = changes.map(({ field, from, to }) => `${field}: ${from} -> ${to}`).join("; ");
  if (owner === datacenter) return { origin: account.hasPrevious ? "adopted" : "created", changes, refusal: undefined };
  if (owner !== undefined) {
    const refusal =
      `Cloud account "${name}" belongs to datacenter "${owner}", and datacenter "${datacenter}" describes it with other values (${listed}). ` +
      "One stack owns an account: describe the same values here, change them in the other stack, or choose another name.";
    return { origin: "referenced", changes, refusal: changes.length === 0 ? undefined : refusal };
  }
  const refusal =
    `Cloud account "${name}" exists in Palette already and was not made by this datacenter. Its fields would change: ${listed}. Describe its ` +
    "values, choose another name, or set palette.adopt: true to change them (a destroy then restores the previous values and never deletes it).";
  return { origin: "adopted", changes, refusal: changes.length === 0 || account.adopt ? undefined : refusal };
}

/** A hidden key cannot be compared; sending the described one changes nothing that anybody could see. */
function differs(actual: AccountFields[keyof AccountFields], desired: AccountFields[keyof AccountFields]): boolean {
  return desired !== null && actual !== null && !samePlain(actual, desired);
}

function change(field: keyof AccountFields, actual: AccountFields, desired: AccountFields): FieldChange {
  if (field === "apiKey") return { field, from: "[secret]", to: "[another secret]" };
  return { field, from: JSON.stringify(actual[field]), to: JSON.stringify(desired[field]) };
}

/** What a destroy sends to an adopted account, and what it leaves because somebody else changed it since. */
export interface AccountRestore {
  readonly fields: AccountFields;
  readonly left: readonly (keyof AccountFields)[];
}

/**
 * The values that a destroy restores: a field gets its previous value only if it still has the one that was set here. Pure.
 *
 * @param previous values of the changed fields before they were changed
 * @param set what this stack set
 */
export function restoreAccount(
  actual: AccountFields,
  previous: Partial<AccountFields>,
  set: AccountFields,
): AccountRestore {
  const left = fields.filter(
    (field) => previous[field] !== undefined && previous[field] !== null && differs(actual[field], set[field]),
  );
  const restored = Object.fromEntries(
    fields
      .filter((field) => !left.includes(field) && previous[field] !== undefined && previous[field] !== null)
      .map((field) => [field, previous[field]]),
  );
  return { fields: { ...actual, ...restored }, left };
}
