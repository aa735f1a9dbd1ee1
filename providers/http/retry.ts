/** How a try ended that did not succeed: an HTTP status, or a network error's code when no answer came. */
export type Outcome = { readonly status: number; readonly retryAfterSeconds?: number } | { readonly code: string };

/** What a repetition is decided by. */
export interface Attempt {
  /** 1 for the first. */
  readonly number: number;
  /** Whether doing it twice equals doing it once: GET, PUT, DELETE, and the POSTs that say so. */
  readonly repeatable: boolean;
  readonly outcome: Outcome;
}

/** Limits of the repetitions. */
export interface RetryLimits {
  /** Tries in all. Default 5. */
  readonly tries: number;
  /** Tries in all when no connection can be made at all. Default 3: a wrong address shows soon. */
  readonly connectTries: number;
  /** Upper bound of the first pause in milliseconds; it doubles with every try. Default 250. */
  readonly firstPause: number;
  /** Upper bound of every pause in milliseconds, also of what the server asks for. Default 15000. */
  readonly longestPause: number;
}

/** The defaults of {@link RetryLimits}. */
export const defaultRetryLimits: RetryLimits = { tries: 5, connectTries: 3, firstPause: 250, longestPause: 15_000 };

/** Code of a request that had not ended at its deadline. */
export const deadlineExceeded = "DEADLINE_EXCEEDED";

/** Code of an answer that is larger than the limit. */
export const tooLarge = "ANSWER_TOO_LARGE";

/** Tries in all when a request runs into its deadline: a second one meets another server or a shorter queue, a fifth does not. */
const deadlineTries = 2;

/** Errors before anything was sent: any request may be tried again. */
const connectCodes = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/** Errors that another try does not change: a certificate, a name that is none. */
const finalCodes =
  /^(ERR_TLS|ERR_SSL|ERR_OSSL|ERR_INVALID|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH|EPROTO)/;

/** Statuses under which the work may or may not have been done: a gateway gave up waiting for MAAS. */
const gatewayStatuses = new Set([502, 503, 504]);

/** An answer that another try does not make readable: too large, or not HTTP. */
function unreadable(code: string): boolean {
  return code === tooLarge || code.startsWith("HPE_");
}

/** Whether no connection could be made, so that nothing was sent. */
export function neverSent(outcome: Outcome): boolean {
  return "code" in outcome && (connectCodes.has(outcome.code) || finalCodes.test(outcome.code));
}

/** Whether the work may have been done although no answer of MAAS says so. */
export function answerLost(outcome: Outcome): boolean {
  return "code" in outcome ? !neverSent(outcome) : gatewayStatuses.has(outcome.status);
}

/**
 * The pause before the next try in milliseconds; undefined when there must be none. A lost answer is only asked for again when
 * repeating is harmless; 429 and a 409 that names a time are refusals before the work and always repeated. A 500 is final: MAAS
 * answers it to values that it cannot handle and rolls back.
 *
 * @param random from 0 to 1: spreads the tries of concurrent requests
 */
export function pauseBeforeRetry(attempt: Attempt, limits: RetryLimits, random: number): number | undefined {
  const { outcome, number } = attempt;
  const refused =
    !("code" in outcome) &&
    (outcome.status === 429 || (outcome.status === 409 && outcome.retryAfterSeconds !== undefined));
  if ("code" in outcome && (finalCodes.test(outcome.code) || unreadable(outcome.code))) return undefined;
  const mayRepeat = refused || neverSent(outcome) || (attempt.repeatable && answerLost(outcome));
  const tries = Math.min(limits.tries, triesFor(outcome, limits));
  if (!mayRepeat || number >= tries) return undefined;
  const spread = (0.5 + random / 2) * Math.min(limits.longestPause, limits.firstPause * 2 ** (number - 1));
  const asked = "code" in outcome ? 0 : (outcome.retryAfterSeconds ?? 0) * 1000;
  return Math.min(limits.longestPause, Math.max(spread, asked));
}

function triesFor(outcome: Outcome, limits: RetryLimits): number {
  if (neverSent(outcome)) return limits.connectTries;
  return "code" in outcome && outcome.code === deadlineExceeded ? deadlineTries : limits.tries;
}
