import type { Parameters } from "../../server/route";
import { columnErrors, modelErrors } from "../network/clean-interface";
import type { NetworkContext } from "../network/network-context";
import type { OpenInterface } from "../network/open-interface";
import { saveInterface } from "../network/save-interface";
import { checkboxField, integerField, textField } from "./fields";
import { FormErrors } from "./form-errors";

/**
 * Changes an interface of a Deployed machine: only name, MAC address and link speeds count, everything else that is sent
 * is dropped without a word.
 *
 * @throws MaasRefusal 400 with the faults by field.
 */
export function deployedForm(context: NetworkContext, form: Parameters, open: OpenInterface): number {
  const { columns } = open;
  const errors = new FormErrors();
  const sent = (field: string, present: string): string | undefined => (form.has(field) ? form.get(field) : present);
  const name = textField(errors, "name", sent("name", columns.name), { required: true, maximumLength: 255 });
  const macAddress = (sent("mac_address", columns.macAddress ?? "") ?? "").trim();
  const linkConnected = checkboxField(sent("link_connected", String(columns.linkConnected)));
  const interfaceSpeed = integerField(
    errors,
    "interface_speed",
    sent("interface_speed", String(columns.interfaceSpeed)),
    {
      min: 0,
    },
  );
  const linkSpeed = integerField(errors, "link_speed", sent("link_speed", String(columns.linkSpeed)), { min: 0 });
  if (!linkConnected && !columns.linkConnected && (linkSpeed ?? 0) !== 0) {
    errors.add("__all__", "link_speed cannot be set when link_connected is false.");
  }
  const faulty = new Set(Object.keys(errors.byField));
  if (!faulty.has("name")) columns.name = name;
  columns.macAddress = macAddress;
  columns.linkConnected = linkConnected;
  columns.interfaceSpeed = interfaceSpeed ?? columns.interfaceSpeed;
  columns.linkSpeed = linkSpeed ?? columns.linkSpeed;
  errors.merge(columnErrors(open, faulty));
  errors.merge(modelErrors(context, open));
  if (!errors.empty || open.id === null) throw errors.refusal();
  saveInterface(context, open);
  return open.id;
}
