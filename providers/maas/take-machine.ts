import { InputError } from "../dynamic/errors";
import type { MaasClient } from "./client/client";
import type { MachineAnswer } from "./client/machine-types";
import { type MachineFind, findMachine } from "./look-ups/find-machine";
import { findableOf } from "./look-ups/machine-facts";
import { unmark } from "./marker";
import type { Enlistment } from "./machine-inputs";

/**
 * The machine that the inputs mean.
 *
 * @returns undefined when there is none and one is to be enlisted
 * @throws InputError when there is none or several.
 */
export async function searchMachine(
  client: MaasClient,
  inputs: { readonly find: MachineFind; readonly enlist: Enlistment | null },
): Promise<MachineAnswer | undefined> {
  const machines = await client.machines.known();
  const findable = machines.map((answer) => ({ ...findableOf(answer), answer }));
  const found = findMachine(findable, inputs.find);
  if ("machine" in found) return found.machine.answer;
  const macAddresses = inputs.enlist?.macAddresses;
  if (macAddresses === undefined) throw new InputError(found.problem, "find");
  return findable.find((machine) => machine.macAddresses.some((mac) => macAddresses.includes(mac)))?.answer;
}

/** Refuses a machine that another datacenter's stack describes: the two would undo each other's work. @throws InputError */
export function refuseOtherDatacenter(machine: MachineAnswer, datacenter: string): void {
  const owner = unmark(machine.description).datacenter;
  if (owner === undefined || owner === datacenter) return;
  throw new InputError(
    `Machine ${machine.hostname} (${machine.system_id}) belongs to datacenter "${owner}": its description in MAAS ends in "[vmo-metal ${owner}]". ` +
      "A machine is described by one stack only. Take it out of the other stack first (which puts it back as it was), or out of this one.",
    "find",
  );
}
