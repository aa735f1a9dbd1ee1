import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type Outcome,
  answerLost,
  defaultRetryLimits as limits,
  neverSent,
  pauseBeforeRetry,
} from "../../../providers/http/retry";

const pause = (outcome: Outcome, repeatable: boolean, number = 1) =>
  pauseBeforeRetry({ number, repeatable, outcome }, limits, 0.5);

describe("pauseBeforeRetry", () => {
  for (const outcome of [
    { status: 502 },
    { status: 503 },
    { status: 504 },
    { code: "ECONNRESET" },
    { code: "ECONNABORTED" },
  ]) {
    it(`repeats after ${JSON.stringify(outcome)} only what may be done twice`, () => {
      assert.notEqual(pause(outcome, true), undefined);
      assert.equal(pause(outcome, false), undefined);
    });
  }

  for (const outcome of [{ status: 429 }, { status: 409, retryAfterSeconds: 2 }, { code: "ECONNREFUSED" }]) {
    it(`repeats anything after ${JSON.stringify(outcome)}, since nothing was done`, () => {
      assert.notEqual(pause(outcome, true), undefined);
      assert.notEqual(pause(outcome, false), undefined);
    });
  }

  for (const status of [400, 401, 403, 404, 405, 409, 500, 501]) {
    it(`never repeats after ${status}`, () => {
      assert.equal(pause({ status }, true), undefined);
    });
  }

  it("does not try a wrong certificate again", () => {
    assert.equal(pause({ code: "DEPTH_ZERO_SELF_SIGNED_CERT" }, true), undefined);
    assert.equal(pause({ code: "ERR_TLS_CERT_ALTNAME_INVALID" }, true), undefined);
  });

  it("waits as long as it is asked to, up to the longest pause", () => {
    assert.equal(pause({ status: 429, retryAfterSeconds: 3 }, true), 3000);
    assert.equal(pause({ status: 429, retryAfterSeconds: 900 }, true), limits.longestPause);
  });

  it("ends, sooner when there is no connection at all", () => {
    assert.equal(pause({ status: 503 }, true, limits.tries), undefined);
    assert.equal(pause({ code: "ECONNREFUSED" }, true, limits.connectTries), undefined);
  });

  it("grows from try to try within its bounds, spread at random", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.double({ min: 0, max: 1, noNaN: true }), (number, random) => {
        const most = limits.firstPause * 2 ** (number - 1);
        const chosen = pauseBeforeRetry({ number, repeatable: true, outcome: { status: 503 } }, limits, random);
        assert.ok(chosen !== undefined && chosen >= most / 2 && chosen <= most);
      }),
    );
  });
});

describe("what is known of a failed request", () => {
  it("tells a lost answer from a request that was never sent", () => {
    assert.equal(answerLost({ code: "ECONNRESET" }), true);
    assert.equal(neverSent({ code: "ECONNRESET" }), false);
    assert.equal(answerLost({ code: "ECONNREFUSED" }), false);
    assert.equal(neverSent({ code: "ENOTFOUND" }), true);
    assert.equal(answerLost({ status: 500 }), false);
    assert.equal(answerLost({ status: 502 }), true);
  });
});
