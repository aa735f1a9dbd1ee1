import type { Parameters } from "../../server/route";
import type { InterfaceType } from "../model";
import { columnErrors, modelErrors } from "../network/clean-interface";
import { findInterface, parentsOf, type NetworkContext } from "../network/network-context";
import { blankColumns, openColumns, type OpenInterface } from "../network/open-interface";
import {
  checkboxField,
  integerField,
  listField,
  NO_SUCH_CHOICE,
  nullBooleanField,
  REQUIRED,
  textField,
} from "./fields";
import { FormErrors } from "./form-errors";

/** What the form of an interface has read, before it is written to the interface. Null: not sent, keep as it is. */
export interface InterfaceForm {
  context: NetworkContext;
  errors: FormErrors;
  /** Being created (no id) or changed. */
  open: OpenInterface;
  creating: boolean;
  form: Parameters;
  vlanId: number | null;
  tags: string[];
  linkConnected: boolean;
  interfaceSpeed: number | null;
  linkSpeed: number | null;
  mtu: number | null;
  acceptRa: boolean | null;
  name: string;
  macAddress: string;
  /** What it sits on: as sent, else as it is. */
  parents: number[];
}

/** A key of the interface's parameters and the form's field for it; an empty value sent takes the parameter away. */
function setParameter(form: InterfaceForm, field: string, key: string, value: number | boolean | null): void {
  const { columns } = form.open;
  if (value !== null) columns.params = { ...columns.params, [key]: value };
  else if (form.form.get(field) === "") {
    columns.params = Object.fromEntries(Object.entries(columns.params).filter(([name]) => name !== key));
  }
}

/** Sets `mtu` and `accept-ra`. */
export function setCommonParameters(form: InterfaceForm): void {
  setParameter(form, "mtu", "mtu", form.mtu);
  setParameter(form, "accept_ra", "accept-ra", form.acceptRa);
}

function vlanChoice(form: InterfaceForm, raw: string | undefined): number | null {
  if (raw === undefined || raw === "") return null;
  const id = /^\s*\d+\s*$/.test(raw) ? Number(raw) : -1;
  if (form.context.store.site.vlans.some((vlan) => vlan.id === id)) return id;
  form.errors.add("vlan", NO_SUCH_CHOICE);
  return null;
}

/** Ids of interfaces of this machine, from repeated values. */
function parentChoices(form: InterfaceForm, raw: readonly string[]): number[] {
  const malformed = [...raw].reverse().find((value) => !/^\s*[+-]?\d+\s*$/.test(value));
  if (malformed !== undefined) {
    form.errors.add("parents", `“${malformed}” is not a valid value.`);
    return [];
  }
  const ids = form.context.machine.interfaces.map((each) => each.id);
  const unknown = raw.find((value) => !ids.some((id) => String(id) === value));
  if (unknown !== undefined) {
    form.errors.add("parents", `Select a valid choice. ${unknown} is not one of the available choices.`);
    return [];
  }
  return ids.filter((id) => raw.includes(String(id)));
}

/** Which fields a kind of interface insists on. */
export interface InterfaceFieldRules {
  nameRequired: boolean;
  /** False where the kind has no field for it: its MAC address is its parent's. */
  hasMac: boolean;
  macRequired: boolean;
}

/**
 * Reads the fields that every kind of interface has. What is not sent keeps its value; of several tags only the last is
 * kept when `tags` is not sent, as MAAS does.
 */
export function readInterfaceForm(
  context: NetworkContext,
  open: OpenInterface | InterfaceType,
  form: Parameters,
  rules: InterfaceFieldRules,
): InterfaceForm {
  const creating = typeof open === "string";
  const target = typeof open === "string" ? openColumns(null, blankColumns(open)) : open;
  const { columns } = target;
  const errors = new FormErrors();
  const sent = (field: string, present: string | null): string | undefined =>
    form.has(field) || creating ? form.get(field) : (present ?? undefined);
  const result: InterfaceForm = {
    context,
    errors,
    open: target,
    creating,
    form,
    vlanId: null,
    tags: listField(errors, "tags", sent("tags", columns.tags.at(-1) ?? null)),
    linkConnected: checkboxField(sent("link_connected", String(columns.linkConnected))),
    interfaceSpeed: integerField(errors, "interface_speed", sent("interface_speed", String(columns.interfaceSpeed)), {
      min: 0,
    }),
    linkSpeed: integerField(errors, "link_speed", sent("link_speed", String(columns.linkSpeed)), { min: 0 }),
    mtu: integerField(errors, "mtu", form.get("mtu"), { min: 552 }),
    acceptRa: nullBooleanField(form.get("accept_ra")),
    name: textField(errors, "name", sent("name", columns.name), {
      required: rules.nameRequired,
      maximumLength: 255,
    }),
    macAddress: "",
    parents: [],
  };
  result.vlanId = vlanChoice(result, sent("vlan", columns.vlanId === null ? "" : String(columns.vlanId)));
  if (rules.hasMac) {
    result.macAddress = (sent("mac_address", columns.macAddress) ?? "").trim();
    if (rules.macRequired && result.macAddress === "") errors.add("mac_address", REQUIRED);
  }
  if (form.has("parents")) result.parents = parentChoices(result, form.getAll("parents"));
  else if (target.id !== null) result.parents = parentsOf(context, target.id);
  return result;
}

/** Refuses a speed on a link that is and stays disconnected. Answers whether the form may go on. */
export function checkLinkSpeed(form: InterfaceForm): boolean {
  const wasConnected = form.creating || form.open.columns.linkConnected;
  if (form.linkConnected || wasConnected || (form.linkSpeed ?? 0) === 0) return true;
  form.errors.add("__all__", "link_speed cannot be set when link_connected is false.");
  return false;
}

/** Refuses a name that another interface of the machine has. */
export function checkNameFree(form: InterfaceForm): void {
  const { machine } = form.context;
  const twin = machine.interfaces.find((each) => each.name === form.name && each.id !== form.open.id);
  if (twin === undefined) return;
  form.errors.add(
    "name",
    `Node ${machine.systemId} (${machine.hostname}) already has an interface named '${form.name}'.`,
  );
}

/**
 * Writes what was read to the interface's columns and checks the whole. A VLAN that was cleared is not written yet: MAAS
 * clears it in a second step.
 */
export function fillColumns(form: InterfaceForm, rules: InterfaceFieldRules): void {
  const { columns } = form.open;
  const faulty = new Set(Object.keys(form.errors.byField));
  if (!faulty.has("vlan") && form.vlanId !== null) columns.vlanId = form.vlanId;
  if (!faulty.has("tags")) columns.tags = form.tags;
  columns.linkConnected = form.linkConnected;
  if (form.interfaceSpeed !== null) columns.interfaceSpeed = form.interfaceSpeed;
  if (form.linkSpeed !== null) columns.linkSpeed = form.linkSpeed;
  if (!faulty.has("name")) columns.name = form.name;
  if (rules.hasMac && !faulty.has("mac_address")) columns.macAddress = form.macAddress;
  const skip = new Set(faulty);
  if (!rules.nameRequired && form.name === "") skip.add("name");
  form.errors.merge(columnErrors(form.open, skip));
  form.errors.merge(modelErrors(form.context, form.open));
}

/** Stored name of an interface. */
export function nameOf(context: NetworkContext, id: number): string {
  return findInterface(context, id)?.name ?? "";
}
