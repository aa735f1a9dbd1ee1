import type { JsonValue } from "../json";
import type { Store } from "../store";

/** Repeatable text parameters of a query or a body, in the order sent. */
export interface Parameters {
  /** The *last* value of a parameter, as Django takes it; undefined when it was not sent. */
  get(name: string): string | undefined;
  /** Every value of a parameter, in the order sent. */
  getAll(name: string): string[];
  /** Whether the parameter was sent, also when empty. */
  has(name: string): boolean;
  /** Every name and value, in the order sent. */
  entries(): [string, string][];
}

/** One authenticated request, as a route's handler gets it. */
export interface MaasRequest {
  /** HTTP verb in capitals. */
  method: string;
  /** Path parameters of the route (`:name`), percent-decoded. */
  params: Record<string, string>;
  query: Parameters;
  /** The body: urlencoded, multipart or JSON (whose values are turned into text). */
  form: Parameters;
  /** User name of the key that signed the request; empty on routes that need no credentials. */
  user: string;
  store: Store;
}

/**
 * What a handler answers. `json` is serialised as application/json, `text` is sent as text/plain; neither means an
 * empty body.
 */
export interface MaasAnswer {
  status: number;
  json?: JsonValue;
  text?: string;
  headers?: Record<string, string>;
}

/** One operation of the API. */
export interface Route {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Path below /MAAS/api/2.0 with its trailing slash, parameters as `:name`: `/nodes/:system_id/interfaces/:id/`. */
  path: string;
  /** Value of `op` (query or form); absent for the plain create, read, update and delete. */
  operation?: string;
  /** Served without credentials (only `version/` is). */
  anonymous?: boolean;
  /**
   * Answers the request, or throws a `MaasRefusal`. A handler checks everything before it changes anything: there is no
   * rollback.
   */
  handle(request: MaasRequest): MaasAnswer | Promise<MaasAnswer>;
}
