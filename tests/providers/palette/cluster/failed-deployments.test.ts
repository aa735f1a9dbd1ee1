import assert from "node:assert/strict";
import fc from "fast-check";
import {
  describeFailedDeployments,
  failedDeployments,
  type FailureRecord,
  failuresAllowed,
  looksAtFailure,
  recordFailures,
} from "../../../../providers/palette/cluster/failed-deployments";
import type { ClusterProgress, FailedMachine } from "../../../../providers/palette/cluster/progress";

function look(
  failed: FailedMachine[],
  running = 0,
  layers: ClusterProgress["layers"] = [],
  assigned: string[] = [],
): ClusterProgress {
  return {
    state: "Provisioning",
    health: "",
    conditions: [],
    repave: "",
    notApplicable: false,
    layers,
    pools: [{ name: "workers", wanted: 3, states: { Running: running }, old: 0, failed, assigned }],
  };
}

function after(looks: readonly ClusterProgress[]): FailureRecord {
  return looks.reduce(recordFailures, {});
}

const failure: FailedMachine = { uid: "m1", final: false, message: "worker-2: Failed deployment" };
const times = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item);
const attempt = [look([], 0, [], ["m1"]), look([failure])];

describe("deployments that fail", () => {
  it("end the wait when a pool failed three times without getting a node", () => {
    assert.deepEqual(failedDeployments(after([...attempt, ...attempt])), []);
    assert.deepEqual(failedDeployments(after([...attempt, ...attempt, ...attempt])), [
      { what: 'machine pool "workers"', kind: "pool", attempts: failuresAllowed, message: failure.message },
    ]);
  });

  it("begin again when the pool gets another node", () => {
    assert.deepEqual(
      failedDeployments(after([...attempt, ...attempt, look([], 1, [], ["m1"]), look([failure], 1)])),
      [],
    );
  });

  it("end the wait when a machine stays Failed, and not while a machine is only awaited", () => {
    const failed = look([{ ...failure, final: true }]);
    assert.deepEqual(failedDeployments(after(times(looksAtFailure, failed))), []);
    assert.equal(failedDeployments(after(times(looksAtFailure + 1, failed)))[0]?.attempts, 1);
    const awaited = look(["m1", "m2", "m3"].map((uid) => ({ ...failure, uid, message: "no machine matches" })));
    assert.deepEqual(failedDeployments(after(times(3 * looksAtFailure, awaited))), []);
  });

  it("end the wait when a failed machine leaves none to try, and not while another one is being deployed", () => {
    const none = { ...failure, message: "no machine matches" };
    assert.deepEqual(failedDeployments(after([...attempt, ...times(looksAtFailure - 1, look([failure]))])), []);
    assert.equal(failedDeployments(after([...attempt, ...times(looksAtFailure, look([failure]))])).length, 1);
    assert.deepEqual(failedDeployments(after([look([none]), ...times(3 * looksAtFailure, look([none]))])), []);
    const busy = look([failure], 0, [], ["m1"]);
    for (const pool of busy.pools) pool.states = { Provisioning: 1 };
    assert.deepEqual(failedDeployments(after([...attempt, ...times(3 * looksAtFailure, busy)])), []);
  });

  it("end the wait when a layer failed three times, one that is tried again in between included", () => {
    const layer = { name: "metallb", version: "0.14.9", is: "installing" } as const;
    const tries = [look([], 3, [{ ...layer, failure: "timed out" }]), look([], 3, [layer])];
    assert.deepEqual(failedDeployments(after([...tries, ...tries])), []);
    assert.deepEqual(failedDeployments(after([...tries, ...tries, ...tries])), [
      { what: "layer metallb 0.14.9", kind: "layer", attempts: 3, message: "timed out" },
    ]);
    assert.deepEqual(after([...tries, look([], 3)])["layer metallb 0.14.9"], undefined);
  });

  it("are reported with what failed and the steps to take", () => {
    const text = describeFailedDeployments("vmo", failedDeployments(after([...attempt, ...attempt, ...attempt])));
    assert.match(text, /machine pool "workers" failed 3 times: worker-2: Failed deployment\./);
    assert.match(text, /installation log in MAAS.*outOfService.*run `pulumi up` again: it goes on/s);
  });

  const anyLook = fc
    .tuple(
      fc.array(
        fc.record({
          uid: fc.constantFrom("m1", "m2"),
          final: fc.boolean(),
          message: fc.constantFrom("", "a", "b"),
        }),
        { maxLength: 2 },
      ),
      fc.integer({ min: 0, max: 3 }),
    )
    .map(([failed, running]) => look(failed, running));

  it("never end a wait in which nothing failed, or in which each look gets another node", () => {
    fc.assert(
      fc.property(fc.array(anyLook, { maxLength: 40 }), (looks) => {
        const without = looks.map(({ pools, ...rest }) => ({
          ...rest,
          pools: pools.map((pool) => ({ ...pool, failed: [] })),
        }));
        assert.deepEqual(failedDeployments(after(without)), []);
        const growing = looks.map((each, index) => look([...(each.pools[0]?.failed ?? [])].slice(0, 2), index));
        assert.deepEqual(failedDeployments(after(growing)), []);
      }),
    );
  });

  it("end every wait within a bounded number of looks once a machine stays Failed", () => {
    fc.assert(
      fc.property(fc.array(anyLook, { maxLength: 20 }), (looks) => {
        const stuck = times(looksAtFailure + 1, look([{ ...failure, final: true }], 0));
        assert.notDeepEqual(failedDeployments(after([...looks, ...stuck])), []);
      }),
    );
  });
});
