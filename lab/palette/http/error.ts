import type { Json } from "../json";

/** A refusal in the application envelope (`v1Error`): `{code, message, ref, details}`, code in PascalCase. */
export class PaletteError extends Error {
  override readonly name = "PaletteError";

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details?: Json,
  ) {
    super(message);
  }
}

/** A refusal of the router, which has a *numeric* code and no `ref`: `{"code":405,"message":…}`. */
export class RouterError extends Error {
  override readonly name = "RouterError";

  constructor(
    readonly status: 404 | 405,
    message: string,
  ) {
    super(message);
  }
}

/** 404 `ResourceNotFound`. */
export function notFound(kind: string, uid: string): PaletteError {
  return new PaletteError(404, "ResourceNotFound", `Resource ${kind} '${uid}' not found`);
}

/** 403 `OperationForbidden`: no permission, or the object belongs to another scope than the request's. */
export function forbidden(permission: string): PaletteError {
  return new PaletteError(403, "OperationForbidden", `Operation '${permission}' is not permitted in this scope`);
}

/** 400: the payload breaks its schema or a rule of its own. */
export function invalid(code: string, message: string, details?: Json): PaletteError {
  return new PaletteError(400, code, message, details);
}

/** 409: the object's name is taken, or others use it. */
export function conflict(code: string, message: string): PaletteError {
  return new PaletteError(409, code, message);
}

/** 500 with a code of its own: an operational error or a business rule. Not transient for that matter. */
export function operational(code: string, message: string): PaletteError {
  return new PaletteError(500, code, message);
}
