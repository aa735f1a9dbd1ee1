import { refusal } from "../server/refusal";
import type { Parameters } from "../server/route";
import type { Store } from "../store";
import { flagParameter } from "./forms/flag-parameter";
import { FormErrors } from "./forms/form-errors";
import { readMacs } from "./forms/mac-fields";
import { applyMachineForm, readMachineForm } from "./forms/machine-form";
import { startCommissioning } from "./lifecycle/commission";
import type { MachineRecord } from "./model";
import { networkContext } from "./network/network-context";
import { blankColumns, openColumns } from "./network/open-interface";
import { saveInterface } from "./network/save-interface";
import { newMachine, randomHostname } from "./new-machine";
import { STATUS } from "./status";

/** `amd64` is `amd64/generic`; a subarchitecture may come apart from it. */
function fullArchitecture(form: Parameters): string | undefined {
  const architecture = form.get("architecture");
  const sub = form.get("subarchitecture") ?? "";
  if (architecture === undefined || architecture === "") return architecture;
  if (!architecture.includes("/")) return `${architecture}/${sub === "" ? "generic" : sub}`;
  if (sub !== "") throw refusal(400, "Subarchitecture cannot be specified twice.");
  return architecture;
}

function checkKernelParameters(form: Parameters): void {
  const kernel = /(hwe|ga)-.+/;
  if (kernel.test(form.get("architecture") ?? "") || kernel.test(form.get("subarchitecture") ?? "")) {
    throw refusal(400, "hwe kernel must be specified using the min_hwe_kernel argument.");
  }
  const minimum = form.get("min_hwe_kernel") ?? "";
  if (minimum !== "" && !kernel.test(minimum)) {
    throw refusal(400, 'min_hwe_kernel must start with "hwe-" or "ga-"');
  }
}

/**
 * Enlists a machine (`POST machines/`) and commissions it unless that is declined.
 *
 * @throws MaasRefusal 400 with the faults by field.
 */
export function createMachine(store: Store, form: Parameters, user: string): MachineRecord {
  const commission = flagParameter(form, "commission", true);
  const deployed = flagParameter(form, "deployed", false);
  checkKernelParameters(form);
  const errors = new FormErrors();
  const machine = newMachine(store);
  const fields = readMachineForm(store, errors, form, fullArchitecture(form));
  const macs = readMacs(store, errors, form);
  const { type } = fields.power;
  if (errors.clear("power_type") && type !== "" && type !== "ipmi" && macs.length === 0) {
    errors.add("power_type", `Can't set power type to ${type} without network interfaces`);
  }
  applyMachineForm(store, errors, fields, machine);
  const numeric = /^\d{1,3}-\d{1,3}-\d{1,3}-\d{1,3}$/.test(machine.hostname);
  if (machine.hostname === "" || numeric) machine.hostname = randomHostname(machine.id);
  store.machines.push(machine);
  const context = networkContext(store, machine);
  macs.forEach((macAddress, index) => {
    const columns = { ...blankColumns("physical"), name: `eth${index}`, macAddress, numaNode: 0 };
    saveInterface(context, openColumns(null, columns));
  });
  if (deployed) Object.assign(machine, { status: STATUS.DEPLOYED, owner: user });
  else if (commission && type !== "") {
    startCommissioning(store, machine, { user, skipNetworking: false, skipStorage: false });
  }
  return machine;
}
