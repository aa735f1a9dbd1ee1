import { diffHostInterfaces } from "./host-network/diff-host-interfaces";
import type { HostInterface, HostInterfaces } from "./host-network/host-interface";
import { areRecorded, type RecordedChange } from "./machine-state/pending-change";

/**
 * What a read tells of a machine that cannot be changed now: the wish wherever it differs from what is there only in what is recorded
 * as pending, and what is really there wherever something else differs. A preview so is clean while a change waits for its time,
 * and any other drift still shows.
 */
export function presentButPending(
  present: HostInterfaces,
  wish: HostInterfaces,
  pending: readonly RecordedChange[],
): HostInterfaces {
  const told: Record<string, HostInterface> = {};
  for (const name of [...new Set([...Object.keys(present), ...Object.keys(wish)])].sort()) {
    const differences = diffHostInterfaces(only(present, name), only(wish, name));
    const item = areRecorded(differences, pending) ? wish[name] : present[name];
    if (item !== undefined) told[name] = item;
  }
  return told;
}

function only(interfaces: HostInterfaces, name: string): HostInterfaces {
  const item = interfaces[name];
  return item === undefined ? {} : { [name]: item };
}
