import { refusal } from "./refusal";
import type { Parameters, Route } from "./route";

/** Path of the API below the server. */
export const API_BASE = "/MAAS/api/2.0";

/** A path of the API with its routes. */
interface Endpoint {
  expression: RegExp;
  names: string[];
  routes: Route[];
}

/** What a path leads to. */
export interface Match {
  params: Record<string, string>;
  routes: Route[];
  /** Named in the path (`…/op-allocate`) instead of by a parameter. */
  operation?: string;
}

/** A subnet's path key may be a CIDR, the only one with a slash in it (of two or three digits after it). */
const SUBNET_KEY = "([.: \\w-]+(?:/\\d\\d\\d?)?)";

function endpoint(path: string): Endpoint {
  const names = [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? "");
  const source = path.startsWith("/subnets/:") ? path.replace(/:\w+/, SUBNET_KEY) : path.replace(/:\w+/g, "([^/]+)");
  return { expression: new RegExp(`^${source}$`), names, routes: [] };
}

/** Finds the routes of a path and the one that a request means. */
export class Router {
  private readonly endpoints = new Map<string, Endpoint>();

  constructor(routes: readonly Route[]) {
    for (const route of routes) {
      const known = this.endpoints.get(route.path) ?? endpoint(route.path);
      known.routes.push(route);
      this.endpoints.set(route.path, known);
    }
  }

  /** The endpoint at a decoded path below the API's base; undefined when there is none (a missing slash counts too). */
  match(path: string): Match | undefined {
    const [, base, operation] = /^(.*\/)op-([^/]+)$/.exec(path) ?? [];
    for (const { expression, names, routes } of this.endpoints.values()) {
      const found = expression.exec(base ?? path);
      if (found === null) continue;
      const params = Object.fromEntries(names.map((name, index) => [name, found[index + 1] ?? ""]));
      return operation === undefined ? { params, routes } : { params, routes, operation };
    }
    return undefined;
  }
}

/** Verbs that an endpoint knows, as the Allow header lists them. */
export function allowedMethods(match: Match): string {
  return [...new Set(match.routes.map((route) => route.method))].sort().join(", ");
}

/** The operation's name: in the query, of a POST also in the body, else in the path. */
export function operationOf(match: Match, method: string, query: Parameters, form: Parameters): string | undefined {
  const named = [query.get("op"), method === "POST" ? form.get("op") : undefined].find(
    (op) => op !== undefined && op !== "",
  );
  return named ?? match.operation;
}

/** The route of a verb and operation; refuses an operation that the endpoint does not have. */
export function chooseRoute(match: Match, method: string, operation: string | undefined): Route {
  const route = match.routes.find((candidate) => candidate.method === method && candidate.operation === operation);
  if (route === undefined) throw refusal(400, `Unrecognised signature: method=${method} op=${operation ?? "None"}`);
  return route;
}
