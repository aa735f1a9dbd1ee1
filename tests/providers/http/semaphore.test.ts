import assert from "node:assert/strict";
import { Semaphore } from "../../../providers/http/semaphore";

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("Semaphore", () => {
  it("never lets more work run than its limit, and all of it in the end", async () => {
    const places = new Semaphore(3);
    let running = 0;
    let most = 0;
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        places.run(async () => {
          running += 1;
          most = Math.max(most, running);
          await turn();
          running -= 1;
          return index;
        }),
      ),
    );
    assert.equal(most, 3);
    assert.deepEqual(
      results,
      Array.from({ length: 20 }, (_, index) => index),
    );
  });

  it("gives a place back when work fails", async () => {
    const places = new Semaphore(1);
    await assert.rejects(places.run(() => Promise.reject(new Error("no"))));
    assert.equal(await places.run(() => Promise.resolve("yes")), "yes");
  });
});
