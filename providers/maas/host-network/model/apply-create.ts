import { formatVlan, sameVlan } from "../host-interface";
import type { CreateBond, CreateBridge, CreateVlan } from "../call";
import type { NetworkDraft } from "./network-draft";

/** Makes a bond: members lose their links, the bond has none of them. Answers why MAAS would refuse. */
export function createBond(draft: NetworkDraft, call: CreateBond): string | undefined {
  const members = call.parents.map((name) => draft.find(name));
  const [first] = members;
  if (first === undefined) return `there is no interface ${call.parents[0] ?? "to bond"}`;
  for (const [index, member] of members.entries()) {
    if (member?.type !== "physical") return `${call.parents[index] ?? ""} is no physical NIC`;
    if (draft.childrenOf(member.name).length > 0) return `${member.name} is in use`;
    if (member.vlan === undefined) return `${member.name} is disconnected: a bond over it could carry nothing`;
    if (!sameVlan(member.vlan, first.vlan)) return `${member.name} is on another VLAN than ${first.name}`;
  }
  if (draft.find(call.name) !== undefined) return `the name ${call.name} is taken`;
  const lowest = members.reduce((a, b) => (a !== undefined && b !== undefined && b.id < a.id ? b : a)) ?? first;
  draft.add({
    name: call.name,
    type: "bond",
    macAddress: call.macAddress ?? lowest.macAddress,
    ...(first.vlan === undefined ? {} : { vlan: first.vlan }),
    enabled: true,
    tags: call.tags,
    parents: [...call.parents].sort(),
    bond: call.bond,
    links: [],
  });
  for (const name of call.parents) draft.dropLinks(name);
  draft.addLink(call.name, { mode: "LINK_UP" });
  if (call.mtu !== undefined) draft.setMtu(call.name, call.mtu);
  return undefined;
}

/** Makes a bridge: the interface below loses its links, on Allocated machines to the bridge. Answers why MAAS would refuse. */
export function createBridge(draft: NetworkDraft, call: CreateBridge): string | undefined {
  const problem = bridgePortProblem(draft, call.parent);
  if (problem !== undefined) return problem;
  if (draft.find(call.name) !== undefined) return `the name ${call.name} is taken`;
  const port = draft.find(call.parent);
  if (port?.vlan === undefined) return `${call.parent} is disconnected: a bridge on it could carry nothing`;
  draft.add({
    name: call.name,
    type: "bridge",
    macAddress: call.macAddress ?? port.macAddress,
    vlan: port.vlan,
    enabled: true,
    tags: call.tags,
    parents: [call.parent],
    bridge: call.bridge,
    links: [],
  });
  if (draft.bridgeTakesLinks) draft.moveLinks(call.parent, call.name);
  else draft.dropLinks(call.parent);
  if (draft.find(call.name)?.links.length === 0) draft.addLink(call.name, { mode: "LINK_UP" });
  if (call.mtu !== undefined) draft.setMtu(call.name, call.mtu);
  return undefined;
}

/** Makes a VLAN interface: harmless to the links of the interface below. Answers why MAAS would refuse. */
export function createVlan(draft: NetworkDraft, call: CreateVlan): string | undefined {
  const problem = vlanParentProblem(draft, call.parent, call.vlan.fabric);
  if (problem !== undefined) return problem;
  if (call.vlan.vid === 0) return `${formatVlan(call.vlan)} is not tagged`;
  if (draft.find(call.name) !== undefined) return `the name ${call.name} is taken`;
  draft.add({
    name: call.name,
    type: "vlan",
    macAddress: draft.find(call.parent)?.macAddress ?? "",
    vlan: call.vlan,
    enabled: true,
    tags: call.tags,
    parents: [call.parent],
    links: [],
  });
  draft.addLink(call.name, { mode: "LINK_UP" });
  if (call.mtu !== undefined) draft.setMtu(call.name, call.mtu);
  return undefined;
}

/** Why an interface can carry no (further) bridge. */
export function bridgePortProblem(draft: NetworkDraft, name: string): string | undefined {
  const port = draft.find(name);
  if (port === undefined) return `there is no interface ${name}`;
  if (port.type === "bridge") return `${name} is a bridge itself`;
  if (draft.bondOf(name) !== undefined || draft.bridgeOn(name) !== undefined) return `${name} is in a bond or bridge`;
  return undefined;
}

/** Why an interface can carry no VLAN interface of a fabric. */
export function vlanParentProblem(draft: NetworkDraft, name: string, fabric: string): string | undefined {
  const parent = draft.find(name);
  if (parent === undefined) return `there is no interface ${name}`;
  if (parent.type === "vlan") return `${name} is a VLAN interface itself`;
  if (draft.bondOf(name) !== undefined) return `${name} is in a bond`;
  if (parent.vlan?.fabric !== fabric) return `${name} is not on the fabric ${fabric}`;
  return undefined;
}
