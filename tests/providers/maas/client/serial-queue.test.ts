import assert from "node:assert/strict";
import { SerialQueue } from "../../../../providers/maas/client/serial-queue";

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("SerialQueue", () => {
  it("runs work on one subject one after the other, on different ones side by side", async () => {
    const queue = new SerialQueue();
    const events: string[] = [];
    const work = (subject: string, name: string) =>
      queue.run(subject, async () => {
        events.push(`+${name}`);
        await turn();
        events.push(`-${name}`);
      });
    await Promise.all([work("a", "a1"), work("a", "a2"), work("b", "b1")]);
    assert.deepEqual(
      events.filter((event) => event.includes("a")),
      ["+a1", "-a1", "+a2", "-a2"],
    );
    assert.ok(events.indexOf("+b1") < events.indexOf("-a1"));
  });

  it("goes on after work that fails", async () => {
    const queue = new SerialQueue();
    const failing = queue.run("a", () => Promise.reject(new Error("no")));
    const next = queue.run("a", () => Promise.resolve(1));
    await assert.rejects(failing);
    assert.equal(await next, 1);
  });
});
