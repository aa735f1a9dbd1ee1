import type { Palette } from "../palette";
import { notFound } from "./error";

/** One authenticated request, as a handler gets it. */
export interface Call {
  palette: Palette;
  /** Path parameters, percent-decoded. */
  params: Record<string, string>;
  query: URLSearchParams;
  /** The JSON body, or the fields of a form; undefined without a body. */
  body: unknown;
  /** The project that the request is scoped to; undefined in tenant scope. */
  projectUid: string | undefined;
}

/** A path parameter of the route. */
export function param(call: Call, name: string): string {
  const value = call.params[name];
  if (value === undefined) throw notFound("path parameter", name);
  return value;
}

/** Whether a query parameter is set to true. */
export function flag(call: Call, name: string): boolean {
  return call.query.get(name) === "true";
}
