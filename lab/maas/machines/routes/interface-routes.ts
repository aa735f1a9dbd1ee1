import { missingParameter, refusal } from "../../server/refusal";
import type { MaasAnswer, MaasRequest, Parameters, Route } from "../../server/route";
import { acquiredBridgeForm } from "../forms/acquired-bridge-form";
import { bondForm } from "../forms/bond-form";
import { bridgeForm } from "../forms/bridge-form";
import { defaultGatewayForm } from "../forms/default-gateway-form";
import { deployedForm } from "../forms/deployed-form";
import { linkForm } from "../forms/link-form";
import { physicalForm } from "../forms/physical-form";
import { unlinkForm } from "../forms/unlink-form";
import { vlanForm } from "../forms/vlan-form";
import type { InterfaceType, MachineRecord } from "../model";
import { deleteAddress } from "../network/addresses";
import { deleteInterface } from "../network/delete-interface";
import { findInterface, type NetworkContext } from "../network/network-context";
import { openInterface, type OpenInterface } from "../network/open-interface";
import { saveInterface } from "../network/save-interface";
import { renderInterface } from "../render/render-interface";
import { networkIsOpen, STATUS } from "../status";
import {
  answerInterface,
  checkUnlocked,
  interfaceOf,
  machineOf,
  onInterface,
  onMachine,
  transact,
  type MachineWork,
} from "./with-machine";

const INTERFACES = "/nodes/:system_id/interfaces/";
const INTERFACE = "/nodes/:system_id/interfaces/:id/";

/** Refuses work on the network in a status that does not allow it; `what` is MAAS's word for the work. */
function checkStatus(machine: MachineRecord, what: string): void {
  if (networkIsOpen(machine.status)) return;
  throw refusal(409, `Cannot ${what} interface because the machine is not New, Ready, Allocated, or Broken.`);
}

type InterfaceForm = (context: NetworkContext, form: Parameters, open?: OpenInterface) => number;

const FORMS: Record<InterfaceType, InterfaceForm> = {
  physical: physicalForm,
  bond: bondForm,
  bridge: bridgeForm,
  vlan: vlanForm,
};

/** `parent` counts as `parents`, as the bridge's operation has it. */
function withParent(form: Parameters): Parameters {
  const parent = form.get("parent");
  if (parent === undefined) return form;
  return {
    get: (name) => (name === "parents" ? parent : form.get(name)),
    getAll: (name) => (name === "parents" ? [parent] : form.getAll(name)),
    has: (name) => name === "parents" || form.has(name),
    entries: () => form.entries(),
  };
}

function create(operation: string, what: string, model: string, make: (work: MachineWork) => number): Route {
  return {
    method: "POST",
    path: INTERFACES,
    operation,
    handle: onMachine(
      "change",
      (work) => {
        checkStatus(work.machine, what);
        return answerInterface(work, make(work));
      },
      model,
    ),
  };
}

function list(request: MaasRequest): MaasAnswer {
  const machine = machineOf(request, "Node");
  return { status: 200, json: machine.interfaces.map((each) => renderInterface(request.store, machine, each)) };
}

function read(request: MaasRequest): MaasAnswer {
  const { machine, record } = interfaceOf(request);
  return { status: 200, json: renderInterface(request.store, machine, record) };
}

const update = onInterface((work, id) => {
  const { machine, request } = work;
  if (machine.status !== STATUS.DEPLOYED) checkStatus(machine, "update interface");
  const open = openInterface(work, id);
  if (machine.status === STATUS.DEPLOYED) deployedForm(work, request.form, open);
  else FORMS[open.columns.type](work, request.form, open);
});

function remove(request: MaasRequest): MaasAnswer {
  const { machine, record } = interfaceOf(request);
  checkUnlocked(machine);
  return transact(request, machine, (work) => {
    checkStatus(machine, "delete interface");
    deleteInterface(work, record.id);
    return { status: 204 };
  });
}

function operation(name: string, work: (work: MachineWork, interfaceId: number) => void): Route {
  return { method: "POST", path: INTERFACE, operation: name, handle: onInterface(work) };
}

function changeTags(work: MachineWork, id: number, change: (tags: string[], tag: string) => string[]): void {
  const tag = work.request.form.get("tag");
  if (tag === undefined) throw missingParameter("tag");
  const open = openInterface(work, id);
  open.columns.tags = change(open.columns.tags, tag);
  saveInterface(work, open);
}

/** What `nodes/<system id>/interfaces/` serves. */
export const interfaceRoutes: Route[] = [
  { method: "GET", path: INTERFACES, handle: list },
  create("create_physical", "create", "Node", (work) => physicalForm(work, work.request.form)),
  create("create_bond", "create bond", "Machine", (work) => bondForm(work, work.request.form)),
  create("create_vlan", "create VLAN", "Machine", (work) => vlanForm(work, work.request.form)),
  create("create_bridge", "create bridge", "Machine", (work) => {
    const form = withParent(work.request.form);
    return work.machine.status === STATUS.ALLOCATED ? acquiredBridgeForm(work, form) : bridgeForm(work, form);
  }),
  { method: "GET", path: INTERFACE, handle: read },
  { method: "PUT", path: INTERFACE, handle: update },
  { method: "DELETE", path: INTERFACE, handle: remove },
  operation("link_subnet", (work, id) => {
    checkStatus(work.machine, "link subnet");
    linkForm(work, work.request.form, openInterface(work, id));
  }),
  operation("unlink_subnet", (work, id) => {
    checkStatus(work.machine, "unlink subnet");
    unlinkForm(work, work.request.form, openInterface(work, id));
  }),
  operation("disconnect", (work, id) => {
    checkStatus(work.machine, "disconnect");
    const open = openInterface(work, id);
    for (const { id: addressId } of [...(findInterface(work, id)?.addresses ?? [])]) deleteAddress(work, id, addressId);
    open.columns.vlanId = null;
    saveInterface(work, open);
  }),
  operation("set_default_gateway", (work, id) => {
    checkStatus(work.machine, "set default gateway");
    defaultGatewayForm(work, work.request.form, id);
  }),
  operation("add_tag", (work, id) => changeTags(work, id, (tags, tag) => (tags.includes(tag) ? tags : [...tags, tag]))),
  operation("remove_tag", (work, id) => changeTags(work, id, (tags, tag) => tags.filter((each) => each !== tag))),
];
