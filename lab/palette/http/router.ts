import type { Answer } from "./answer";
import type { Call } from "./call";
import { RouterError } from "./error";

/**
 * Which scope header an operation takes: `tenant` refuses `ProjectUid`; `project` wants it; `any` takes the scope of the
 * header, tenant without one.
 */
export type Scope = "tenant" | "project" | "any";

/** HTTP verbs of the API. */
export type Verb = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** One operation of the API. */
export interface Route {
  verb: Verb;
  /** Path with parameters in braces: `/v1/spectroclusters/{uid}`. */
  path: string;
  scope: Scope;
  /** Answered without a key (`authenticate` only). */
  anonymous?: boolean;
  /** What a refusal calls the operation: `cluster.get`. */
  permission: string;
  handle(call: Call): Answer | Promise<Answer>;
}

/** A route with the path's parameters. */
export interface Match {
  route: Route;
  params: Record<string, string>;
}

interface Compiled {
  route: Route;
  segments: string[];
  literals: number;
}

/** Paths of which the real service has other verbs than the lab: their list verb is retired and answers 405, not 404. */
const UNSERVED: Record<string, Verb[]> = { "/v1/projects": ["POST"] };

/** Finds the operation of a request; a literal segment wins over a parameter. */
export class Router {
  private readonly compiled: Compiled[];

  constructor(routes: readonly Route[]) {
    this.compiled = routes
      .map((route) => {
        const segments = route.path.split("/");
        return { route, segments, literals: segments.filter((segment) => !segment.startsWith("{")).length };
      })
      .sort((one, other) => other.literals - one.literals);
  }

  /**
   * @throws RouterError 404 `path … was not found`, or 405 naming the verbs that the path has.
   */
  match(verb: string, path: string): Match {
    const segments = path.split("/");
    const candidates = this.compiled
      .map((entry) => ({ entry, params: paramsOf(entry.segments, segments) }))
      .filter((candidate) => candidate.params !== undefined);
    const found = candidates.find((candidate) => candidate.entry.route.verb === verb);
    if (found) return { route: found.entry.route, params: found.params ?? {} };
    const verbs = [...candidates.map((candidate) => candidate.entry.route.verb), ...(UNSERVED[path] ?? [])].sort();
    if (verbs.length === 0 || verbs.includes(verb as Verb)) throw new RouterError(404, `path ${path} was not found`);
    throw new RouterError(405, `method ${verb} is not allowed, but [${[...new Set(verbs)].join(",")}] are`);
  }
}

function paramsOf(pattern: string[], segments: string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const actual = segments[index] ?? "";
    if (expected.startsWith("{")) {
      if (actual === "") return undefined;
      params[expected.slice(1, -1)] = decoded(actual);
    } else if (expected !== actual) return undefined;
  }
  return params;
}

// A segment that is not percent-encoded text stands for itself.
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
