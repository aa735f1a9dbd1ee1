import { Form, NO_SUCH_CHOICE } from "../../server/form";
import { notFound, refusal, saveErrors } from "../../server/refusal";
import type { JsonObject } from "../../json";
import type { MaasRequest, Route } from "../../server/route";
import type { Store } from "../../store";
import { cidrContains, networkOf } from "../address";
import { findSubnets } from "../find-subnet";
import type { StaticRouteRecord, SubnetRecord } from "../model";
import { idIn } from "../references";
import { renderSubnet } from "../render-subnet";
import { update } from "../touch";
import { resourceRoutes } from "./resource-routes";

type Values = Pick<StaticRouteRecord, "sourceId" | "destinationId" | "gatewayIp"> & { metric?: number };

function render(store: Store, route: StaticRouteRecord): JsonObject {
  return {
    id: route.id,
    source: renderSubnet(store, route.sourceId),
    destination: renderSubnet(store, route.destinationId),
    gateway_ip: route.gatewayIp,
    metric: route.metric,
    resource_uri: `/MAAS/api/2.0/static-routes/${route.id}/`,
  };
}

/** A subnet by id, name, CIDR or specifier. */
function readSubnet(form: Form, store: Store, field: string, currentId?: number): SubnetRecord | undefined {
  const text = form.required(field);
  if (text === undefined) {
    return form.failed(field) ? undefined : store.site.subnets.find((subnet) => subnet.id === currentId);
  }
  const found = findSubnets(store, text);
  if (found.length > 1) form.add(field, "Got more than one subnet.");
  else if (found.length === 0) {
    form.add(field, idIn(text, "subnet") === undefined ? NO_SUCH_CHOICE : `None found with id=${text}.`);
  }
  return found.length === 1 ? found[0] : undefined;
}

/** The rules of a whole route; the first that is broken counts. */
function checkRoute(form: Form, source: SubnetRecord, destination: SubnetRecord, gateway: string | undefined): void {
  if (source === destination) {
    form.add("__all__", "source and destination cannot be the same subnet.");
  } else if (networkOf(source.cidr).version !== networkOf(destination.cidr).version) {
    form.add("__all__", "source and destination must be the same IP version.");
  } else if (gateway !== undefined && !cidrContains(source.cidr, gateway)) {
    form.add("__all__", "gateway_ip must be with in the source subnet.");
  }
}

function read({ form: parameters, store }: MaasRequest, route?: StaticRouteRecord): Values {
  const form = new Form(parameters, route !== undefined);
  const source = readSubnet(form, store, "source", route?.sourceId);
  const destination = readSubnet(form, store, "destination", route?.destinationId);
  const sent = form.required("gateway_ip");
  const gateway =
    sent === undefined ? (form.failed("gateway_ip") ? undefined : route?.gatewayIp) : form.address("gateway_ip");
  const metric = form.integer("metric", { min: 0 });
  if (gateway !== undefined) {
    if (source === undefined) throw refusal(500, "'NoneType' object has no attribute 'get_ipnetwork'");
    if (!cidrContains(source.cidr, gateway)) form.add("gateway_ip", `Enter an IP address in ${source.cidr}.`);
  }
  if (source !== undefined && destination !== undefined) checkRoute(form, source, destination, gateway);
  form.finish();
  const values = { sourceId: source?.id ?? 0, destinationId: destination?.id ?? 0, gatewayIp: gateway ?? "" };
  const same = store.site.staticRoutes.some(
    (other) =>
      other !== route &&
      other.sourceId === values.sourceId &&
      other.destinationId === values.destinationId &&
      other.gatewayIp === values.gatewayIp,
  );
  if (same) {
    throw saveErrors({ __all__: ["Static route with this Source, Destination and Gateway IP already exists."] });
  }
  return { ...values, ...(typeof metric === "number" && { metric }) };
}

function find({ store, params }: MaasRequest): StaticRouteRecord {
  const key = params["id"] ?? "";
  if (!/^[+-]?\d+$/.test(key)) throw refusal(500, `Field 'id' expected a number but got '${key}'.`);
  const route = store.site.staticRoutes.find((candidate) => candidate.id === Number(key));
  if (route === undefined) throw notFound("StaticRoute");
  return route;
}

/** `static-routes/` and `static-routes/{id}/`. */
export const staticRouteRoutes: Route[] = resourceRoutes<StaticRouteRecord>({
  collection: "/static-routes/",
  item: "/static-routes/:id/",
  list: ({ store }) => store.site.staticRoutes,
  create: (request) => {
    const { store } = request;
    const route = { metric: 0, ...read(request), id: store.nextId("static-route") };
    store.site.staticRoutes.push(route);
    return route;
  },
  find,
  change: (request, route) => update(request.store.site.staticRoutes, route, read(request, route)),
  remove: ({ store }, route) => {
    store.site.staticRoutes = store.site.staticRoutes.filter((other) => other !== route);
  },
  render,
});
