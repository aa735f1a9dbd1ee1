import { visible } from "../../text/visible";

/**
 * The three error classes of all providers. A message says what failed, where, the rule, and the next step. Control characters of names and texts in it
 * are written out here, once for all providers.
 */

/** Bad input, found before anything was touched. `path` names the property or the config key. */
export class InputError extends Error {
  override readonly name = "InputError";

  constructor(
    message: string,
    readonly path?: string,
  ) {
    super(visible(message));
  }
}

/** What is known of one failed API call. Never holds a credential: clients redact before they build it. */
export interface ApiFailure {
  /** The API in words, e.g. `MAAS` or `Palette`. */
  api: string;
  /** HTTP verb. */
  method: string;
  /** URL without credentials. */
  endpoint: string;
  /** HTTP status; absent when no answer came. */
  status?: number;
  /** The API's own error code, where it has one (Palette's `code`). */
  code?: string;
  /** The API's message, redacted. */
  detail: string;
  /** What the operator can do next. */
  advice?: string;
  /** The API itself states that the object of the request does not exist. */
  absent?: boolean;
  /** HTTP succeeded, but the answer is not one of the API: whether the work was done is unknown. */
  unexpected?: boolean;
}

/** An API call that failed for good (after the retries its idempotency allows). */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(readonly failure: ApiFailure) {
    super(visible(describeFailure(failure)));
  }

  /** HTTP status of the answer; undefined when no answer came. */
  get status(): number | undefined {
    return this.failure.status;
  }
}

function describeFailure(failure: ApiFailure): string {
  const outcome = failure.status === undefined ? "got no answer" : `was answered ${failure.status}`;
  const code = failure.code === undefined ? "" : ` ${failure.code}`;
  const end = /[.!?:]\s*$/.test(failure.detail) ? "" : ".";
  const advice = failure.advice === undefined ? "" : `${end} ${failure.advice}`;
  return `${failure.api}: ${failure.method} ${failure.endpoint} ${outcome}${code}: ${failure.detail}${advice}`;
}

/**
 * The object exists but is not finished (a wait ran out, a later call failed). The engine keeps it under `id` with `state`,
 * and the next `up` calls `update`, which goes on from there. The adapter adds `__provider`: without it the stack could
 * neither refresh nor destroy.
 */
export class PartialFailure extends Error {
  override readonly name = "PartialFailure";

  constructor(
    readonly id: string,
    /** Inputs and outputs known so far; what is absent is taken from the inputs. */
    readonly state: Readonly<Record<string, unknown>>,
    message: string,
    options?: ErrorOptions,
  ) {
    super(visible(message), options);
  }
}

/** The message of whatever was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
