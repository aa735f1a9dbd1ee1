import type { Plain } from "../../dynamic/plain";
import { type Change, type Danger, approvalEntry } from "./dangers";

/** What a message says of the object. */
interface Subject {
  readonly object: string;
  readonly datacenter: string;
}

/** Returns a value as messages show it. */
export function shownValue(value: Plain): string {
  if (value === null || value === "" || (Array.isArray(value) && value.length === 0)) return "none";
  if (Array.isArray(value)) return value.map(shownValue).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Returns changes in one line: `gateway 192.168.0.1 -> none, mtu 1500 -> 9000`. */
export function shownChanges(changes: readonly Change[]): string {
  return changes.map(({ field, from, to }) => `${field} ${shownValue(from)} -> ${shownValue(to)}`).join(", ");
}

/** Returns the error for changes of an object that this stack did not create, undefined when there are none. */
export function adoptRefusal({ object, datacenter }: Subject, changes: readonly Change[]): string | undefined {
  if (changes.length === 0) return undefined;
  return (
    `${sentence(object)} exists in MAAS already and was not created by datacenter "${datacenter}". The description would change: ` +
    `${shownChanges(changes)}. Set maas.adopt: true (adopt: true on the resource) to change it; a destroy restores the previous ` +
    "values and never deletes it. Or leave these fields out of the description to keep their values."
  );
}

/** Returns the error for a referenced object that is described differently, undefined when it is as described. */
export function referenceRefusal(
  { object, datacenter }: Subject,
  owner: string | undefined,
  changes: readonly Change[],
): string | undefined {
  if (changes.length === 0) return undefined;
  const differences = changes
    .map(({ field, from, to }) => `${field} is ${shownValue(from)}, described is ${shownValue(to)}`)
    .join("; ");
  return owner === undefined
    ? `${sentence(object)} is not managed here (managed: false), and MAAS has other values than datacenter "${datacenter}" describes: ` +
        `${differences}. Describe the values that it has, or let its owner change them.`
    : `${sentence(object)} is managed by the stack of datacenter "${owner}", and datacenter "${datacenter}" describes other values: ` +
        `${differences}. An object has one owner: describe equal values in both, or only the owner's. maas.adopt does not change this.`;
}

/** Returns the error for dangerous changes that nobody approved, with the entries to paste; undefined when there are none. */
export function dangerRefusal({ object }: Subject, dangers: readonly Danger[]): string | undefined {
  if (dangers.length === 0) return undefined;
  const reasons = dangers.map(({ code, change, why, machines }) => {
    const users = machines.length === 0 ? "" : ` Machines in use on it: ${machines.slice(0, 10).join(", ")}.`;
    return `${code}: ${shownChanges([change])}. ${why}${users}`;
  });
  const entries = dangers.map(({ change }) => `  - ${approvalEntry(object, change.field)}`);
  return (
    `${sentence(object)} would be changed in a way that needs an approval. ${reasons.join(" ")} ` +
    `Correct the description, or approve the change under maas.approve:\n${entries.join("\n")}`
  );
}

/** Returns the object as a sentence begins with it. */
function sentence(object: string): string {
  if (/^(vlan|dhcp) /.test(object)) return object.replace(/^\w+/, (word) => word.toUpperCase());
  return object.charAt(0).toUpperCase() + object.slice(1);
}

/** Returns the error for an object that is managed elsewhere and does not exist. */
export function missingReference(object: string): string {
  return `MAAS has no ${object}, and the description says that it is managed elsewhere (managed: false). Its owner has to create it first.`;
}

/** Returns the error for an object of this stack that is described as managed elsewhere. */
export function createdHere(object: string): string {
  return (
    `The ${object} was created by this stack, so that it cannot be managed elsewhere (managed: false) as well. ` +
    "Manage it here, or take it out of the description and let its new owner create it."
  );
}
