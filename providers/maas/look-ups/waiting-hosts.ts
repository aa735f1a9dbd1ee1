import { messageOf } from "../../dynamic/errors";
import type { MachineAnswer } from "../client/machine-types";
import { networkDifferences } from "../configure-network";
import { type HostInterfacesArgs, hostInterfacesSchema } from "../host-network/host-interfaces-schema";
import { possibility } from "../machine-state/status";
import { layoutDifferences } from "../storage-layout/layout-differences";
import { defaultLayout, type LayoutWish } from "../storage-layout/layout-wish";
import { findMachine } from "./find-machine";
import { findableOf } from "./machine-facts";
import { openRegion, type RegionAddress } from "./open-region";

/** What a host is to be. */
export interface HostWish {
  readonly name: string;
  /** How its machine is found. */
  readonly find: Parameters<typeof findMachine>[1];
  readonly interfaces: HostInterfacesArgs;
  /** Its storage layout; what is left out has its default. */
  readonly storage: Partial<LayoutWish>;
}

/** Names of the hosts whose changes wait, or why they could not be found out. */
export type WaitingHosts =
  { readonly ok: true; readonly names: readonly string[] } | { readonly ok: false; readonly reason: string };

/**
 * Looks which hosts are other than wished for and cannot be changed now, because their machines are in use: what an update records as pending
 * until repave. Reads only, and never throws.
 */
export async function lookUpWaitingHosts(address: RegionAddress, wishes: readonly HostWish[]): Promise<WaitingHosts> {
  let client: ReturnType<typeof openRegion> | undefined;
  try {
    client = openRegion(address);
    await client.ready();
    const machines = await client.machines.list();
    return { ok: true, names: wishes.filter((wish) => isWaiting(wish, machines)).map(({ name }) => name) };
  } catch (failure) {
    return { ok: false, reason: messageOf(failure) };
  } finally {
    client?.close();
  }
}

/** Whether a host has a difference that waits for its machine. A host without a machine has none: that is said elsewhere. Pure. */
function isWaiting({ find, interfaces, storage }: HostWish, machines: readonly MachineAnswer[]): boolean {
  const found = findMachine(machines.map(findableOf), find);
  if ("problem" in found) return false;
  const machine = machines.find(({ system_id }) => system_id === found.machine.systemId);
  if (machine === undefined) return false;
  const network = () => networkDifferences(machine, hostInterfacesSchema.parse(interfaces));
  const layout = () => layoutDifferences(machine, { ...defaultLayout, ...storage });
  return (
    (possibility(machine, "network") === "pending" && network().length > 0) ||
    (possibility(machine, "storage") === "pending" && layout().length > 0)
  );
}
