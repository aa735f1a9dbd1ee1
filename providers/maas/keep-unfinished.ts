import { PartialFailure, messageOf } from "../dynamic/errors";
import { mayHaveHappened } from "../http/lost-answer";
import type { Ownership } from "./ownership/decide";

/**
 * Runs a write of an adopted object. When its answer is lost, the write may have happened: the engine then keeps the object with its
 * previous values, and the next update finishes it. This holds for kinds without a field for a marker too.
 */
export async function keepUnfinished(
  id: string,
  inputs: object,
  ownership: Ownership,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (failure) {
    if (ownership.origin !== "adopted" || !mayHaveHappened(failure)) throw failure;
    const { origin, previous, applied } = ownership;
    throw new PartialFailure(id, { ...inputs, origin, previous, applied }, messageOf(failure), { cause: failure });
  }
}
