import type { Parameters } from "../../server/route";
import type { NetworkContext } from "../network/network-context";
import type { OpenInterface } from "../network/open-interface";
import { integerField, nullBooleanField, REQUIRED } from "./fields";
import {
  checkLinkSpeed,
  checkNameFree,
  fillColumns,
  readInterfaceForm,
  setCommonParameters,
  type InterfaceFieldRules,
} from "./interface-fields";
import { saveInterfaceForm } from "./save-interface-form";

const RULES: InterfaceFieldRules = { nameRequired: false, hasMac: true, macRequired: true };
const BLANK = "This field cannot be blank.";

/** The next free `ethN` of a machine: one more than the highest. */
function nextName(context: NetworkContext): string {
  const used = context.machine.interfaces
    .map((each) => /^eth([0-9]+)/.exec(each.name)?.[1])
    .filter((index) => index !== undefined)
    .map(Number);
  return `eth${used.length === 0 ? 0 : Math.max(...used) + 1}`;
}

/**
 * Creates or changes a NIC.
 *
 * @param open The NIC to change; absent when one is to be made.
 * @throws MaasRefusal 400 with the faults by field.
 */
export function physicalForm(context: NetworkContext, form: Parameters, open?: OpenInterface): number {
  const read = readInterfaceForm(context, open ?? "physical", form, RULES);
  const { errors, creating } = read;
  const { columns } = read.open;
  if (read.parents.length > 0) errors.add("parents", "A physical interface cannot have parents.");
  const enabled = nullBooleanField(form.has("enabled") || creating ? form.get("enabled") : String(columns.enabled));
  const numaText = form.has("numa_node") || creating ? form.get("numa_node") : String(columns.numaNode ?? 0);
  const numaNode = integerField(errors, "numa_node", numaText, { min: 0 }) ?? columns.numaNode ?? 0;
  if (errors.clear("numa_node") && !context.machine.numaNodes.some((node) => node.index === numaNode)) {
    errors.add("numa_node", "Invalid NUMA node");
  }
  if (checkLinkSpeed(read) && errors.clear("name")) {
    if (read.name !== "") checkNameFree(read);
    else if (creating) read.name = nextName(context);
  }
  fillColumns(read, RULES);
  if (enabled !== null) columns.enabled = enabled;
  if (errors.clear("numa_node")) columns.numaNode = numaNode;
  if (!errors.empty) {
    const macErrors = errors.byField.mac_address;
    if (creating && macErrors?.includes(REQUIRED) === true) {
      errors.byField.mac_address = macErrors.filter((text) => text !== BLANK);
    }
    throw errors.refusal();
  }
  return saveInterfaceForm(read, setCommonParameters);
}
