import { missingKey } from "../../dynamic/configuration";
import { ApiError, messageOf } from "../../dynamic/errors";
import { projectsRequest, projectsSchema } from "../client/client";
import { clusterByName } from "../client/clusters";
import { type Gateway, listGateways } from "../client/gateways";
import { stateOf } from "../cluster/progress";
import { openTenant } from "./open-tenant";

/** Which Palette is looked at, and with what. */
export interface TenantLookUpOptions {
  readonly url: string;
  /** Absent when nobody set one: then nothing can be looked up. */
  readonly apiKey: string | undefined;
  readonly project: string;
  /** Name of the datacenter: the message for a missing key names the environment variable after it. */
  readonly datacenterName: string;
  readonly caCertificate?: string;
  /** Name of the cluster that matters. Default: none. */
  readonly cluster?: string;
}

/** A private cloud gateway. */
export interface GatewayFacts {
  readonly name: string;
  readonly running: boolean;
  /** In Palette's words. */
  readonly state: string;
}

/** What a Palette shows to this key, as plain data for the preflight. */
export interface TenantFacts {
  readonly projects: readonly string[];
  /** Empty when the project is not among `projects`. */
  readonly gateways: readonly GatewayFacts[];
  /** State of the cluster that was asked about, in Palette's words; null when there is none of that name. */
  readonly clusterState: string | null;
}

/** What was found, or why nothing could be: a preview then goes on blind and says so once. */
export type TenantLookUp =
  | { readonly ok: true; readonly tenant: TenantFacts }
  | {
      readonly ok: false;
      readonly cause: "no-key" | "unauthorised" | "unreachable" | "failed";
      /** Why, with the endpoint but no secret, and what to do. */
      readonly reason: string;
    };

/** Looks at a Palette. Reads only, and never throws: what goes wrong is in the answer. */
export async function lookUpTenant(options: TenantLookUpOptions): Promise<TenantLookUp> {
  const { apiKey, project, datacenterName, caCertificate } = options;
  if (apiKey === undefined) {
    return { ok: false, cause: "no-key", reason: missingKey(datacenterName, "palette").message };
  }
  try {
    const { transport, client } = openTenant({
      url: options.url,
      apiKey,
      project,
      ...(caCertificate === undefined ? {} : { caCertificate }),
    });
    const projects = (await transport.json(projectsRequest, projectsSchema)).map(({ metadata }) => metadata.name);
    if (!projects.includes(project)) return { ok: true, tenant: { projects, gateways: [], clusterState: null } };
    const [gateways, cluster] = await Promise.all([
      listGateways(client),
      options.cluster === undefined ? undefined : clusterByName(client, options.cluster),
    ]);
    const clusterState = cluster === undefined ? null : stateOf(cluster);
    return { ok: true, tenant: { projects, gateways: gateways.map(gatewayFacts), clusterState } };
  } catch (failure) {
    return { ok: false, cause: causeOf(failure), reason: messageOf(failure) };
  }
}

/** A gateway as plain data; the one that is part of Palette itself has no state and counts as running. */
export function gatewayFacts(gateway: Gateway): GatewayFacts {
  const state = gateway.status?.state ?? "unknown";
  return { name: gateway.metadata.name, running: state === "Running" || gateway.spec?.isSystem === true, state };
}

function causeOf(failure: unknown): "unauthorised" | "unreachable" | "failed" {
  if (!(failure instanceof ApiError)) return "failed";
  if (failure.status === undefined) return "unreachable";
  return failure.status === 401 || failure.status === 403 ? "unauthorised" : "failed";
}
