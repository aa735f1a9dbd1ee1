import type { Parameters } from "../../server/route";
import type { MachineRecord } from "../model";
import type { FormErrors } from "./form-errors";

/** How a machine is switched. */
export interface PowerFields {
  type: string;
  parameters: Record<string, string>;
}

const POWER_TYPES: ReadonlySet<string> = new Set([
  "amt",
  "apc",
  "dli",
  "eaton",
  "hmc",
  "hmcz",
  "ipmi",
  "lxd",
  "manual",
  "moonshot",
  "mscm",
  "msftocs",
  "nova",
  "openbmc",
  "proxmox",
  "raritan",
  "recs_box",
  "redfish",
  "sm15k",
  "ucsm",
  "virsh",
  "vmware",
  "webhook",
  "wedge",
]);

const PREFIX = "power_parameters_";
const SKIP_CHECK = "power_parameters_skip_check";

function jsonParameters(raw: string | undefined): Record<string, string> {
  if (raw === undefined || raw.trim() === "") return {};
  const parsed: unknown = JSON.parse(raw);
  if (typeof parsed !== "object" || parsed === null) return {};
  return Object.fromEntries(Object.entries(parsed).map(([key, value]) => [key, String(value)]));
}

/**
 * Reads power type and parameters (`power_parameters_<name>`, or one JSON text `power_parameters`). What is not sent keeps
 * its value.
 */
export function readPower(errors: FormErrors, form: Parameters, machine?: MachineRecord): PowerFields {
  const type = form.get("power_type") ?? machine?.powerType ?? "";
  if (type !== "" && !POWER_TYPES.has(type)) {
    errors.add("power_type", `Select a valid choice. ${type} is not one of the available choices.`);
  }
  const parameters: Record<string, string> = type === machine?.powerType ? { ...machine.powerParameters } : {};
  try {
    Object.assign(parameters, jsonParameters(form.get("power_parameters")));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    errors.add("power_parameters", "Failed to parse JSON power_parameters");
  }
  for (const [name, value] of form.entries()) {
    if (name.startsWith(PREFIX) && name !== SKIP_CHECK) parameters[name.slice(PREFIX.length)] = value;
  }
  return { type, parameters };
}
