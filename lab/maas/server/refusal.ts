import type { MaasAnswer } from "./route";

/** Texts of a form error by field; `__all__` holds what concerns several fields. */
export type FieldErrors = Record<string, string[]>;

/** Thrown by a handler: the request is answered with this refusal and nothing was changed. */
export class MaasRefusal extends Error {
  constructor(
    readonly answer: MaasAnswer,
    /** MAAS raises most refusals as exceptions; a plain 404 it answers itself (other headers). */
    readonly raised = true,
  ) {
    super(answer.text ?? JSON.stringify(answer.json));
  }
}

/** 400 `{"field": ["text"]}`: what a form's validation answers. */
export function fieldErrors(errors: FieldErrors): MaasRefusal {
  return new MaasRefusal({ status: 400, json: errors });
}

/** 400 `{"field": ["text"]}` of a check that MAAS makes only when it saves (the content type has no charset). */
export function saveErrors(errors: FieldErrors): MaasRefusal {
  return new MaasRefusal({ status: 400, json: errors, headers: { "Content-Type": "application/json" } });
}

/** 400, 403, 409, 500 …: one sentence as text. */
export function refusal(status: number, text: string): MaasRefusal {
  return new MaasRefusal({ status, text });
}

/** 404 `No Machine matches the given query.` (Django's model name). */
export function notFound(model: string): MaasRefusal {
  return missing(`No ${model} matches the given query.`);
}

/** 404 with a sentence of its own. */
export function missing(text: string): MaasRefusal {
  return new MaasRefusal({ status: 404, text }, false);
}

/** 400 `No provided name!`: an operation's parameter is missing. */
export function missingParameter(name: string): MaasRefusal {
  return refusal(400, `No provided ${name}!`);
}
