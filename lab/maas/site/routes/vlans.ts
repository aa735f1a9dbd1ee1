import { onVlanDeleted } from "../../machines/site-deletions";
import { missing, notFound, refusal, saveErrors } from "../../server/refusal";
import type { MaasRequest, Route } from "../../server/route";
import type { Store } from "../../store";
import { createVlan } from "../create-fabric";
import { fabricDefaultVlan, isFabricDefault, vlansOf } from "../defaults";
import { deleteFabric } from "../delete-fabric";
import type { VlanRecord } from "../model";
import { renderVlan } from "../render-vlan";
import { touch, update } from "../touch";
import { fabricOfPath } from "./fabrics";
import { resourceRoutes } from "./resource-routes";
import { duplicateVid, readVlan, vidTaken } from "./vlan-form";

function byId({ store, params }: MaasRequest): VlanRecord {
  const key = params["id"] ?? "";
  if (!/^[+-]?\d+$/.test(key)) throw refusal(500, `Field 'id' expected a number but got '${key}'.`);
  const vlan = store.site.vlans.find((candidate) => candidate.id === Number(key));
  if (vlan === undefined) throw missing("VLAN with specified ID does not exist.");
  return vlan;
}

function byVid({ store, params }: MaasRequest): VlanRecord {
  const fabric = fabricOfPath(store, params["fabric_id"] ?? "");
  const key = params["vid"] ?? "";
  const vid = key === "untagged" ? 0 : /^\d+$/.test(key) ? Number(key) : undefined;
  if (vid !== undefined && vid > 4094) throw refusal(400, "VLAN tag (VID) out of range (0-4094; 0 for untagged.)");
  const found = vlansOf(store, fabric.id).filter((vlan) => (vid === undefined ? vlan.name === key : vlan.vid === vid));
  if (found.length > 1) throw refusal(403, "Too many VLAN objects match the given query.");
  if (found[0] === undefined) throw notFound("VLAN");
  return found[0];
}

function create({ store, params, form }: MaasRequest): VlanRecord {
  const fabric = fabricOfPath(store, params["fabric_id"] ?? "");
  if (form.has("dhcp_on") && !["", "false"].includes((form.get("dhcp_on") ?? "").toLowerCase())) {
    throw refusal(500, "'VLAN' instance needs to have a primary key value before this relationship can be used.");
  }
  const values = readVlan(form, store);
  const vid = values.vid ?? 0;
  if (vidTaken(store, fabric.id, vid)) throw saveErrors({ __all__: [duplicateVid] });
  return createVlan(store, fabric.id, { ...values, vid });
}

/** A fabric that lost its last VLAN is dropped. */
function change({ store, form }: MaasRequest, vlan: VlanRecord): void {
  const former = vlan.fabricId;
  update(store.site.vlans, vlan, readVlan(form, store, vlan));
  if (former !== store.site.defaults.fabricId && vlansOf(store, former).length === 0) deleteFabric(store, former);
}

/** VLAN interfaces on it vanish; its subnets and other interfaces move to the default VLAN of the fabric. */
function remove({ store }: MaasRequest, vlan: VlanRecord): void {
  if (isFabricDefault(store, vlan)) {
    throw refusal(400, "This VLAN is the default VLAN in the fabric, it cannot be deleted.");
  }
  const refuge = fabricDefaultVlan(store, vlan.fabricId);
  onVlanDeleted(store, vlan.id, refuge.id);
  for (const rack of store.site.rackControllers) if (rack.vlanId === vlan.id) rack.vlanId = refuge.id;
  for (const subnet of store.site.subnets.filter((candidate) => candidate.vlanId === vlan.id)) {
    subnet.vlanId = refuge.id;
    touch(store.site.subnets, subnet);
  }
  for (const other of store.site.vlans.filter((candidate) => candidate.relayVlanId === vlan.id)) {
    other.relayVlanId = null;
    touch(store.site.vlans, other);
  }
  store.site.vlans = store.site.vlans.filter((other) => other !== vlan);
}

const render = (store: Store, vlan: VlanRecord) => renderVlan(store, vlan.id);

const common = { create, change, remove, render };

/** `fabrics/{fabric}/vlans/`, `fabrics/{fabric}/vlans/{vid}/` and `vlans/{id}/`; there is no list of all VLANs. */
export const vlanRoutes: Route[] = [
  ...resourceRoutes<VlanRecord>({
    ...common,
    collection: "/fabrics/:fabric_id/vlans/",
    item: "/fabrics/:fabric_id/vlans/:vid/",
    list: ({ store, params }) => vlansOf(store, fabricOfPath(store, params["fabric_id"] ?? "").id),
    find: byVid,
  }),
  ...resourceRoutes<VlanRecord>({
    ...common,
    collection: "/vlans/",
    item: "/vlans/:id/",
    list: () => [],
    find: byId,
  }).filter((route) => route.path !== "/vlans/"),
];
