import type { InterfaceColumns } from "../model";
import { findInterface, type NetworkContext } from "./network-context";

/**
 * An interface as one piece of MAAS's code holds it: a copy of its columns, and the values that it was read with. MAAS's
 * surprises (a bond that gives its VLAN to one member only) come from several copies of one row that overwrite each
 * other, so the simulator keeps copies too.
 */
export interface OpenInterface {
  /** Null until the first save. */
  id: number | null;
  columns: InterfaceColumns;
  /** What the copy knew to be stored: a save compares with it to see what changed. */
  seen: Pick<InterfaceColumns, "enabled" | "params" | "vlanId">;
}

/** Columns of a new interface before a form fills them. */
export function blankColumns(type: InterfaceColumns["type"]): InterfaceColumns {
  return {
    name: "",
    type,
    macAddress: null,
    vlanId: null,
    params: {},
    tags: [],
    enabled: true,
    acquired: false,
    vendor: null,
    product: null,
    firmwareVersion: null,
    linkConnected: true,
    interfaceSpeed: 0,
    linkSpeed: 0,
    numaNode: null,
    sriovMaxVf: 0,
  };
}

/** A copy of columns that shares nothing with the original. */
export function copyColumns(columns: InterfaceColumns): InterfaceColumns {
  return {
    name: columns.name,
    type: columns.type,
    macAddress: columns.macAddress,
    vlanId: columns.vlanId,
    params: { ...columns.params },
    tags: [...columns.tags],
    enabled: columns.enabled,
    acquired: columns.acquired,
    vendor: columns.vendor,
    product: columns.product,
    firmwareVersion: columns.firmwareVersion,
    linkConnected: columns.linkConnected,
    interfaceSpeed: columns.interfaceSpeed,
    linkSpeed: columns.linkSpeed,
    numaNode: columns.numaNode,
    sriovMaxVf: columns.sriovMaxVf,
  };
}

/** A copy over columns that were just read or made. */
export function openColumns(id: number | null, columns: InterfaceColumns): OpenInterface {
  const copy = copyColumns(columns);
  return { id, columns: copy, seen: { enabled: copy.enabled, params: { ...copy.params }, vlanId: copy.vlanId } };
}

/** Reads a stored interface afresh. Throws when it does not exist: the caller has just seen its id. */
export function openInterface(context: NetworkContext, id: number): OpenInterface {
  const stored = findInterface(context, id);
  if (stored === undefined) {
    throw new Error(`interface ${id} of machine ${context.machine.systemId} does not exist`);
  }
  return openColumns(id, stored);
}
