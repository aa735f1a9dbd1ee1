import type { MaasAnswer } from "./route";

/** Texts of a form error by field; `__all__` holds what concerns several fields. */
export type FieldErrors = Record<string, string[]>;

/** Thrown by a handler: the request is answered with this refusal and nothing was changed. */
export class MaasRefusal extends Error {
  constructor(readonly answer: MaasAnswer) {
    super(answer.text ?? JSON.stringify(answer.json));
  }
}

/** Content type of a refusal that MAAS raises as an exception (a plain 404 has no charset). */
const RAISED = { "Content-Type": "text/plain; charset=utf-8", Vary: "Cookie" };

/** 400 `{"field": ["text"]}`: what a form's validation answers. */
export function fieldErrors(errors: FieldErrors): MaasRefusal {
  return new MaasRefusal({
    status: 400,
    json: errors,
    headers: { "Content-Type": "application/json; charset=utf-8", Vary: "Cookie" },
  });
}

/** 400 `{"field": ["text"]}` of a check that MAAS makes only when it saves (the content type has no charset). */
export function saveErrors(errors: FieldErrors): MaasRefusal {
  return new MaasRefusal({
    status: 400,
    json: errors,
    headers: { "Content-Type": "application/json", Vary: "Cookie" },
  });
}

/** 400, 403, 409, 500 …: one sentence as text, raised by MAAS as an exception. */
export function refusal(status: number, text: string): MaasRefusal {
  return new MaasRefusal({ status, text, headers: RAISED });
}

/** 404 `No Machine matches the given query.` (Django's model name). */
export function notFound(model: string): MaasRefusal {
  return new MaasRefusal({
    status: 404,
    text: `No ${model} matches the given query.`,
    headers: { "Content-Type": "text/plain" },
  });
}

/** 400 `No provided name!`: an operation's parameter is missing. */
export function missingParameter(name: string): MaasRefusal {
  return refusal(400, `No provided ${name}!`);
}
