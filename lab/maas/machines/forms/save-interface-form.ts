import { ensureLinkUp } from "../network/ensure-link-up";
import { findInterface } from "../network/network-context";
import { openInterface } from "../network/open-interface";
import { saveInterface } from "../network/save-interface";
import type { InterfaceForm } from "./interface-fields";

/**
 * Writes a form's interface in MAAS's steps: the columns, then what it sits on, then a cleared VLAN and the parameters,
 * then everything once more; a new interface gets a LINK_UP.
 *
 * @param setParameters Sets the kind's parameters on the columns.
 * @returns The interface's id.
 * @throws MaasRefusal 400 when a save finds a fault (a name that is taken).
 */
export function saveInterfaceForm(form: InterfaceForm, setParameters: (form: InterfaceForm) => void): number {
  const { context, open } = form;
  saveInterface(context, open);
  const { id } = open;
  if (id === null) throw new Error("a save gives an interface its id");
  if (form.form.has("parents") && form.parents.length > 0) {
    const stored = findInterface(context, id);
    if (stored !== undefined) stored.parents = [...form.parents];
  }
  const vlanNamed = form.form.has("vlan") || !form.creating;
  if (vlanNamed && form.vlanId === null) open.columns.vlanId = null;
  setParameters(form);
  saveInterface(context, open);
  if (form.creating) ensureLinkUp(context, open);
  return openInterface(context, id).id ?? id;
}
