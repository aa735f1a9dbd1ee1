import type { Call } from "./call";
import { createBond, createBridge, createVlan } from "./model/apply-create";
import { linkSubnet, removeAllLinks, setDefaultGateway, unlinkSubnet } from "./model/apply-link";
import { updateInterface } from "./model/apply-update";
import { NetworkDraft } from "./model/network-draft";
import type { PresentNetwork } from "./present-network";

/** What a call leads to: the network after it, or why it must not be sent. */
export type Outcome =
  | { readonly network: PresentNetwork; readonly refused?: undefined }
  | { readonly refused: string; readonly network?: undefined };

/**
 * What MAAS 3.6 makes of a network by one call, side effects included. Refused is what MAAS refuses, what leads to a network that
 * carries nothing, and what was never measured, so that no plan ever depends on it. Pure; the given network is not changed.
 */
export function applyCall(call: Call, present: PresentNetwork): Outcome {
  const draft = new NetworkDraft(present);
  const refused = applyTo(draft, call);
  return refused === undefined ? { network: draft.finish() } : { refused };
}

/**
 * The network after a list of calls.
 *
 * @throws Error when one of them is refused
 */
export function applyCalls(calls: readonly Call[], present: PresentNetwork): PresentNetwork {
  return calls.reduce((network, call) => {
    const outcome = applyCall(call, network);
    if (outcome.refused !== undefined) throw new Error(`${call.operation} was refused: ${outcome.refused}.`);
    return outcome.network;
  }, present);
}

function applyTo(draft: NetworkDraft, call: Call): string | undefined {
  switch (call.operation) {
    case "create_bond":
      return createBond(draft, call);
    case "create_bridge":
      return createBridge(draft, call);
    case "create_vlan":
      return createVlan(draft, call);
    case "update":
      return updateInterface(draft, call);
    case "delete":
      return deleteInterface(draft, call.interface);
    case "link_subnet":
      return linkSubnet(draft, call);
    case "remove_all_links":
      return removeAllLinks(draft, call);
    case "unlink_subnet":
      return unlinkSubnet(draft, call);
    case "set_default_gateway":
      return setDefaultGateway(draft, call);
    case "clear_default_gateways":
      draft.setDefaultGateway(undefined);
      return undefined;
  }
}

function deleteInterface(draft: NetworkDraft, name: string): string | undefined {
  const item = draft.find(name);
  if (item === undefined) return `there is no interface ${name}`;
  if (item.type === "physical") return `${name} is a physical NIC, which is never deleted`;
  draft.remove(name);
  return undefined;
}
