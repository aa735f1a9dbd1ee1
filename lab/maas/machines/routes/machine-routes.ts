import { refusal } from "../../server/refusal";
import type { MaasRequest, Route } from "../../server/route";
import { flagParameter } from "../forms/flag-parameter";
import { FormErrors } from "../forms/form-errors";
import { applyMachineForm, readMachineForm } from "../forms/machine-form";
import { deleteMachine } from "../delete-machine";
import { noteEvent } from "../machine-events";
import { restoreNetwork } from "../network/restore-network";
import { setting } from "../../site/settings";
import { STATUS } from "../status";
import { setDefaultLayout } from "../storage/set-default-layout";
import { setStorageLayout } from "../storage/set-storage-layout";
import { isControllable } from "../lifecycle/power";
import { answerMachine, checkUnlocked, machineOf, onMachine, type Access, type MachineWork } from "./with-machine";

const MACHINE = "/machines/:system_id/";

/** A POST operation that answers the machine. */
function operation(name: string, work: (work: MachineWork) => void, access: Access = "change"): Route {
  const handle = onMachine(access, (context) => {
    work(context);
    return answerMachine(context);
  });
  return { method: "POST", path: MACHINE, operation: name, handle };
}

function checkRestorable({ machine }: MachineWork, what: string): void {
  if (machine.status === STATUS.READY || machine.status === STATUS.FAILED_TESTING) return;
  throw refusal(409, `Machine must be in a ready or failed testing state to restore ${what}`);
}

function update(work: MachineWork): void {
  const { store, machine, request } = work;
  const errors = new FormErrors();
  const fields = readMachineForm(store, errors, request.form, request.form.get("architecture"), machine);
  applyMachineForm(store, errors, fields, machine);
}

function queryPower(work: MachineWork): { state: string } {
  const { store, machine } = work;
  if (isControllable(machine)) return { state: machine.powerState };
  const text = `No rack controllers can access the BMC of node ${machine.hostname}`;
  noteEvent(store, machine, "powerQueryFailed", { action: "Failed to query node's BMC", description: text });
  store.changed();
  throw refusal(503, text);
}

function annotate({ machine, request }: MachineWork): void {
  if (machine.owner !== request.user) {
    throw refusal(409, "Cannot set workload annotation: it hasn't been acquired.");
  }
  for (const [key, value] of request.form.entries()) {
    if (key === "op") continue;
    const kept = Object.entries(machine.ownerData).filter(([name]) => name !== key);
    machine.ownerData = Object.fromEntries(value === "" ? kept : [...kept, [key, value]]);
  }
}

function remove(request: MaasRequest): { status: number } {
  const machine = machineOf(request);
  checkUnlocked(machine);
  flagParameter(request.query, "force", false);
  deleteMachine(request.store, machine);
  return { status: 204 };
}

function layoutDisks({ store, machine }: MachineWork): void {
  setDefaultLayout({ store, machine }, setting(store, "default_storage_layout"));
}

function setStorage({ store, machine, request }: MachineWork): void {
  if (machine.status !== STATUS.READY) {
    throw refusal(409, "Cannot change the storage layout on a machine that is not Ready.");
  }
  setStorageLayout({ store, machine }, request.form);
}

/** Reading, changing and deleting a machine, its network and storage as a whole. */
export const machineObjectRoutes: Route[] = [
  { method: "GET", path: MACHINE, handle: onMachine("read", answerMachine) },
  { method: "GET", path: "/nodes/:system_id/", handle: onMachine("read", answerMachine, "Node") },
  {
    method: "PUT",
    path: MACHINE,
    handle: onMachine("change", (work) => {
      update(work);
      return answerMachine(work);
    }),
  },
  { method: "DELETE", path: MACHINE, handle: remove },
  {
    method: "GET",
    path: MACHINE,
    operation: "power_parameters",
    handle: onMachine("read", ({ machine }) => ({ status: 200, json: { ...machine.powerParameters } })),
  },
  {
    method: "GET",
    path: MACHINE,
    operation: "query_power_state",
    handle: onMachine("read", (work) => ({ status: 200, json: queryPower(work) })),
  },
  operation("set_workload_annotations", annotate),
  operation("set_owner_data", annotate),
  operation("clear_default_gateways", ({ machine }) => {
    machine.gatewayLinkIpv4Id = null;
    machine.gatewayLinkIpv6Id = null;
  }),
  operation("set_storage_layout", setStorage),
  operation("restore_networking_configuration", (work) => {
    checkRestorable(work, "networking configuration");
    restoreNetwork(work);
  }),
  operation("restore_storage_configuration", (work) => {
    checkRestorable(work, "storage configuration.");
    layoutDisks(work);
  }),
  operation("restore_default_configuration", (work) => {
    checkRestorable(work, "default networking and storage configuration.");
    layoutDisks(work);
    restoreNetwork(work);
  }),
];
