import { ApiError, InputError } from "../dynamic/errors";
import { samePlain } from "../dynamic/plain";
import { mayHaveHappened } from "../http/lost-answer";
import type { MachineAnswer } from "./client/machine-types";
import type { Log } from "./client/log";
import type { MaasConnection } from "./connection";
import type { Call } from "./host-network/call";
import { callRequest } from "./host-network/call-request";
import { describePresent } from "./host-network/describe-present";
import { diffHostInterfaces } from "./host-network/diff-host-interfaces";
import type { HostInterfaces } from "./host-network/host-interface";
import { planHostNetwork } from "./host-network/plan-host-network";
import { type MachineNetworkAnswer, readHostNetwork } from "./host-network/read-host-network";
import { explainNetworkRefusal } from "./network-refusals";
import { resolveVlans } from "./network-references";
import { formatPending, type PendingChange } from "./machine-state/pending-change";
import { possibility } from "./machine-state/status";
import { vanished } from "./machine-state/wait";

/** Plans are made anew after a lost answer or a refusal, but not for ever. */
const rounds = 6;

/** A call that failed, and whether it may have been done all the same. */
interface Refused {
  readonly call: Call;
  readonly reason: Error;
  readonly lost: boolean;
}

/** How the configuration of a machine's network ended. */
export interface Configured {
  /** As it is afterwards. */
  readonly machine: MachineAnswer;
  /** Whether the network is as wanted; false when the machine was taken away meanwhile (deployed, locked). */
  readonly done: boolean;
}

/** A failure in the midst of a plan: `written` tells whether anything was changed. */
export class NetworkFailure extends Error {
  override readonly name = "NetworkFailure";

  constructor(
    readonly written: boolean,
    override readonly cause: Error,
  ) {
    super(cause.message, { cause });
  }
}

/** The differences between a machine's network and the desired one. */
export function networkDifferences(machine: MachineNetworkAnswer, wanted: HostInterfaces): PendingChange[] {
  return diffHostInterfaces(describePresent(readHostNetwork(machine), wanted), wanted);
}

/**
 * Brings the network of a machine that can be edited to the description: plans, makes the calls one after the other, and looks. After
 * a lost answer or a refusal it looks and plans anew, so that nothing is ever done twice, and what an interrupted run left is
 * repaired first.
 *
 * @throws NetworkFailure
 */
export async function configureNetwork(
  link: MaasConnection,
  first: MachineAnswer,
  wanted: HostInterfaces,
  log: Log,
): Promise<Configured> {
  let machine = first;
  let written = false;
  let refused: Refused | undefined;
  const fail = (failure: unknown): NetworkFailure => new NetworkFailure(written, withMachine(failure, machine));
  try {
    const vlanId = await resolveVlans(link.client, wanted);
    for (let round = 1; round <= rounds; round += 1) {
      if (possibility(machine, "network") !== "edit") return { machine, done: false };
      const calls = planHostNetwork(readHostNetwork(machine), wanted);
      if (calls.length === 0) {
        const left = networkDifferences(machine, wanted);
        if (left.length === 0) return { machine, done: true };
        throw new InputError(
          `MAAS does not keep what was set, and there is nothing left to do: ${left.map(formatPending).join("; ")}.`,
        );
      }
      if (refused !== undefined && !refused.lost && samePlain(refused.call, calls[0])) throw refused.reason;
      log.info(`configuring its network: ${calls.length} change(s) of ${formatTargets(calls)}`);
      refused = undefined;
      const ids = new Map([...readHostNetwork(machine).interfaces].map(([name, item]) => [name, item.id]));
      for (const call of calls) {
        try {
          await makeCall(link, machine.system_id, call, ids, vlanId);
          written = true;
        } catch (failure) {
          if (!(failure instanceof ApiError)) throw failure;
          const lost = mayHaveHappened(failure);
          written ||= lost;
          refused = { call, lost, reason: await explainNetworkRefusal(link.client, machine, call, failure) };
          break;
        }
      }
      const now = await link.client.machines.read(machine.system_id);
      if (now === undefined) throw vanished(machine.hostname, machine.system_id);
      machine = now;
    }
    if (refused !== undefined) throw refused.reason;
    const left = networkDifferences(machine, wanted);
    if (left.length === 0) return { machine, done: true };
    throw new InputError(
      `after ${rounds} attempts it still differs: ${left.map(formatPending).join("; ")}. Compare it in the MAAS UI.`,
    );
  } catch (failure) {
    throw fail(failure);
  }
}

/** Makes one call, and keeps the ids of the interfaces up to date for the next. */
async function makeCall(
  link: MaasConnection,
  systemId: string,
  call: Call,
  ids: Map<string, number>,
  vlanId: (vlan: { fabric: string; vid: number }) => number,
): Promise<void> {
  const interfaceId = (name: string): number => {
    const id = ids.get(name);
    if (id === undefined)
      throw new Error(`The plan speaks of an interface ${name} that machine ${systemId} does not have.`);
    return id;
  };
  const { method, path, operation, form } = callRequest(call, { systemId, interfaceId, vlanId });
  const request = {
    method,
    path,
    ...(operation === undefined ? {} : { query: { op: operation } }),
    ...(method === "DELETE" ? {} : { form }),
  };
  switch (call.operation) {
    case "create_bond":
    case "create_bridge":
    case "create_vlan":
      ids.set(call.name, await link.client.machines.createInterface(systemId, request));
      break;
    case "update":
      await link.client.machines.change(systemId, request);
      if (call.fields.name !== undefined) ids.set(call.fields.name, interfaceId(call.interface));
      break;
    default:
      await link.client.machines.change(systemId, request);
  }
}

/** Names of the interfaces that a plan changes. */
function formatTargets(calls: readonly Call[]): string {
  const names = calls.map((call) =>
    "name" in call ? call.name : "interface" in call ? call.interface : "the default gateway",
  );
  return [...new Set(names)].join(", ");
}

function withMachine(failure: unknown, machine: MachineAnswer): Error {
  const error = failure instanceof Error ? failure : new Error(String(failure));
  if (error.message.includes(machine.system_id)) return error;
  if (error instanceof ApiError) return error;
  return new InputError(
    `Network of machine ${machine.hostname} (${machine.system_id}): ${error.message}`,
    "interfaces",
  );
}
