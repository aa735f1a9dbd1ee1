import type { Ownership } from "../model/tenant";
import type { Call } from "./call";
import { forbidden, notFound } from "./error";

/**
 * Whether an object shows in the request's scope: tenant objects everywhere, a project's objects in that project only.
 */
export function visible(call: Call, object: Ownership): boolean {
  return object.scope === "tenant" || object.projectUid === call.projectUid;
}

/**
 * The object, when there is one and the request may see it.
 * @throws PaletteError 404 `ResourceNotFound`; 403 `OperationForbidden` for an object of another scope.
 */
export function visibleOrRefuse<Item extends Ownership>(
  call: Call,
  object: Item | undefined,
  kind: string,
  uid: string,
  permission: string,
): Item {
  if (!object) throw notFound(kind, uid);
  if (!visible(call, object)) throw forbidden(permission);
  return object;
}

/** Where an object made by the request lives. */
export function ownership(call: Call): Ownership {
  return call.projectUid === undefined
    ? { scope: "tenant", projectUid: "" }
    : { scope: "project", projectUid: call.projectUid };
}
