import type { Parameters } from "../../server/route";
import { refusal } from "../../server/refusal";
import { findInterface, type NetworkContext } from "../network/network-context";
import type { OpenInterface } from "../network/open-interface";
import { vlanById } from "../network/subnets";
import { bondedBy } from "./child-fields";
import {
  checkLinkSpeed,
  checkNameFree,
  fillColumns,
  nameOf,
  readInterfaceForm,
  setCommonParameters,
  type InterfaceFieldRules,
  type InterfaceForm,
} from "./interface-fields";
import { saveInterfaceForm } from "./save-interface-form";

const RULES: InterfaceFieldRules = { nameRequired: false, hasMac: false, macRequired: false };

function checkParent(form: InterfaceForm): void {
  const { errors, context } = form;
  if (!errors.clear("parents")) return;
  const [parent] = form.parents;
  if (parent === undefined || form.parents.length !== 1) {
    errors.add("parents", "A VLAN interface must have exactly one parent.");
  } else if (findInterface(context, parent)?.type === "vlan") {
    errors.add("parents", "A VLAN interface can't have another VLAN interface as parent.");
  } else if (bondedBy(form, parent)) {
    errors.add("parents", "A VLAN interface can't have a parent that is already in a bond.");
  }
}

function checkTagged(form: InterfaceForm): void {
  const { errors } = form;
  if (!errors.clear("vlan")) return;
  if (form.vlanId === null) {
    errors.add("vlan", "A VLAN interface must be connected to a tagged VLAN.");
  } else if (vlanById(form.context.store, form.vlanId).vid === 0) {
    errors.add("vlan", "A VLAN interface can only belong to a tagged VLAN.");
  }
}

/** The fabric must be the parent's; the name defaults to `<parent>.<vid>` and must be free. */
function checkFabricAndName(form: InterfaceForm): void {
  const { errors, context } = form;
  const [parent] = form.parents;
  if (!errors.clear("vlan", "parents") || form.vlanId === null || parent === undefined) return;
  const vlan = vlanById(context.store, form.vlanId);
  const parentVlanId = findInterface(context, parent)?.vlanId ?? null;
  if (parentVlanId === null) throw refusal(500, "'NoneType' object has no attribute 'fabric_id'");
  if (vlanById(context.store, parentVlanId).fabricId !== vlan.fabricId) {
    errors.add("vlan", "A VLAN interface can only belong to a tagged VLAN on the same fabric as its parent interface.");
  }
  if (!errors.clear("name")) return;
  if (form.name === "" && form.creating) form.name = `${nameOf(context, parent)}.${vlan.vid}`;
  checkNameFree(form);
}

/**
 * Creates or changes a VLAN interface. The form's `parent` counts as `parents`.
 *
 * @param open The VLAN interface to change; absent when one is to be made.
 * @throws MaasRefusal 400 with the faults by field; 500 when what it sits on is disconnected, as in MAAS.
 */
export function vlanForm(context: NetworkContext, form: Parameters, open?: OpenInterface): number {
  const parent = form.get("parent");
  const renamed: Parameters =
    parent === undefined
      ? form
      : {
          get: (name) => (name === "parents" ? parent : form.get(name)),
          getAll: (name) => (name === "parents" ? [parent] : form.getAll(name)),
          has: (name) => name === "parents" || form.has(name),
          entries: () => form.entries(),
        };
  const read = readInterfaceForm(context, open ?? "vlan", renamed, RULES);
  checkParent(read);
  checkTagged(read);
  if (checkLinkSpeed(read)) checkFabricAndName(read);
  fillColumns(read, RULES);
  if (!read.errors.empty) throw read.errors.refusal({ parents: "parent" });
  return saveInterfaceForm(read, setCommonParameters);
}
