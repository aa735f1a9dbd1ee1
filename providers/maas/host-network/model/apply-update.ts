import type { InterfaceFields, UpdateInterface } from "../call";
import { sameVlan } from "../host-interface";
import type { PresentInterface } from "../present-network";
import { bridgePortProblem, vlanParentProblem } from "./apply-create";
import type { NetworkDraft } from "./network-draft";

/** Changes an interface. Answers why MAAS would refuse, or why the outcome was never measured. */
export function updateInterface(draft: NetworkDraft, call: UpdateInterface): string | undefined {
  const item = draft.find(call.interface);
  if (item === undefined) return `there is no interface ${call.interface}`;
  const { fields } = call;
  draft.saved(item.name);
  if (fields.name !== undefined && fields.name !== item.name && draft.find(fields.name) !== undefined)
    return `the name ${fields.name} is taken`;
  const refused =
    (fields.vlan === undefined ? undefined : changeVlan(draft, item, fields)) ??
    (fields.parents === undefined ? undefined : changeParents(draft, item, fields));
  if (refused !== undefined) return refused;
  if (fields.enabled !== undefined) changeEnabled(draft, item.name, fields.enabled);
  if (fields.bond !== undefined) draft.patch(item.name, { bond: fields.bond });
  if (fields.bridge !== undefined) draft.patch(item.name, { bridge: fields.bridge });
  if (fields.macAddress !== undefined) draft.setMacAddress(item.name, fields.macAddress);
  draft.patch(item.name, { tags: call.tags });
  if (fields.mtu === null) draft.clearMtu(item.name);
  else if (fields.mtu !== undefined) draft.setMtu(item.name, fields.mtu);
  draft.saved(item.name);
  if (fields.name !== undefined) draft.rename(item.name, fields.name);
  return undefined;
}

/** The links go, and no LINK_UP comes. A bond takes its members along, a bridge everything below. */
function changeVlan(draft: NetworkDraft, item: PresentInterface, fields: InterfaceFields): string | undefined {
  const vlan = fields.vlan ?? undefined;
  if (draft.bondOf(item.name) !== undefined) return `${item.name} is in a bond: the VLAN of a member is the bond's`;
  if (draft.bridgeOn(item.name) !== undefined) return `${item.name} is below a bridge: its VLAN is set on the bridge`;
  if (item.type === "vlan") {
    if (vlan === undefined || vlan.vid === 0) return `a VLAN interface needs a tagged VLAN`;
    const [parent = ""] = fields.parents ?? item.parents;
    if (draft.find(parent)?.vlan?.fabric !== vlan.fabric) return `${parent} is not on the fabric ${vlan.fabric}`;
  } else if (fields.parents !== undefined) {
    return `never measured: members and VLAN of a ${item.type} in one call`;
  }
  if (vlan === undefined && draft.childrenOf(item.name).length > 0) return `${item.name} has interfaces above it`;
  return moveToVlan(draft, item, vlan);
}

function moveToVlan(draft: NetworkDraft, item: PresentInterface, vlan: PresentInterface["vlan"]): string | undefined {
  if (item.type === "bond" || item.type === "bridge")
    for (const name of item.parents) {
      const below = draft.find(name);
      if (below === undefined || below.type === "vlan")
        return `never measured: the VLAN of a bridge on a VLAN interface`;
      moveToVlan(draft, below, vlan);
    }
  draft.setVlan(item.name, vlan);
  draft.dropLinks(item.name);
  return undefined;
}

function changeParents(draft: NetworkDraft, item: PresentInterface, fields: InterfaceFields): string | undefined {
  const parents = [...(fields.parents ?? [])].sort();
  const [parent] = parents;
  if (parent === undefined) return `${item.name} needs an interface below`;
  if (item.type === "physical") return `a physical NIC has nothing below`;
  if (parents.some((name) => draft.sitsOn(name, item.name))) return `${parent} sits on ${item.name} itself`;
  if (item.type === "bond") return changeMembers(draft, item, parents);
  if (item.type === "vlan") {
    const problem = vlanParentProblem(draft, parent, (fields.vlan ?? item.vlan)?.fabric ?? "");
    if (problem !== undefined) return problem;
  } else {
    const problem = bridgePortProblem(draft, parent);
    if (problem !== undefined) return problem;
    if (!sameVlan(draft.find(parent)?.vlan, item.vlan)) return `never measured: a bridge moved to another VLAN`;
    draft.dropLinks(parent);
  }
  draft.patch(item.name, { parents });
  if (item.type === "vlan") draft.setMacAddress(item.name, draft.find(parent)?.macAddress ?? item.macAddress);
  else takeMacAddress(draft, item, parents);
  return undefined;
}

/** New members lose their links and come to the bond's VLAN; former ones stay there without links. */
function changeMembers(draft: NetworkDraft, item: PresentInterface, parents: readonly string[]): string | undefined {
  const joining = parents.filter((name) => !item.parents.includes(name));
  if (joining.length === parents.length) return `never measured: a bond that changes all its members at once`;
  for (const name of joining) {
    const member = draft.find(name);
    if (member?.type !== "physical") return `${name} is no physical NIC`;
    if (draft.childrenOf(name).length > 0) return `${name} is in use`;
    if (member.vlan === undefined) return `never measured: a disconnected NIC that joins a bond`;
  }
  for (const name of joining) {
    draft.dropLinks(name);
    draft.setVlan(name, item.vlan);
  }
  draft.patch(item.name, { parents });
  takeMacAddress(draft, item, parents);
  return undefined;
}

/** When what gave a bond or bridge its MAC address leaves it, the oldest of what is below then gives it another. */
function takeMacAddress(draft: NetworkDraft, item: PresentInterface, parents: readonly string[]): void {
  const gone = item.parents.filter((name) => !parents.includes(name));
  if (!gone.some((name) => draft.find(name)?.macAddress === item.macAddress)) return;
  const [oldest] = draft
    .all()
    .filter(({ name }) => parents.includes(name))
    .sort((a, b) => a.id - b.id);
  if (oldest !== undefined) draft.setMacAddress(item.name, oldest.macAddress);
}

function changeEnabled(draft: NetworkDraft, name: string, enabled: boolean): void {
  if (draft.find(name)?.type !== "physical") return;
  draft.patch(name, { enabled });
  if (!enabled) draft.dropLinks(name);
  else if (draft.find(name)?.links.length === 0 && draft.bondOf(name) === undefined)
    draft.addLink(name, { mode: "LINK_UP" });
}
