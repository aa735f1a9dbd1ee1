import { notFound, refusal } from "../../server/refusal";
import type { MaasAnswer, MaasRequest } from "../../server/route";
import type { InterfaceRecord, MachineRecord } from "../model";
import { networkContext, type NetworkContext } from "../network/network-context";
import { renderInterface } from "../render/render-interface";
import { renderMachine } from "../render/render-machine";

/** What a handler works on. */
export interface MachineWork extends NetworkContext {
  request: MaasRequest;
}

/** How a handler treats a machine: only read it, change it (403 when locked), or lock and unlock it. */
export type Access = "read" | "change" | "lock";

/** Refuses what would change a locked machine, as MAAS does: without a word. */
export function checkUnlocked(machine: MachineRecord): void {
  if (machine.locked) throw refusal(403, "");
}

/** The machine of a path. `model` is what MAAS calls it in its 404. */
export function machineOf(request: MaasRequest, model = "Machine"): MachineRecord {
  const { system_id: systemId } = request.params;
  const machine = request.store.machines.find((each) => each.systemId === systemId);
  if (machine === undefined) throw notFound(model);
  return machine;
}

/** Runs work on a machine; a refusal leaves the machine, and the region's events, as they were. */
export function transact(
  request: MaasRequest,
  machine: MachineRecord,
  work: (work: MachineWork) => MaasAnswer,
): MaasAnswer {
  const { store } = request;
  const before = structuredClone(machine);
  const events = store.site.events.length;
  try {
    const answer = work({ ...networkContext(store, machine), request });
    store.changed();
    return answer;
  } catch (error) {
    Object.assign(machine, before);
    store.site.events.length = Math.min(store.site.events.length, events);
    throw error;
  }
}

/** A handler of a machine's path. */
export function onMachine(
  access: Access,
  work: (work: MachineWork) => MaasAnswer,
  model = "Machine",
): (request: MaasRequest) => MaasAnswer {
  return (request) => {
    const machine = machineOf(request, model);
    if (access === "read") return work({ ...networkContext(request.store, machine), request });
    if (access === "change") checkUnlocked(machine);
    return transact(request, machine, work);
  };
}

/** The interface of a path, by id or name. */
export function interfaceOf(request: MaasRequest): { machine: MachineRecord; record: InterfaceRecord } {
  const machine = machineOf(request, "Interface");
  const reference = request.params.id ?? "";
  const text = reference.replace(/^(name|id):/, "");
  const record = machine.interfaces.find((each) =>
    /^\d+$/.test(text) && !reference.startsWith("name:") ? each.id === Number(text) : each.name === text,
  );
  if (record === undefined) throw notFound("Interface");
  return { machine, record };
}

/** A handler of an interface's path; what it answers is the interface as it is then. */
export function onInterface(
  work: (work: MachineWork, interfaceId: number) => void,
): (request: MaasRequest) => MaasAnswer {
  return (request) => {
    const { machine, record } = interfaceOf(request);
    checkUnlocked(machine);
    return transact(request, machine, (context) => {
      work(context, record.id);
      return answerInterface(context, record.id);
    });
  };
}

/** 200 with an interface. */
export function answerInterface({ store, machine }: NetworkContext, id: number): MaasAnswer {
  const record = machine.interfaces.find((each) => each.id === id);
  if (record === undefined) throw notFound("Interface");
  return { status: 200, json: renderInterface(store, machine, record) };
}

/** 200 with a machine. */
export function answerMachine({ store, machine }: NetworkContext): MaasAnswer {
  return { status: 200, json: renderMachine(store, machine) };
}
