import { ApiError } from "../dynamic/errors";
import { answerLost } from "./retry";

/**
 * Whether a failed call may have done its work all the same, so that the caller has to look before it repeats it. A 404 that the API itself did
 * not send comes from something between it and us, which may have passed the request on.
 */
export function mayHaveHappened(failure: unknown): boolean {
  if (!(failure instanceof ApiError)) return false;
  const { status, code } = failure.failure;
  if (isForeign(failure)) return true;
  return status === undefined ? answerLost({ code: code ?? "" }) : status > 500;
}

/** Whether the API itself states that the object of the request does not exist: never a status of something between it and us. */
export function isGone(failure: unknown): boolean {
  return failure instanceof ApiError && failure.failure.absent === true;
}

/** Whether an answer is none of the API: a repetition of the request would meet the same answer. */
export function isForeign(failure: unknown): boolean {
  if (!(failure instanceof ApiError)) return false;
  const { status, unexpected, absent } = failure.failure;
  return unexpected === true || (status === 404 && absent !== true);
}
