import { createHash } from "node:crypto";
import type { InterfaceRecord } from "../model";
import { linkModeOf, linksOf } from "./addresses";
import { findInterface, type NetworkContext } from "./network-context";
import { copyColumns, openColumns } from "./open-interface";
import { saveInterface } from "./save-interface";

/** How the bridges of an allocation are made (`bridge_all`). */
export interface BridgeOptions {
  type: string;
  stp: boolean;
  fd: number;
}

const LONGEST = 15;

/** `br-<name>`, shortened to what Linux takes. */
function bridgeName(name: string): string {
  if (`br-${name}`.length <= LONGEST) return `br-${name}`;
  const short = `b-${name.startsWith("en") ? name.slice(2) : name}`;
  if (short.length <= LONGEST) return short;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 6);
  return `b-${hash}-${name.slice(-6)}`;
}

/** Puts a bridge on every interface that has a real link (`bridge_all`); the links go to the bridge. */
export function createAcquiredBridges(context: NetworkContext, options: BridgeOptions): void {
  const configured = (each: InterfaceRecord): boolean =>
    each.type !== "bridge" && each.enabled && linksOf(context, each.id).some((link) => linkModeOf(link) !== "link_up");
  for (const below of context.machine.interfaces.filter(configured)) {
    const { mtu } = below.params;
    const columns = {
      ...copyColumns(below),
      name: bridgeName(below.name),
      type: "bridge" as const,
      params: {
        bridge_type: options.type,
        bridge_stp: options.stp,
        bridge_fd: options.fd,
        ...(mtu === undefined ? {} : { mtu }),
      },
      tags: [],
      acquired: true,
      vendor: null,
      product: null,
      firmwareVersion: null,
      interfaceSpeed: 0,
      linkSpeed: 0,
      numaNode: null,
      sriovMaxVf: 0,
    };
    const open = openColumns(null, columns);
    saveInterface(context, open);
    const bridge = open.id === null ? undefined : findInterface(context, open.id);
    if (bridge === undefined) continue;
    // The links move first: what sits below a bridge loses its own.
    const moved = linksOf(context, below.id);
    below.addresses = below.addresses.filter((address) => !moved.includes(address));
    bridge.addresses.push(...moved);
    bridge.parents = [below.id];
  }
}
