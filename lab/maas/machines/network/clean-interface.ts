import { MaasRefusal, type FieldErrors } from "../../server/refusal";
import type { InterfaceRecord } from "../model";
import { findInterface, parentsOf, type NetworkContext } from "./network-context";
import type { OpenInterface } from "./open-interface";

/** What MAAS says to a name that Linux would not take. */
const NAME_RULE =
  "The interface name must be 1 to 15 characters long and can only contain alphanumeric characters, hyphens ('-'), " +
  "underscores ('_'), periods ('.'), and colons (':').";

/** Letters of any script count, as in `äth0`. */
const NAME = /^[\p{L}\p{N}\-_.:]{1,15}$/u;
const MAC = /^([0-9a-fA-F]{1,2}:){5}[0-9a-fA-F]{1,2}$/;
const BLANK = "This field cannot be blank.";

/** 400 as MAAS answers it when a save, not a form, finds the fault. */
export function saveRefusal(errors: FieldErrors): MaasRefusal {
  return new MaasRefusal({ status: 400, json: errors, headers: { "Content-Type": "application/json" } });
}

/** Interfaces of every machine of the region, with their machine's host name. */
function everyInterface(context: NetworkContext): { hostname: string; record: InterfaceRecord }[] {
  return context.store.machines.flatMap((machine) =>
    machine.interfaces.map((record) => ({ hostname: machine.hostname, record })),
  );
}

function macInUse(context: NetworkContext, open: OpenInterface): string | undefined {
  const other = everyInterface(context).find(
    ({ record }) =>
      record.type === "physical" && record.id !== open.id && record.macAddress === open.columns.macAddress,
  );
  if (other === undefined) return undefined;
  return `This MAC address is already in use by ${other.record.name} (physical) on ${other.hostname}.`;
}

function parentErrors(context: NetworkContext, open: OpenInterface): FieldErrors {
  if (open.id === null) return {};
  const parents = parentsOf(context, open.id);
  const types = new Set(parents.map((id) => findInterface(context, id)?.type));
  switch (open.columns.type) {
    case "physical":
      return parents.length > 0 ? { parents: ["A physical interface cannot have parents."] } : {};
    case "bond":
      return types.size === 1 && types.has("physical") ? {} : { parents: ["Only physical interfaces can be bonded."] };
    case "bridge":
      return types.has("bridge") ? { parents: ["Bridges cannot contain other bridges."] } : {};
    case "vlan":
      if (parents.length !== 1) return { parents: ["VLAN interface must have exactly one parent."] };
      if (types.has("vlan")) {
        return { parents: ["VLAN interface can only be created on a physical or bond interface."] };
      }
      return open.columns.vlanId === null ? { vlan: ["VLAN interface requires connection to a VLAN."] } : {};
  }
}

/** Faults of the columns by themselves; `skip` names fields that were found faulty already and are not looked at. */
export function columnErrors(open: OpenInterface, skip: ReadonlySet<string> = new Set()): FieldErrors {
  const errors: FieldErrors = {};
  const { name, macAddress } = open.columns;
  if (!skip.has("name")) {
    if (name === "") errors.name = [BLANK];
    else if (!NAME.test(name)) errors.name = [NAME_RULE];
  }
  if (!skip.has("mac_address") && macAddress !== null && macAddress !== "" && !MAC.test(macAddress)) {
    errors.mac_address = [`'${macAddress}' is not a valid MAC address.`];
  }
  return errors;
}

/** Faults of an interface among its relatives and in the region. */
export function modelErrors(context: NetworkContext, open: OpenInterface): FieldErrors {
  const { type, macAddress } = open.columns;
  if (type === "vlan") return parentErrors(context, open);
  const missing = type === "physical" ? macAddress === null : macAddress === null || macAddress === "";
  if (missing) return { mac_address: [BLANK] };
  if (type === "physical" && macAddress !== "") {
    const text = macInUse(context, open);
    if (text !== undefined) return { mac_address: [text] };
  }
  return parentErrors(context, open);
}

/**
 * Checks an interface as every save does.
 *
 * @throws MaasRefusal 400 with the faults by field.
 */
export function cleanInterface(context: NetworkContext, open: OpenInterface): void {
  const errors: FieldErrors = columnErrors(open);
  for (const [field, texts] of Object.entries(modelErrors(context, open))) {
    errors[field] = [...(errors[field] ?? []), ...texts];
  }
  if (Object.keys(errors).length > 0) throw saveRefusal(errors);
  const twin = context.machine.interfaces.find((each) => each.name === open.columns.name && each.id !== open.id);
  if (twin !== undefined) {
    throw saveRefusal({ __all__: ["Interface with this Node config and Name already exists."] });
  }
}

/** Whether an interface is up: one that sits on others is when any of them is. */
export function isEnabled(context: NetworkContext, open: OpenInterface): boolean {
  if (open.columns.type === "physical") return open.columns.enabled;
  if (open.id === null) return true;
  const parents = parentsOf(context, open.id);
  if (parents.length === 0) return open.columns.type === "vlan" || open.columns.enabled;
  return parents.some((id) => storedEnabled(context, id));
}

function storedEnabled(context: NetworkContext, id: number): boolean {
  const stored = findInterface(context, id);
  if (stored === undefined) return false;
  return isEnabled(context, { id, columns: stored, seen: stored });
}
