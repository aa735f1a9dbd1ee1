import { findInterface } from "../network/network-context";
import { nameOf, type InterfaceForm } from "./interface-fields";

/** Refuses a bond or bridge that would sit on nothing. */
export function checkParentsGiven(form: InterfaceForm): void {
  if (form.errors.clear("parents") && form.parents.length < 1) {
    form.errors.add("parents", `A ${form.open.columns.type} interface must have one or more parents.`);
  }
}

/**
 * A new bond or bridge takes the MAC address of the lowest parent unless one was sent; an existing one whose MAC came from
 * a parent that leaves takes that of the lowest that stays.
 */
export function inheritMac(form: InterfaceForm): void {
  const [first] = form.parents;
  if (first === undefined) return;
  const macOf = (id: number): string => findInterface(form.context, id)?.macAddress ?? "";
  if (form.creating) {
    if (!form.form.has("mac_address")) form.macAddress = macOf(first);
    return;
  }
  const { macAddress } = form.open.columns;
  if (form.macAddress !== macAddress || form.open.id === null) return;
  const giver = findInterface(form.context, form.open.id)
    ?.parents.filter((id) => macOf(id) === macAddress)
    .at(-1);
  if (giver !== undefined && !form.parents.includes(giver)) form.macAddress = macOf(first);
}

/** Refuses parents that carry something else already; VLAN interfaces on them may be allowed. */
export function checkParentsFree(form: InterfaceForm, vlanInterfacesAllowed: boolean): void {
  const { context } = form;
  const busy = form.parents.filter((parent) => {
    const above = context.machine.interfaces.filter(
      (each) => each.parents.includes(parent) && each.id !== form.open.id,
    );
    return above.some((each) => !vlanInterfacesAllowed || each.type !== "vlan");
  });
  if (busy.length === 0) return;
  const names = [...new Set(busy.map((id) => nameOf(context, id)))].sort();
  form.errors.add("parents", `Interfaces already in-use: ${names.join(", ")}.`);
}

/** A new bond or bridge is on the VLAN of its lowest parent unless one was sent. */
export function inheritVlan(form: InterfaceForm): void {
  const [first] = form.parents;
  if (!form.creating || form.vlanId !== null || first === undefined) return;
  form.vlanId = findInterface(form.context, first)?.vlanId ?? null;
}

/** Whether a bond sits on an interface. */
export function bondedBy(form: InterfaceForm, parent: number): boolean {
  return form.context.machine.interfaces.some((each) => each.type === "bond" && each.parents.includes(parent));
}
