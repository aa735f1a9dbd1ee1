import assert from "node:assert/strict";
import fc from "fast-check";
import { type AllocatableMachine, type PoolRequest, shortPoolFindings } from "../../../providers/diagnosis/short-pools";

const machine = (hostname: string, changes: Partial<AllocatableMachine> = {}): AllocatableMachine => ({
  hostname,
  status: "Ready",
  resourcePool: "worker-pool",
  zone: "az1",
  cpuCores: 64,
  memoryMebibytes: 524288,
  tags: [],
  locked: false,
  ...changes,
});
const pool = (changes: Partial<PoolRequest> = {}): PoolRequest => ({
  name: "workers",
  missing: 2,
  resourcePool: "worker-pool",
  zones: ["az1", "az2"],
  minimumCpuCores: 16,
  minimumMemoryMebibytes: 24576,
  machineTags: [],
  ...changes,
});

describe("shortPoolFindings", () => {
  it("is silent about a pool that only needs time", () => {
    assert.deepEqual(shortPoolFindings([pool()], [machine("a"), machine("b")]), []);
  });

  it("names the pools, the machines that are Ready and needed, and each constraint", () => {
    const machines = [
      machine("fits"),
      machine("far", { zone: "az9" }),
      machine("slow", { cpuCores: 8 }),
      machine("small", { memoryMebibytes: 1024 }),
      machine("busy", { status: "Deployed" }),
      machine("held", { locked: true }),
      machine("other", { resourcePool: "default" }),
    ];
    assert.deepEqual(shortPoolFindings([pool({ missing: 3 })], machines), [
      'machine pool "workers" needs 3 more machines, but MAAS resource pool "worker-pool" has 1 Ready that fits: far without zone az1 or az2; ' +
        "slow without at least 16 CPU cores; small without at least 24576 MiB of memory; 1 Deployed; 1 locked. " +
        "Add machines to that pool, make the pool smaller, or ask for less.",
    ]);
  });

  it("names a tag that is missing, and a pool without machines", () => {
    const [finding] = shortPoolFindings([pool({ machineTags: ["vmo"], missing: 1 })], [machine("a")]);
    assert.match(finding ?? "", /needs 1 more machine, but .* 0 Ready that fit: a without tag vmo\./);
    const [empty] = shortPoolFindings([pool({ resourcePool: "typo" })], [machine("a")]);
    assert.match(empty ?? "", /resource pool "typo" has 0 Ready that fit: MAAS has no machine in that pool/);
  });

  it("gives a machine to one pool only", () => {
    const pools = [pool({ name: "first", missing: 1 }), pool({ name: "second", missing: 1 })];
    const findings = shortPoolFindings(pools, [machine("a")]);
    assert.equal(findings.length, 1);
    assert.match(findings[0] ?? "", /machine pool "second"/);
  });

  it("finds something exactly when fewer machines fit than are needed", () => {
    const anyMachine = fc.record({
      status: fc.constantFrom("Ready", "Deployed", "Broken"),
      zone: fc.constantFrom("az1", "az2", "az3"),
      cpuCores: fc.constantFrom(8, 16, 64),
      locked: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(anyMachine, { maxLength: 8 }), fc.integer({ min: 1, max: 5 }), (changes, missing) => {
        const machines = changes.map((change, index) => machine(`m${index}`, change));
        const fitting = machines.filter(
          ({ status, zone, cpuCores, locked }) => status === "Ready" && zone !== "az3" && cpuCores >= 16 && !locked,
        );
        const findings = shortPoolFindings([pool({ missing })], machines);
        assert.equal(findings.length, fitting.length < missing ? 1 : 0);
      }),
    );
  });
});
