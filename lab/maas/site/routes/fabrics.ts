import { vlanInUse } from "../../machines/machines-of";
import { Form } from "../../server/form";
import { notFound, refusal } from "../../server/refusal";
import type { JsonObject } from "../../json";
import type { MaasRequest, Route } from "../../server/route";
import type { Store } from "../../store";
import { networkOf } from "../address";
import { createFabric } from "../create-fabric";
import { vlansOf } from "../defaults";
import { deleteFabric } from "../delete-fabric";
import type { FabricRecord, SubnetRecord } from "../model";
import { checkName, MODEL_NAME, WORD_NAME } from "../names";
import { findByReference } from "../references";
import { renderVlan } from "../render-vlan";
import { update } from "../touch";
import { resourceRoutes } from "./resource-routes";

function render(store: Store, fabric: FabricRecord): JsonObject {
  return {
    id: fabric.id,
    name: fabric.name,
    class_type: fabric.classType,
    vlans: vlansOf(store, fabric.id).map((vlan) => renderVlan(store, vlan.id)),
    resource_uri: `/MAAS/api/2.0/fabrics/${fabric.id}/`,
  };
}

function reserved(name: string, fabric?: FabricRecord): string | undefined {
  const own = fabric !== undefined && name === `fabric-${fabric.id}`;
  return /^fabric-\d+$/.test(name) && !own ? "Reserved fabric name." : undefined;
}

function read(form: Form, store: Store, fabric?: FabricRecord): Partial<FabricRecord> {
  const name = form.text("name");
  checkName(form, name, {
    maxLength: 256,
    pattern: WORD_NAME,
    patternText: (text) => `Invalid fabric name: ${text}.`,
    check: (text) => reserved(text, fabric),
    taken: store.site.fabrics.filter((other) => other !== fabric).map((other) => other.name),
    model: "Fabric",
  });
  const classType = form.text("class_type");
  form.limitLength("class_type", classType, 256);
  if (classType !== undefined && classType !== "" && !MODEL_NAME.test(classType)) {
    form.add("class_type", "Enter a valid value.");
  }
  const description = form.text("description");
  form.finish();
  return {
    ...(name !== undefined && name !== "" && { name }),
    ...(classType !== undefined && classType !== "" && { classType }),
    ...(description !== undefined && { description }),
  };
}

/** The fabric that a path's key (id or name) means. */
export function fabricOfPath(store: Store, reference: string): FabricRecord {
  const [fabric] = findByReference(store.site.fabrics, reference, "fabric");
  if (fabric === undefined) throw notFound("Fabric");
  return fabric;
}

function byNetwork(a: SubnetRecord, b: SubnetRecord): number {
  const [left, right] = [networkOf(a.cidr), networkOf(b.cidr)];
  if (left.version !== right.version) return left.version - right.version;
  if (left.first !== right.first) return left.first < right.first ? -1 : 1;
  return left.prefix - right.prefix;
}

function remove({ store }: MaasRequest, fabric: FabricRecord): void {
  if (fabric.id === store.site.defaults.fabricId) {
    throw refusal(400, "This fabric is the default fabric, it cannot be deleted.");
  }
  const vlans = vlansOf(store, fabric.id).map((vlan) => vlan.id);
  const subnets = store.site.subnets.filter((subnet) => vlans.includes(subnet.vlanId)).sort(byNetwork);
  if (subnets.length > 0) {
    const present = subnets.map((subnet) => subnet.cidr).join(", ");
    throw refusal(400, `Can't delete fabric; the following subnets are still present: ${present}`);
  }
  const interfaces = vlans.flatMap((vlan) => vlanInUse(store, vlan));
  if (interfaces.length > 0) {
    const connected = interfaces.join(", ");
    throw refusal(400, `Can't delete fabric; the following interfaces are still connected: ${connected}`);
  }
  deleteFabric(store, fabric.id);
}

/** `fabrics/` and `fabrics/{id or name}/`. The description is taken and never shown. */
export const fabricRoutes: Route[] = resourceRoutes<FabricRecord>({
  collection: "/fabrics/",
  item: "/fabrics/:id/",
  list: ({ store }) => store.site.fabrics,
  create: ({ store, form }) => createFabric(store, read(new Form(form, false), store)),
  find: ({ store, params }) => fabricOfPath(store, params["id"] ?? ""),
  change: ({ store, form }, fabric) => update(store.site.fabrics, fabric, read(new Form(form, true), store, fabric)),
  remove,
  render,
});
