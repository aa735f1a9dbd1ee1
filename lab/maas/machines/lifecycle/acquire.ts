import type { NetworkContext } from "../network/network-context";
import { createAcquiredBridges, type BridgeOptions } from "../network/acquired-bridges";
import { noteEvent } from "../machine-events";
import { STATUS } from "../status";
import { changeStatus } from "../status-transitions";
import { createAcquiredFilesystems } from "../storage/acquired-filesystems";

/** What goes with an allocation. */
export interface AllocationOptions {
  user: string;
  agentName: string;
  comment: string;
  /** Put a bridge on every configured interface. */
  bridges: BridgeOptions | null;
}

/**
 * Makes a machine somebody's (Allocated).
 *
 * @throws MaasRefusal 409 when it cannot be allocated in its status.
 */
export function acquire(context: NetworkContext, options: AllocationOptions): void {
  const { store, machine } = context;
  createAcquiredFilesystems(context);
  noteEvent(store, machine, "requestAcquire", {
    action: "acquire",
    user: options.user,
    description: options.comment,
  });
  changeStatus(machine, STATUS.ALLOCATED);
  machine.owner = options.user;
  machine.agentName = options.agentName;
  if (options.bridges !== null) createAcquiredBridges(context, options.bridges);
}
