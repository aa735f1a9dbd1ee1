import { InputError, messageOf } from "../dynamic/errors";

/** How many users of an object a message names. */
const named = 10;

/** Names in a message, the first ten of them. */
export function listNames(names: readonly string[]): string {
  const shown = [...names].sort().slice(0, named).join(", ");
  return names.length > named ? `${shown} and ${names.length - named} more` : shown;
}

/** The error for an object that cannot be deleted because something uses it; `refusal` is MAAS's own, when it gave one. */
export function stillInUse(what: string, users: string, next: string, refusal?: unknown): InputError {
  const reason = refusal === undefined ? "" : ` MAAS says: ${messageOf(refusal)}`;
  return new InputError(`${what} is still in use and was not deleted: ${users}. ${next}${reason}`);
}
