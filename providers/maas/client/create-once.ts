import { mayHaveHappened } from "./failure";

/** How often a creation is asked for whose answer was lost. */
const tries = 3;

/**
 * Creates something with a request that must not be done twice: after a lost answer it looks first, and asks again only when there is
 * nothing.
 *
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
      if (!mayHaveHappened(failure)) throw failure;
      const found = await look();
      if (found !== undefined) return found;
      if (number >= tries) throw failure;
    }
  }
}
