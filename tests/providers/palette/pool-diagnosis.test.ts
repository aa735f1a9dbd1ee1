import assert from "node:assert/strict";
import { DiagnosisWatch } from "../../../providers/palette/cluster/pool-diagnosis";
import { machinePoolSchema } from "../../../providers/palette/cluster/pools";
import { missing } from "../../../providers/palette/cluster/progress";

const pool = machinePoolSchema.parse({
  name: "workers",
  controlPlane: false,
  size: 3,
  resourcePool: "worker-pool",
  zones: [],
  minimumCpuCores: 1,
  minimumMemoryMebibytes: 1,
});

/** A watch over one pool, and what it asked and reported so far. */
function watch(diagnose: () => Promise<string[]>) {
  const reported: string[] = [];
  let asked = 0;
  const made = new DiagnosisWatch([pool], {
    report: (line) => reported.push(line),
    diagnose: () => {
      asked += 1;
      return diagnose();
    },
  });
  const look = (states: Record<string, number>): Promise<string[]> =>
    made.look([{ name: "workers", wanted: 3, states, old: 0 }]);
  return { look, reported, asked: () => asked };
}

describe("watch over machine pools that do not fill up", () => {
  it("reports what keeps a pool short two looks after it was seen, once, and keeps it for the end of the wait", async () => {
    const { look, reported, asked } = watch(() => Promise.resolve(["no machine"]));
    for (let number = 0; number < 3; number += 1) await look({ Running: 1, Pending: 2 });
    assert.deepEqual(reported, ["no machine"]);
    for (let number = 0; number < 30; number += 1)
      assert.deepEqual(await look({ Running: 1, Pending: 2 }), ["no machine"]);
    assert.deepEqual(reported, ["no machine"]);
    assert.ok(asked() <= 4);
  });

  it("is silent when the next look finds the pool filling up", async () => {
    const { look, reported } = watch(() => Promise.resolve(["no machine"]));
    await look({ Pending: 3 });
    await look({ Pending: 3 });
    assert.deepEqual(await look({ Allocated: 3 }), []);
    assert.deepEqual(await look({ Running: 3 }), []);
    assert.deepEqual(reported, []);
  });

  it("says so when it cannot be found out", async () => {
    const { look, reported } = watch(() => Promise.reject(new Error("no answer")));
    for (let number = 0; number < 3; number += 1) await look({});
    assert.deepEqual(reported, ["why the machine pools do not fill up could not be found out: no answer"]);
  });

  it("sees the machine that a repave waits for in a pool that is at its size", () => {
    assert.equal(missing({ name: "workers", wanted: 3, states: { Running: 3, Pending: 1 }, old: 3 }), 1);
    assert.equal(missing({ name: "workers", wanted: 3, states: { Running: 3, Deleting: 1 }, old: 0 }), 0);
    assert.equal(missing({ name: "workers", wanted: 3, states: { Running: 1, Pending: 1 }, old: 0 }), 2);
  });
});
