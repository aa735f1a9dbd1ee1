import { InputError } from "../dynamic/errors";
import { type Log, silentLog } from "./client/log";
import type { MachineAnswer } from "./client/machine-types";
import { NetworkFailure, configureNetwork, networkDifferences } from "./configure-network";
import type { MaasConnection } from "./connection";
import type { HostInterfaces } from "./host-network/host-interface";
import { readHostNetwork } from "./host-network/read-host-network";
import type { FormerNetwork } from "./machine-state/former";
import { possibility } from "./machine-state/status";
import { waitForMachine } from "./machine-state/wait";
import { stillPossible } from "./network-references";
import { withOwnFabrics } from "./own-fabrics";
import { restorableNetwork } from "./restorable-network";

/**
 * Puts a machine's previous network back, as far as its NICs, VLANs and subnets still exist. What does not is left out with a warning, so
 * that a destroy always gets through.
 * A machine that MAAS lets nobody edit (failed commissioning or testing, retired ...) is left as it is, with a warning.
 *
 * @throws InputError for a machine that is in use: nothing is changed under a running host.
 */
export async function restoreNetwork(
  link: MaasConnection,
  first: MachineAnswer,
  former: FormerNetwork,
  waitMinutes: number,
): Promise<void> {
  const id = first.system_id;
  const log = link.log.of("maas:HostNetwork", first.hostname, id);
  if (possibility(first, "network") !== "edit") {
    const wanted = await restorable(link, first, former.interfaces, silentLog);
    if (networkDifferences(first, wanted).length === 0) return;
  }
  const { machine, inTime, when } = await waitForMachine(
    link.client,
    first,
    (seen) => possibility(seen, "network") !== "wait",
    { minutes: waitMinutes },
    log,
  );
  if (!inTime) {
    throw new InputError(
      `Machine ${machine.hostname} (${id}) is still ${machine.status_name} ${when}; its former network was not put back. Run the command again to go on.`,
      "machine",
    );
  }
  const possible = possibility(machine, "network");
  if (possible === "stuck") {
    // A machine that is being retired is often in such a status, and the next commissioning sets its network up again.
    log.warning(
      `it is ${machine.status_name}: its previous network is not restored; commissioning it again sets up its NICs`,
    );
    return;
  }
  const inUse = new InputError(
    `Machine ${machine.hostname} (${id}) is ${machine.locked ? "locked" : machine.status_name}: its former network cannot be put back while it is in use. ` +
      "Release it first (scale the cluster down, or delete it), then run the command again.",
    "machine",
  );
  if (possible === "pending") throw inUse;
  try {
    const interfaces = await withOwnFabrics(link.client, machine, former.interfaces, log);
    const wanted = await restorable(link, machine, interfaces, log);
    const { machine: after, done } = await configureNetwork(link, machine, wanted, log);
    if (!done) throw inUse;
    await linkUp(link, after, former.linkUp);
  } catch (failure) {
    throw failure instanceof NetworkFailure ? failure.cause : failure;
  }
}

/** As much of a previous network as the machine can be brought back to now. */
async function restorable(
  link: MaasConnection,
  machine: MachineAnswer,
  previous: HostInterfaces,
  log: Log,
): Promise<HostInterfaces> {
  const possible = await stillPossible(link.client, machine, previous, log);
  return restorableNetwork(readHostNetwork(machine), possible, log);
}

/** NICs that leave a bond, and a bond that is made again, can have no link at all; those that were up without an address get that back. */
async function linkUp(link: MaasConnection, machine: MachineAnswer, names: readonly string[]): Promise<void> {
  const present = readHostNetwork(machine).interfaces;
  for (const name of names) {
    const nic = present.get(name);
    if (nic === undefined || nic.vlan === undefined || nic.links.length > 0) continue;
    await link.client.machines.change(machine.system_id, {
      method: "POST",
      path: `nodes/${machine.system_id}/interfaces/${nic.id}/`,
      query: { op: "link_subnet" },
      // Without force, MAAS refuses this on a NIC for which commissioning discovered an address, although it has no link.
      form: { mode: "LINK_UP", force: "true" },
      // MAAS keeps one LINK_UP however often it is asked for.
      repeatable: true,
    });
  }
}
