import assert from "node:assert/strict";
import fc from "fast-check";
import { limits, planPool } from "../../../../lab/palette/controller/pool-plan";
import type { WantedPool } from "../../../../lab/palette/controller/pool-plan";
import type { MachinePhase, UpdateStrategy } from "../../../../lab/palette/model/machine-pool";

interface SimulatedMachine {
  uid: string;
  phase: MachinePhase;
  templateDigest: string;
  createdAt: number;
}

const strategies = fc.oneof(
  fc.constant<UpdateStrategy>({ type: "RollingUpdateScaleOut" }),
  fc.constant<UpdateStrategy>({ type: "RollingUpdateScaleIn" }),
  fc
    .tuple(fc.nat(3), fc.nat(3))
    .filter(([surge, unavailable]) => surge + unavailable > 0)
    .map(([surge, unavailable]): UpdateStrategy => ({
      type: "OverrideScaling",
      maxSurge: String(surge),
      maxUnavailable: String(unavailable),
    })),
);

const machines = fc
  .array(
    fc.record({
      phase: fc.constantFrom<MachinePhase>("waiting", "deploying", "running", "draining", "releasing"),
      templateDigest: fc.constantFrom("old", "new"),
    }),
    { maxLength: 8 },
  )
  .map((list): SimulatedMachine[] =>
    list.map((machine, index) => ({ ...machine, uid: `m${index}`, createdAt: index })),
  );

/** One step of every machine: what is asked for is done, what is on its way arrives. */
function advance(present: SimulatedMachine[], pool: WantedPool, step: number): SimulatedMachine[] {
  const plan = planPool(pool, present);
  const kept = present.map((machine) =>
    plan.remove.includes(machine.uid) ? { ...machine, phase: "draining" as const } : machine,
  );
  const moved = kept
    .filter((machine) => machine.phase !== "releasing")
    .map((machine) => ({ ...machine, phase: NEXT[machine.phase] ?? machine.phase }));
  const added = Array.from({ length: plan.add }, (_, index) => ({
    uid: `s${step}-${index}`,
    phase: "waiting" as const,
    templateDigest: pool.templateDigest,
    createdAt: 100 + step,
  }));
  return [...moved, ...added];
}

const NEXT: Partial<Record<MachinePhase, MachinePhase>> = {
  waiting: "deploying",
  deploying: "running",
  draining: "releasing",
};

describe("planPool", () => {
  it("reaches the wanted number of machines of the wanted template from any state", () => {
    fc.assert(
      fc.property(machines, fc.integer({ min: 0, max: 6 }), strategies, (start, size, strategy) => {
        const pool = { size, strategy, templateDigest: "new", mayReplace: true };
        let present = start;
        for (let step = 0; step < 100; step++) present = advance(present, pool, step);
        assert.equal(present.length, size);
        assert.ok(present.every((machine) => machine.templateDigest === "new" && machine.phase === "running"));
        assert.deepEqual(planPool(pool, present), { add: 0, remove: [] });
      }),
    );
  });

  it("keeps within surge and unavailable while it replaces the nodes of a full pool", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), strategies, (size, strategy) => {
        const { surge, unavailable } = limits(strategy, size);
        const pool = { size, strategy, templateDigest: "new", mayReplace: true };
        let present: SimulatedMachine[] = Array.from({ length: size }, (_, index) => ({
          uid: `m${index}`,
          phase: "running",
          templateDigest: "old",
          createdAt: index,
        }));
        for (let step = 0; step < 100; step++) {
          present = advance(present, pool, step);
          assert.ok(present.length <= size + surge, `${present.length} machines`);
          const running = present.filter((machine) => machine.phase === "running").length;
          assert.ok(running >= size - unavailable, `${running} running`);
        }
      }),
    );
  });

  it("replaces nothing while it may not, but still follows its size", () => {
    const full = (count: number): SimulatedMachine[] =>
      Array.from({ length: count }, (_, index) => ({
        uid: `m${index}`,
        phase: "running",
        templateDigest: "old",
        createdAt: index,
      }));
    const pool = {
      size: 3,
      strategy: { type: "RollingUpdateScaleOut" as const },
      templateDigest: "new",
      mayReplace: false,
    };
    assert.deepEqual(planPool(pool, full(3)), { add: 0, remove: [] });
    assert.deepEqual(planPool(pool, full(2)), { add: 1, remove: [] });
    assert.deepEqual(planPool(pool, full(4)), { add: 0, remove: ["m0"] });
  });

  it("takes the youngest out of a pool that becomes smaller, those without a node first", () => {
    const present: SimulatedMachine[] = [
      { uid: "old", phase: "running", templateDigest: "new", createdAt: 1 },
      { uid: "young", phase: "running", templateDigest: "new", createdAt: 2 },
      { uid: "coming", phase: "deploying", templateDigest: "new", createdAt: 0 },
    ];
    const pool = {
      size: 1,
      strategy: { type: "RollingUpdateScaleOut" as const },
      templateDigest: "new",
      mayReplace: true,
    };
    assert.deepEqual(planPool(pool, present), { add: 0, remove: ["coming", "young"] });
  });
});
