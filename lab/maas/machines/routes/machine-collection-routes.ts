import { fieldErrors, refusal } from "../../server/refusal";
import type { MaasAnswer, MaasRequest, Route } from "../../server/route";
import { createMachine } from "../create-machine";
import { NO_SUCH_CHOICE, REQUIRED } from "../forms/fields";
import { FormErrors } from "../forms/form-errors";
import { startCommissioning } from "../lifecycle/commission";
import { release } from "../lifecycle/release";
import type { MachineRecord } from "../model";
import { renderMachine } from "../render/render-machine";
import { isReleasable, STATUS, statusName } from "../status";
import { allocateRoute } from "./allocate-route";
import { readMachineFilter } from "./machine-filter";
import { checkUnlocked } from "./with-machine";

const MACHINES = "/machines/";

function inOrder(machines: readonly MachineRecord[]): MachineRecord[] {
  return [...machines].sort((a, b) => a.id - b.id);
}

function list({ store, query }: MaasRequest): MaasAnswer {
  const filter = readMachineFilter(store, query, "list");
  const found = inOrder(store.machines.filter(filter.matches));
  return { status: 200, json: found.map((machine) => renderMachine(store, machine)) };
}

function create({ store, form, user }: MaasRequest): MaasAnswer {
  const machine = createMachine(store, form, user);
  store.changed();
  return { status: 200, json: renderMachine(store, machine) };
}

/** The machines named by `machines`, all of which must exist. */
function namedMachines({ store, form }: MaasRequest): MachineRecord[] {
  const ids = [...new Set(form.getAll("machines"))];
  const unknown = ids.filter((id) => !store.machines.some((machine) => machine.systemId === id));
  if (unknown.length > 0) throw refusal(400, `Unknown machine(s): ${unknown.join(", ")}.`);
  return inOrder(store.machines.filter((machine) => ids.includes(machine.systemId)));
}

function releaseMany(request: MaasRequest): MaasAnswer {
  const { store, form, user } = request;
  const machines = namedMachines(request);
  machines.forEach(checkUnlocked);
  const stuck = machines.filter((machine) => machine.status !== STATUS.READY && !isReleasable(machine.status));
  if (stuck.length > 0) {
    const states = stuck.map((machine) => `${machine.systemId} ('${statusName(machine.status)}')`);
    throw refusal(409, `Machine(s) cannot be released in their current state: ${states.join(", ")}.`);
  }
  const released = machines.filter((machine) => machine.status !== STATUS.READY);
  for (const machine of released) release(store, machine, { user, comment: form.get("comment") ?? "", erase: false });
  store.changed();
  return { status: 200, json: released.map((machine) => machine.systemId) };
}

/** Commissions New machines; those that are Ready or being commissioned already are left alone. */
function acceptMachines({ store, user }: MaasRequest, machines: readonly MachineRecord[]): MaasAnswer {
  const settled: ReadonlySet<number> = new Set([STATUS.READY, STATUS.COMMISSIONING]);
  const wanted = machines.filter((machine) => !settled.has(machine.status));
  const stuck = wanted.find((machine) => machine.status !== STATUS.NEW);
  if (stuck !== undefined) {
    const state = statusName(stuck.status);
    throw refusal(409, `Cannot accept node enlistment: node ${stuck.systemId} is in state ${state}.`);
  }
  for (const machine of wanted) {
    startCommissioning(store, machine, { user, skipNetworking: false, skipStorage: false });
  }
  store.changed();
  return { status: 200, json: wanted.map((machine) => renderMachine(store, machine)) };
}

function setZone({ store, form }: MaasRequest): MaasAnswer {
  const errors = new FormErrors();
  const ids = [...new Set(form.getAll("nodes"))];
  const machines = store.machines.filter((machine) => ids.includes(machine.systemId));
  if (ids.length === 0) errors.add("system_id", REQUIRED);
  else if (machines.length < ids.length) {
    errors.add("system_id", "Some of the given system ids are invalid system ids.");
  }
  const name = form.get("zone") ?? "";
  const zone = store.site.zones.find((each) => each.name === name);
  if (zone === undefined) errors.add("zone", name === "" ? REQUIRED : NO_SUCH_CHOICE);
  if (!errors.empty || zone === undefined) throw fieldErrors(errors.byField);
  for (const machine of machines) machine.zoneId = zone.id;
  store.changed();
  return { status: 200, json: null };
}

function listAllocated({ store, query, user }: MaasRequest): MaasAnswer {
  const ids = query.getAll("id");
  const found = inOrder(store.machines).filter(
    (machine) =>
      machine.owner === user &&
      machine.status === STATUS.ALLOCATED &&
      (ids.length === 0 || ids.includes(machine.systemId)),
  );
  return { status: 200, json: found.map((machine) => renderMachine(store, machine)) };
}

function powerParameters({ store, query }: MaasRequest): MaasAnswer {
  const ids = query.getAll("id");
  const wanted = store.machines.filter((machine) => ids.length === 0 || ids.includes(machine.systemId));
  return {
    status: 200,
    json: Object.fromEntries(wanted.map((machine) => [machine.systemId, { ...machine.powerParameters }])),
  };
}

function isRegistered({ store, query }: MaasRequest): MaasAnswer {
  const mac = (query.get("mac_address") ?? "").toLowerCase();
  const known = store.machines.some((machine) =>
    machine.interfaces.some((each) => each.macAddress?.toLowerCase() === mac),
  );
  return { status: 200, json: known };
}

/** What `machines/` serves: listing, enlisting, allocating, and work on several machines at once. */
export const machineCollectionRoutes: Route[] = [
  { method: "GET", path: MACHINES, handle: list },
  { method: "POST", path: MACHINES, handle: create },
  allocateRoute,
  { method: "POST", path: MACHINES, operation: "release", handle: releaseMany },
  {
    method: "POST",
    path: MACHINES,
    operation: "accept",
    handle: (request) => acceptMachines(request, namedMachines(request)),
  },
  {
    method: "POST",
    path: MACHINES,
    operation: "accept_all",
    handle: (request) =>
      acceptMachines(
        request,
        request.store.machines.filter((machine) => machine.status === STATUS.NEW),
      ),
  },
  { method: "POST", path: MACHINES, operation: "set_zone", handle: setZone },
  { method: "GET", path: MACHINES, operation: "list_allocated", handle: listAllocated },
  { method: "GET", path: MACHINES, operation: "power_parameters", handle: powerParameters },
  { method: "GET", path: MACHINES, operation: "is_registered", handle: isRegistered },
];
