import { applyCall } from "./apply-call";
import type { Call, InterfaceFields, UpdateInterface } from "./call";
import { formatVlan } from "./host-interface";
import type { PresentInterface, PresentLink, PresentNetwork } from "./present-network";

/**
 * A plan as lines for whoever has to approve it: each call in words, and indented below it what MAAS does along with it. A plan of
 * nothing is one line that says so.
 */
export function printPlan(calls: readonly Call[], present: PresentNetwork): string[] {
  if (calls.length === 0) return ["The network is as described: nothing to do."];
  const lines: string[] = [];
  let network = present;
  for (const [index, call] of calls.entries()) {
    lines.push(`${String(index + 1).padStart(2)}. ${describeCall(call, network)}`);
    const outcome = applyCall(call, network);
    if (outcome.refused !== undefined) return [...lines, `    would be refused: ${outcome.refused}`];
    lines.push(...sideEffects(call, network, outcome.network).map((effect) => `    ${effect}`));
    network = outcome.network;
  }
  return lines;
}

/** One call in words; of the parameters of a bond or bridge those that differ from what is there. */
export function describeCall(call: Call, present: PresentNetwork): string {
  switch (call.operation) {
    case "create_bond":
      return `create bond ${call.name} (${call.bond.mode}) of ${call.parents.join(", ")}${withMtu(call.mtu)}`;
    case "create_bridge":
      return `create bridge ${call.name} on ${call.parent}${withMtu(call.mtu)}`;
    case "create_vlan":
      return `create VLAN interface ${call.name} (${formatVlan(call.vlan)}) on ${call.parent}${withMtu(call.mtu)}`;
    case "update":
      return `change ${call.interface}: ${describeFields(call, present.interfaces.get(call.interface))}`;
    case "delete":
      return `delete ${call.interface}`;
    case "link_subnet":
      return `link ${call.interface}: ${formatAddress(call)}${call.defaultGateway ? ", the default gateway" : ""}`;
    case "remove_all_links":
      return `take all links off ${call.interface}`;
    case "unlink_subnet":
      return `unlink ${call.interface}: ${formatAddress(call)}`;
    case "set_default_gateway":
      return `make ${call.subnet ?? `link ${call.linkId}`} on ${call.interface} the default gateway`;
    case "clear_default_gateways":
      return "leave the default gateway to MAAS";
  }
}

function withMtu(mtu: number | undefined): string {
  return mtu === undefined ? "" : `, MTU ${mtu}`;
}

function describeFields({ fields, type, tags }: UpdateInterface, item: PresentInterface | undefined): string {
  const words: string[] = [];
  if (fields.name !== undefined) words.push(`rename to ${fields.name}`);
  if (fields.parents !== undefined)
    words.push(`${type === "bond" ? "members" : "move to"} ${fields.parents.join(", ")}`);
  if (fields.vlan !== undefined) words.push(`VLAN ${formatVlan(fields.vlan ?? undefined)}`);
  if (fields.mtu !== undefined) words.push(fields.mtu === null ? "no MTU of its own" : `MTU ${fields.mtu}`);
  words.push(...parameters(fields, item));
  if (fields.macAddress !== undefined) words.push(`MAC address ${fields.macAddress}`);
  if (fields.enabled !== undefined) words.push(fields.enabled ? "enable" : "disable");
  return words.length > 0 ? words.join(", ") : `tags ${tags.join(", ") || "none"}`;
}

function parameters({ bond, bridge }: InterfaceFields, item: PresentInterface | undefined): string[] {
  const before: Readonly<Record<string, unknown>> = { ...item?.bond, ...item?.bridge };
  return Object.entries({ ...bond, ...bridge })
    .filter(([key, value]) => before[key] !== value)
    .map(([key, value]) => `${key} ${String(value)}`);
}

function formatAddress(link: { mode: string; subnet?: string; ipAddress?: string }): string {
  return [link.mode, link.ipAddress, link.subnet].filter((word) => word !== undefined).join(" ");
}

function sideEffects(call: Call, before: PresentNetwork, after: PresentNetwork): string[] {
  const target = "interface" in call ? call.interface : undefined;
  const renamed = call.operation === "update" ? call.fields.name : undefined;
  const effects: string[] = [];
  for (const item of before.interfaces.values()) {
    const now = after.interfaces.get(item.name === target ? (renamed ?? item.name) : item.name);
    if (now === undefined) {
      if (item.name !== target) effects.push(`deletes ${item.name} along with it`);
      effects.push(...lostLinks(item, []));
      continue;
    }
    if (call.operation !== "unlink_subnet" && call.operation !== "remove_all_links")
      effects.push(...lostLinks(item, now.links));
    if (item.name === target) continue;
    if (formatVlan(item.vlan) !== formatVlan(now.vlan))
      effects.push(`puts ${item.name} on VLAN ${formatVlan(now.vlan)}`);
    if (item.mtu !== now.mtu && now.mtu !== undefined) effects.push(`sets the MTU of ${item.name} to ${now.mtu}`);
  }
  const gateway = before.defaultGatewayLinkId;
  if (gateway !== undefined && after.defaultGatewayLinkId === undefined && call.operation !== "clear_default_gateways")
    effects.push("the machine has no explicit default gateway until one is set");
  return effects;
}

function lostLinks(item: PresentInterface, now: readonly PresentLink[]): string[] {
  return item.links
    .filter((link) => link.mode !== "LINK_UP" && !now.some((other) => other.id === link.id))
    .map((link) => `takes ${formatAddress(link)} off ${item.name}`);
}
