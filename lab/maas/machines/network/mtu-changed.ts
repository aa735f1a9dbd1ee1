import type { InterfaceParameters } from "../model";
import { childrenOf, findInterface, parentsOf, type NetworkContext } from "./network-context";
import { openInterface, type OpenInterface } from "./open-interface";
import { saveInterface } from "./save-interface";

function mtuOf(params: InterfaceParameters): number | undefined {
  const { mtu } = params;
  return typeof mtu === "number" ? mtu : undefined;
}

function setMtu(context: NetworkContext, id: number, mtu: number): void {
  const open = openInterface(context, id);
  open.columns.params = { ...open.columns.params, mtu };
  saveInterface(context, open);
}

/**
 * An MTU was set: what sits on the interface and has a bigger one comes down to it; what it sits on gets at least it. An
 * MTU that was removed leaves the others alone.
 */
export function mtuChanged(context: NetworkContext, open: OpenInterface, before: InterfaceParameters): void {
  const mtu = mtuOf(open.columns.params);
  if (open.id === null || mtu === undefined || mtu === mtuOf(before)) return;
  for (const child of childrenOf(context, open.id)) {
    const theirs = mtuOf(findInterface(context, child)?.params ?? {});
    if (theirs !== undefined && theirs > mtu) setMtu(context, child, mtu);
  }
  for (const parent of parentsOf(context, open.id)) {
    const theirs = mtuOf(findInterface(context, parent)?.params ?? {});
    if (theirs === undefined || theirs < mtu) setMtu(context, parent, mtu);
  }
}
