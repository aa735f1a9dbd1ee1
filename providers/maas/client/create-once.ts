import { isForeign, mayHaveHappened } from "../../http/lost-answer";

/** How often a creation is sent whose answer is lost. */
const tries = 3;

/**
 * Creates something with a request that must not be done twice. After a lost answer it looks first, and repeats only when there is nothing. A
 * refusal after a lost answer (the first request was still under way and has created it meanwhile) also makes it look.
 *
 * @param look must see everything that was done before it was called
 * @throws what `create` throws
 */
export async function createOnce<Answer>(
  create: () => Promise<Answer>,
  look: () => Promise<Answer | undefined>,
): Promise<Answer> {
  for (let number = 1; ; number += 1) {
    try {
      return await create();
    } catch (failure) {
      const lost = mayHaveHappened(failure);
      if (!lost && number === 1) throw failure;
      const found = await look();
      if (found !== undefined) return found;
      if (!lost || isForeign(failure) || number >= tries) throw failure;
    }
  }
}
