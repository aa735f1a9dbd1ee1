import { ApiError } from "../dynamic/errors";
import { answerLost } from "./retry";

/** Whether a failed call may have done its work all the same, so that the caller has to look before it repeats it. */
export function mayHaveHappened(failure: unknown): boolean {
  if (!(failure instanceof ApiError)) return false;
  const { status, code, unexpected } = failure.failure;
  if (unexpected === true) return true;
  return status === undefined ? answerLost({ code: code ?? "" }) : status > 500;
}

/** Whether the API itself states that the object of the request does not exist: never a status of something between it and us. */
export function isGone(failure: unknown): boolean {
  return failure instanceof ApiError && failure.failure.absent === true;
}
