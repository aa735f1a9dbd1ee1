import type { Parameters } from "../../server/route";
import { findInterface, type NetworkContext } from "../network/network-context";
import type { OpenInterface } from "../network/open-interface";
import { checkParentsFree, inheritMac, inheritVlan } from "./child-fields";
import { choiceField, integerField, nullBooleanField } from "./fields";
import {
  checkLinkSpeed,
  fillColumns,
  readInterfaceForm,
  setCommonParameters,
  type InterfaceFieldRules,
  type InterfaceForm,
} from "./interface-fields";
import { setKindParameters, type KindParameter } from "./kind-parameters";

const RULES: InterfaceFieldRules = { nameRequired: true, hasMac: true, macRequired: false };

/** The bridge's own parameters and what a new bridge gets when they are not sent. */
function readParameters(form: InterfaceForm): KindParameter[] {
  const { errors } = form;
  return [
    {
      key: "bridge_type",
      value: choiceField(errors, "bridge_type", form.form.get("bridge_type"), ["standard", "ovs"]),
      initial: "standard",
    },
    { key: "bridge_stp", value: nullBooleanField(form.form.get("bridge_stp")), initial: false },
    { key: "bridge_fd", value: integerField(errors, "bridge_fd", form.form.get("bridge_fd"), { min: 0 }), initial: 15 },
  ];
}

function checkParent(form: InterfaceForm): void {
  const { errors, context } = form;
  if (!errors.clear("parents")) return;
  const [parent] = form.parents;
  if (parent === undefined || form.parents.length !== 1) {
    errors.add("parents", "A bridge interface must have exactly one parent.");
  } else if (findInterface(context, parent)?.type === "bridge") {
    errors.add("parents", "A bridge interface can't have another bridge interface as parent.");
  } else if (
    context.machine.interfaces.some(
      (each) =>
        each.parents.includes(parent) && each.id !== form.open.id && (each.type === "bond" || each.type === "bridge"),
    )
  ) {
    errors.add("parents", "A bridge interface can't have a parent that is already in a bond or a bridge.");
  }
}

/** A bridge's form that was found good, and what sets the bridge's parameters when it is saved. */
export interface ReadBridge {
  read: InterfaceForm;
  setParameters: (form: InterfaceForm) => void;
}

/**
 * Reads and checks a bridge's form.
 *
 * @param names Fields that the refusal calls otherwise.
 * @throws MaasRefusal 400 with the faults by field.
 */
export function readBridge(
  context: NetworkContext,
  form: Parameters,
  open: OpenInterface | undefined,
  names: Record<string, string>,
): ReadBridge {
  const read = readInterfaceForm(context, open ?? "bridge", form, RULES);
  const parameters = readParameters(read);
  checkParent(read);
  if (checkLinkSpeed(read) && read.errors.clear("vlan", "parents")) {
    inheritMac(read);
    checkParentsFree(read, true);
    inheritVlan(read);
  }
  fillColumns(read, RULES);
  if (!read.errors.empty) throw read.errors.refusal(names);
  const setParameters = (done: InterfaceForm): void => {
    setCommonParameters(done);
    setKindParameters(done, parameters);
  };
  return { read, setParameters };
}
