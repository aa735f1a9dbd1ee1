import { onZoneDeleted } from "../../machines/site-deletions";
import { Form } from "../../server/form";
import { notFound, refusal } from "../../server/refusal";
import type { MaasRequest, Route } from "../../server/route";
import type { Store } from "../../store";
import type { ZoneRecord } from "../model";
import { checkName, MODEL_NAME } from "../names";
import { renderZone } from "../render-zone";
import { update } from "../touch";
import { byName, resourceRoutes } from "./resource-routes";

function read(form: Form, store: Store, zone?: ZoneRecord): { name?: string; description?: string } {
  const name = form.required("name");
  const taken = store.site.zones.filter((other) => other !== zone).map((other) => other.name);
  checkName(form, name, { maxLength: 256, pattern: MODEL_NAME, taken, model: "Physical zone" });
  const description = form.text("description");
  form.finish();
  return { ...(name !== undefined && { name }), ...(description !== undefined && { description }) };
}

function find({ store, params }: MaasRequest): ZoneRecord {
  const zone = store.site.zones.find((candidate) => candidate.name === params["name"]);
  if (zone === undefined) throw notFound("Zone");
  return zone;
}

/** Machines and racks of a deleted zone move to the default zone. */
function remove(store: Store, zone: ZoneRecord): void {
  const { zoneId } = store.site.defaults;
  if (zone.id === zoneId) throw refusal(400, "This zone is the default zone, it cannot be deleted.");
  onZoneDeleted(store, zone.id, zoneId);
  for (const rack of store.site.rackControllers) if (rack.zoneId === zone.id) rack.zoneId = zoneId;
  store.site.zones = store.site.zones.filter((other) => other !== zone);
}

const routes = resourceRoutes<ZoneRecord>({
  collection: "/zones/",
  item: "/zones/:name/",
  list: ({ store }) => byName(store.site.zones),
  create: ({ store, form }) => {
    const values = read(new Form(form, false), store);
    const zone = { name: "", description: "", ...values, id: store.nextId("zone") };
    store.site.zones.push(zone);
    return zone;
  },
  find,
  change: ({ store, form }, zone) => update(store.site.zones, zone, read(new Form(form, true), store, zone)),
  remove: ({ store }, zone) => remove(store, zone),
  render: (_store, zone) => renderZone(zone),
});

/** `zones/` and `zones/{name}/`. Deleting answers 204 whether or not the zone exists. */
export const zoneRoutes: Route[] = routes.map((route) =>
  route.method !== "DELETE"
    ? route
    : {
        ...route,
        handle: ({ store, params }) => {
          const zone = store.site.zones.find((candidate) => candidate.name === params["name"]);
          if (zone !== undefined) remove(store, zone);
          store.changed();
          return { status: 204 };
        },
      },
);
