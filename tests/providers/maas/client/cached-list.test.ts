import assert from "node:assert/strict";
import { CachedList } from "../../../../providers/maas/client/cached-list";

interface Item {
  id: string;
  value: number;
}

/** A list whose answers the test gives, and a clock that it moves. */
function fixture() {
  const answers: ((items: Item[]) => void)[] = [];
  let now = 0;
  const list = new CachedList<Item>(
    () => new Promise((resolve) => answers.push(resolve)),
    (item) => item.id,
    () => now,
  );
  return { list, answers, pass: (milliseconds: number) => (now += milliseconds) };
}

const items = [
  { id: "a", value: 1 },
  { id: "b", value: 2 },
];

describe("CachedList", () => {
  it("asks once for all who ask at the same time, and for those who come later", async () => {
    const { list, answers } = fixture();
    const readers = Array.from({ length: 100 }, () => list.all());
    assert.equal(answers.length, 1);
    answers[0]?.(items);
    for (const seen of await Promise.all(readers)) assert.deepEqual(seen, items);
    assert.deepEqual(await list.get("b"), items[1]);
    assert.equal(answers.length, 1);
  });

  it("asks anew when the answer is too old, or when now is asked for", async () => {
    const { list, answers, pass } = fixture();
    const first = list.all(1000);
    answers[0]?.(items);
    await first;
    pass(1001);
    void list.all(1000);
    assert.equal(answers.length, 2);
    answers[1]?.(items);
    await list.all(1000);
    void list.all(0);
    assert.equal(answers.length, 3);
  });

  it("takes the answer of a write that was sent after the list had arrived", async () => {
    const { list, answers } = fixture();
    const reading = list.all();
    answers[0]?.(items);
    await reading;
    list.put({ id: "b", value: 20 }, list.send());
    assert.equal((await list.get("b"))?.value, 20);
    list.drop("a", list.send());
    assert.deepEqual(
      (await list.all()).map(({ id }) => id),
      ["b"],
    );
    assert.deepEqual(list.doubted(), []);
  });

  it("puts in doubt what a list and a write that overlap answer differently", async () => {
    const { list, answers } = fixture();
    const reading = list.all();
    list.put({ id: "c", value: 3 }, list.send());
    list.put({ id: "a", value: 1 }, list.send());
    list.drop("b", list.send());
    answers[0]?.(items);
    await reading;
    assert.deepEqual([...list.doubted()].sort(), ["b", "c"]);
    list.put({ id: "c", value: 3 }, list.send());
    list.drop("b", list.send());
    assert.deepEqual(list.doubted(), []);
  });

  it("does not let the answer of an older write win over a fresher list", async () => {
    const { list, answers } = fixture();
    const sent = list.send();
    const reading = list.all();
    answers[0]?.(items);
    await reading;
    list.put({ id: "b", value: 20 }, sent);
    assert.equal(list.isDoubted("b"), true);
    assert.equal(list.isDoubted("a"), false);
  });

  it("shares one list that is sent after the one under way among all who force a reload", async () => {
    const { list, answers } = fixture();
    const first = list.all();
    const forced = [list.all(0), list.all(0)];
    assert.equal(answers.length, 1);
    answers[0]?.([]);
    await first;
    await new Promise(setImmediate);
    assert.equal(answers.length, 2);
    answers[1]?.(items);
    for (const seen of await Promise.all(forced)) assert.equal(seen.length, 2);
    assert.equal(answers.length, 2);
  });

  it("asks again after a failure", async () => {
    let asked = 0;
    const list = new CachedList<Item>(
      () => {
        asked += 1;
        return asked === 1 ? Promise.reject(new Error("no")) : Promise.resolve(items);
      },
      (item) => item.id,
    );
    await assert.rejects(list.all());
    assert.equal((await list.all()).length, 2);
  });
});
