import { refusal } from "../../server/refusal";
import type { MaasAnswer, MaasRequest, Parameters, Route } from "../../server/route";
import { flagParameter } from "../forms/flag-parameter";
import { acquire } from "../lifecycle/acquire";
import type { MachineRecord } from "../model";
import { renderMachine } from "../render/render-machine";
import { STATUS } from "../status";
import { readAllocationOptions } from "./allocation-options";
import { readMachineFilter } from "./machine-filter";
import { transact } from "./with-machine";

/** Small machines first. */
function cost(machine: MachineRecord): number {
  return machine.cpuCount + machine.memory / 1024;
}

/** The constraints as MAAS's message quotes them. */
function quoted(form: Parameters): string {
  const names = [...new Set(form.entries().map(([name]) => name))].filter((name) => name !== "op");
  const lists = names.map((name) => {
    const values = form.getAll(name).map((value) => `'${value}'`);
    return `('${name}', [${values.join(", ")}])`;
  });
  return `[${lists.join(", ")}]`;
}

/** `POST machines/?op=allocate`: makes the smallest Ready machine that fits the constraints the caller's. */
function allocate(request: MaasRequest): MaasAnswer {
  const { store, form } = request;
  const options = readAllocationOptions(form, request.user);
  flagParameter(form, "verbose", false);
  const dryRun = flagParameter(form, "dry_run", false);
  const filter = readMachineFilter(store, form, "allocate");
  const [machine] = store.machines
    .filter((each) => each.status === STATUS.READY && !each.locked && filter.matches(each))
    .sort((a, b) => cost(a) - cost(b) || a.id - b.id);
  if (machine === undefined) {
    const systemId = form.get("system_id");
    if (filter.description === "") throw refusal(409, "No machine available.");
    if (systemId !== undefined) throw refusal(409, `No machine with system ID ${systemId} available.`);
    throw refusal(
      409,
      `No available machine matches constraints: ${quoted(form)} (resolved to "${filter.description}")`,
    );
  }
  return transact(request, machine, (work) => {
    if (!dryRun) acquire(work, options);
    return { status: 200, json: { ...renderMachine(store, machine), constraints_by_type: {} } };
  });
}

/** Allocation. */
export const allocateRoute: Route = { method: "POST", path: "/machines/", operation: "allocate", handle: allocate };
