import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { networkContains } from "../../addressing/network";
import { ServedResource } from "../dynamic/resource";
import type { Fields } from "./client/form";
import type { StaticRouteAnswer } from "./client/site-types";
import type { MaasConnection } from "./connection";
import { address, network } from "./network-field";
import { ownedKind } from "./owned-kind";
import type { OwnershipInputs } from "./owned-kind-options";
import { ownerBy } from "./owners";
import type { Origin, Owned } from "./ownership/decide";
import { routeObject } from "./ownership/object-names";
import type { Values } from "./ownership/values";

/** Inputs of a {@link StaticRoute}. */
export interface StaticRouteArgs {
  /** CIDR of the subnet whose hosts get the route. */
  source: pulumi.Input<string>;
  /** CIDR of the network that it leads to; MAAS wants a subnet of that CIDR. */
  destination: pulumi.Input<string>;
  /** Next hop, inside the source subnet. */
  gateway: pulumi.Input<string>;
  /** Metric, 0 or more. Default: not described; 0 on a created route. */
  metric?: pulumi.Input<number | null>;
  /** Whether fields of an object that exists already may be changed. Default: false; one that is as described needs no permission. */
  adopt?: pulumi.Input<boolean>;
  /** Names of fields whose dangerous change is approved (`maas.approve`). Default: none. */
  approve?: pulumi.Input<string[]>;
  /** Compare only, never write: somebody else manages it. Default: false. */
  reference?: pulumi.Input<boolean>;
}

interface StaticRouteFields {
  source: string;
  destination: string;
  gateway: string;
  metric: number | null;
}

type StaticRouteInputs = StaticRouteFields & OwnershipInputs;

/** The kind behind {@link StaticRoute}. */
export const staticRouteKind = ownedKind<StaticRouteFields, object, StaticRouteAnswer>({
  kind: "maas:StaticRoute",
  objectKind: "route",
  fields: {
    source: { type: network(), always: true, read: (answer) => answer.source.cidr },
    destination: { type: network(), always: true, read: (answer) => answer.destination.cidr },
    gateway: { type: address(), always: true, read: (answer) => answer.gateway_ip },
    metric: {
      type: z.int().min(0, { error: "must be 0 or more" }),
      byDefault: () => 0,
      read: (answer) => answer.metric,
    },
  },
  checkTogether: (inputs) => [
    ...(networkContains(inputs.source, inputs.gateway)
      ? []
      : [
          { property: "gateway", reason: `${inputs.gateway} must be an address of the source subnet ${inputs.source}` },
        ]),
    ...(inputs.source === inputs.destination
      ? [{ property: "destination", reason: `${inputs.destination} is the source itself; a route leads elsewhere` }]
      : []),
  ],
  object: ({ source, destination, gateway }) => routeObject(source, destination, gateway),
  isIt: isRoute,
  list: (link, _inputs, age) => link.client.staticRoutes.list(age),
  idOf: (answer) => String(answer.id),
  byId: (link, id) => link.client.staticRoutes.get(id),
  // A route has no field for a marker: it belongs to the owner of its source.
  owner: (link, answer) => ownerBy(link, { subnets: ({ id }) => id === answer.source.id }),
  form: (_link, values) => formOf(values),
  create: (link, fields, inputs) => link.client.staticRoutes.create(fields, (answer) => isRoute(answer, inputs)),
  send: (link, answer, fields) => link.client.staticRoutes.update(String(answer.id), fields),
  remove: (link, answer) => link.client.staticRoutes.remove(String(answer.id)),
});

function isRoute(answer: StaticRouteAnswer, inputs: StaticRouteFields): boolean {
  return (
    answer.source.cidr === inputs.source &&
    answer.destination.cidr === inputs.destination &&
    answer.gateway_ip === inputs.gateway
  );
}

/** Subnets are referred to by CIDR, which is unique; their names are not. */
function formOf({ source, destination, gateway, metric }: Partial<StaticRouteFields>): Fields {
  return {
    source: source === undefined ? undefined : `cidr:${source}`,
    destination: destination === undefined ? undefined : `cidr:${destination}`,
    gateway_ip: gateway,
    metric: metric ?? undefined,
  };
}

/**
 * A static route of MAAS (API: static-routes), put on hosts at deployment: how networks behind the management subnet are reached
 * while the default gateway is on the data VLAN (RA, Network configuration). An equal one that exists is adopted.
 */
export class StaticRoute extends ServedResource<StaticRouteInputs, Owned, MaasConnection> {
  declare public readonly source: pulumi.Output<string>;
  declare public readonly destination: pulumi.Output<string>;
  declare public readonly gateway: pulumi.Output<string>;
  declare public readonly metric: pulumi.Output<number | null>;
  declare public readonly adopt: pulumi.Output<boolean>;
  declare public readonly approve: pulumi.Output<string[]>;
  declare public readonly reference: pulumi.Output<boolean>;
  /** Whether it was created here, adopted, or is only referenced. */
  declare public readonly origin: pulumi.Output<Origin>;
  /** Values that managed fields of an adopted object had before. */
  declare public readonly previous: pulumi.Output<Values>;
  /** Values that this stack gave the managed fields of an adopted object. */
  declare public readonly applied: pulumi.Output<Values>;

  constructor(name: string, args: StaticRouteArgs, options?: pulumi.CustomResourceOptions) {
    super(staticRouteKind, name, args, options);
  }

  /** A route that is managed elsewhere, by its MAAS id. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): StaticRoute {
    return new StaticRoute(name, {} as StaticRouteArgs, { ...options, id });
  }
}
