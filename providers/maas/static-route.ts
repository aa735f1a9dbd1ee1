import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { networkContains } from "../../addressing/network";
import { ServedResource } from "../dynamic/resource";
import type { StaticRouteAnswer } from "./client/site-types";
import type { MaasConnection } from "./connection";
import { address, network } from "./network-field";
import { ownedKind } from "./owned-kind";
import type { Origin, Owned } from "./ownership";

/** Inputs of a {@link StaticRoute}. */
export interface StaticRouteArgs {
  /** CIDR of the subnet whose hosts get the route. */
  source: pulumi.Input<string>;
  /** CIDR of the network that it leads to; MAAS wants a subnet of that CIDR. */
  destination: pulumi.Input<string>;
  /** Next hop, inside the source subnet. */
  gateway: pulumi.Input<string>;
  /** Metric, 0 or more. Default: 0. */
  metric?: pulumi.Input<number>;
}

interface StaticRouteInputs {
  source: string;
  destination: string;
  gateway: string;
  metric: number;
}

/** The values that a route taken over had before. */
export type StaticRouteFormer = StaticRouteInputs;

/** The kind behind {@link StaticRoute}. */
export const staticRouteKind = ownedKind<StaticRouteInputs, StaticRouteAnswer, StaticRouteFormer>({
  kind: "maas:StaticRoute",
  schema: {
    source: network(),
    destination: network(),
    gateway: address(),
    metric: z.int().min(0, { error: "must be 0 or more" }).default(0),
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
  what: (inputs) => `Static route from ${inputs.source} to ${inputs.destination} over ${inputs.gateway}`,
  isIt: (answer, inputs) =>
    answer.source.cidr === inputs.source &&
    answer.destination.cidr === inputs.destination &&
    answer.gateway_ip === inputs.gateway,
  list: (link, _inputs, age) => link.client.staticRoutes.list(age),
  idOf: (answer) => String(answer.id),
  byId: (link, id) => link.client.staticRoutes.get(id),
  // A route's answer has no field for a marker; an equal one holds no data.
  claim: () => ({ adopt: true }),
  create: (link, inputs) =>
    link.client.staticRoutes.create(
      fieldsOf(inputs),
      (answer) =>
        answer.source.cidr === inputs.source &&
        answer.destination.cidr === inputs.destination &&
        answer.gateway_ip === inputs.gateway,
    ),
  inputsOf: valuesOf,
  write: (link, answer, inputs) => link.client.staticRoutes.update(String(answer.id), fieldsOf(inputs)),
  formerOf: valuesOf,
  restore: (link, answer, former) => link.client.staticRoutes.update(String(answer.id), fieldsOf(former)),
  remove: (link, answer) => link.client.staticRoutes.remove(String(answer.id)),
});

function valuesOf(answer: StaticRouteAnswer): StaticRouteInputs {
  return {
    source: answer.source.cidr,
    destination: answer.destination.cidr,
    gateway: answer.gateway_ip,
    metric: answer.metric,
  };
}

/** Subnets are named by CIDR, which is unique; their names are not. */
function fieldsOf(inputs: StaticRouteInputs) {
  return {
    source: `cidr:${inputs.source}`,
    destination: `cidr:${inputs.destination}`,
    gateway_ip: inputs.gateway,
    metric: inputs.metric,
  };
}

/**
 * A static route of MAAS (API: static-routes), put on hosts at deployment: how networks behind the management subnet are reached
 * while the default gateway is on the data VLAN (RA, Network configuration). An equal one that exists is taken over.
 */
export class StaticRoute extends ServedResource<StaticRouteInputs, Owned<StaticRouteFormer>, MaasConnection> {
  declare public readonly source: pulumi.Output<string>;
  declare public readonly destination: pulumi.Output<string>;
  declare public readonly gateway: pulumi.Output<string>;
  declare public readonly metric: pulumi.Output<number>;
  /** Whether it was created here or taken over. */
  declare public readonly origin: pulumi.Output<Origin>;
  /** The values that a route taken over had before. */
  declare public readonly former: pulumi.Output<StaticRouteFormer | null>;

  constructor(name: string, args: StaticRouteArgs, options?: pulumi.CustomResourceOptions) {
    super(staticRouteKind, name, args, options);
  }

  /** A route that is managed elsewhere, by its MAAS id. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): StaticRoute {
    return new StaticRoute(name, {} as StaticRouteArgs, { ...options, id });
  }
}
