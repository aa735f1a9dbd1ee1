import assert from "node:assert/strict";
import type { Ran } from "./run";

/** A command must have ended with this code and without a stack trace; else its output is the message. */
export function ended(ran: Ran, code: number): Ran {
  assert.equal(ran.code, code, `ended with ${ran.code} instead of ${code}:\n${ran.output}`);
  assertNoStackTrace(ran);
  return ran;
}

/** A command must have ended well. */
export function well(ran: Ran): Ran {
  return ended(ran, 0);
}

/** A command must have failed with all of these messages, and without a stack trace. */
export function refused(ran: Ran, ...messages: readonly RegExp[]): Ran {
  assert.notEqual(ran.code, 0, ran.output);
  assertNoStackTrace(ran);
  for (const message of messages) assert.match(ran.output, message);
  return ran;
}

function assertNoStackTrace({ output }: Ran): void {
  assert.doesNotMatch(output, /^\s+at .+:\d+:\d+\)?$/m, `a stack trace was printed:\n${output}`);
}
