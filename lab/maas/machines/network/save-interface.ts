import type { InterfaceColumns } from "../model";
import { linksOf } from "./addresses";
import { cleanInterface, isEnabled } from "./clean-interface";
import { enabledChanged } from "./enabled-changed";
import { mtuChanged } from "./mtu-changed";
import { childrenOf, findInterface, parentsOf, type NetworkContext } from "./network-context";
import { copyColumns, openInterface, type OpenInterface } from "./open-interface";
import { unlinkAddress } from "./unlink-address";
import { vlanChanged } from "./vlan-changed";

function write(context: NetworkContext, open: OpenInterface, fields?: readonly (keyof InterfaceColumns)[]): number {
  if (open.id === null) {
    open.id = context.store.nextId("interface");
    context.machine.interfaces.push({ id: open.id, ...copyColumns(open.columns), parents: [], addresses: [] });
    return open.id;
  }
  const stored = findInterface(context, open.id);
  if (stored === undefined) return open.id;
  const fresh = copyColumns(open.columns);
  const written =
    fields === undefined ? fresh : Object.fromEntries(fields.map((field) => [field, fresh[field]] as const));
  Object.assign(stored, written);
  return open.id;
}

function sameParams(a: InterfaceColumns["params"], b: InterfaceColumns["params"]): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => a[key] === b[key]);
}

/** What follows from the columns that changed, each compared with what the copy had seen. */
function announce(context: NetworkContext, open: OpenInterface, id: number): void {
  const { enabled, params, vlanId } = open.columns;
  const before = { ...open.seen };
  const now = { enabled, params: { ...params }, vlanId };
  if (before.enabled !== enabled) enabledChanged(context, open);
  open.seen.enabled = now.enabled;
  if (!sameParams(before.params, params)) mtuChanged(context, open, before.params);
  open.seen.params = now.params;
  if (before.vlanId !== vlanId) vlanChanged(context, open, before.vlanId);
  open.seen.vlanId = now.vlanId;
  for (const child of childrenOf(context, id)) {
    if (findInterface(context, child) !== undefined) saveInterface(context, openInterface(context, child));
  }
}

/** A bond or bridge strips what it sits on of links and puts it on its own VLAN. */
function alignParents(context: NetworkContext, open: OpenInterface, id: number): void {
  if (open.columns.type !== "bond" && open.columns.type !== "bridge") return;
  for (const parentId of parentsOf(context, id)) {
    const parent = openInterface(context, parentId);
    for (const link of linksOf(context, parentId)) unlinkAddress(context, parent, link.id, true);
    if (parent.columns.vlanId === open.columns.vlanId || context.aligning.has(parentId)) continue;
    context.aligning.add(parentId);
    parent.columns.vlanId = open.columns.vlanId;
    saveInterface(context, parent);
    context.aligning.delete(parentId);
  }
}

/**
 * Writes a copy of an interface back, with all that MAAS does after it: links go when the VLAN changed, the MTU spreads
 * to the interfaces below and above, what sits on it is saved again (VLAN interfaces take its MAC), members of a bond and
 * the port of a bridge lose their links and follow its VLAN.
 *
 * @param fields Only these columns are written; all when absent, also those that another copy changed meanwhile.
 * @throws MaasRefusal 400 when the interface is faulty.
 */
export function saveInterface(
  context: NetworkContext,
  open: OpenInterface,
  fields?: readonly (keyof InterfaceColumns)[],
): void {
  const { columns } = open;
  if (columns.type === "vlan" && open.id !== null) {
    const [parent] = parentsOf(context, open.id);
    if (parent !== undefined) columns.macAddress = findInterface(context, parent)?.macAddress ?? null;
  }
  if (columns.type !== "physical") columns.enabled = isEnabled(context, open);
  if (!columns.linkConnected) columns.linkSpeed = 0;
  cleanInterface(context, open);
  const id = write(context, open, fields);
  announce(context, open, id);
  alignParents(context, open, id);
}
