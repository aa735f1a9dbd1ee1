import { isInterrupted } from "../../dynamic/interruption";
import { ApiError } from "../../dynamic/errors";
import { pause, type WaitOptions } from "./wait-options";

/** How long Palette may be away in the middle of a wait, in milliseconds: a gateway that is updated, a link that flaps. */
const patience = 5 * 60_000;

/** What a wait ends with that did not come to its end. */
export const nothingIsLost = "Nothing is lost: the next `pulumi up` goes on waiting.";

/**
 * Repeats a read in the middle of a wait for as long as Palette cannot be reached, up to five minutes or the wait's deadline: a cluster takes an
 * hour to come up, and a network that is away for some seconds of it should not end the run. Says so once, and when Palette is back.
 *
 * @throws what the read throws, when Palette answered it or stays away
 */
export async function patiently<T>(read: () => Promise<T>, options: WaitOptions): Promise<T> {
  const end = Math.min(options.deadline, Date.now() + patience);
  let told = false;
  for (;;) {
    try {
      const answer = await read();
      if (told) options.report("Palette answers again");
      return answer;
    } catch (failure) {
      if (!isAway(failure) || Date.now() >= end || isInterrupted()) throw failure;
      if (!told)
        options.report(`${failure.message} The wait goes on for up to ${patience / 60_000} minutes without Palette.`);
      told = true;
    }
    await pause(options);
  }
}

/** Whether Palette is away: no answer at all, or one of a proxy whose server is away. A 500 is Palette's own word and ends the wait. */
export function isAway(failure: unknown): failure is ApiError {
  return failure instanceof ApiError && [undefined, 502, 503, 504].includes(failure.status);
}
