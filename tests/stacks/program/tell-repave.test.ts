import assert from "node:assert/strict";
import type { MachineFacts } from "../../../providers/maas/look-ups/machine-facts";
import { repaveLine, spareLines, waitingLine } from "../../../stacks/program/tell-repave";

const whole = { ok: true, replaces: "cluster", pools: ["control-plane", "worker-pool"] } as const;

describe("what a preview says of replaced nodes", () => {
  it("names what happens, why, and what to set", () => {
    assert.match(
      repaveLine("dc1", { ...whole, reasons: ["layer kubernetes changes from 1.32.4 to 1.32.6"] }, false),
      /replaces every node of cluster "dc1".*\(layer kubernetes .*\).*stops there until cluster\.approveRepave is true/,
    );
    assert.match(repaveLine("dc1", { ...whole, reasons: [] }, true), /begins with it at once/);
    const one = { ok: true, replaces: "pools", pools: ["gpu"], reasons: ["taints"] } as const;
    assert.match(
      repaveLine("dc1", one, false),
      /every node of machine pool "gpu" of cluster "dc1".*refused until cluster\.approveRepave is true/,
    );
  });

  it("names the hosts whose pending changes the repave passes by, and what to do first", () => {
    assert.match(
      waitingLine("gpu", ["worker-1", "worker-2"]),
      /machine pool "gpu" .*pending until repave: worker-1, worker-2\. .*former network.*Roll them first.*cluster-life\.md/,
    );
  });

  const pool = (name: string, updateStrategy: "RollingUpdateScaleOut" | "RollingUpdateScaleIn") => ({
    name,
    controlPlane: false,
    workloads: false,
    size: 5,
    resourcePool: name,
    zones: ["az1"],
    minimumCpuCores: 16,
    minimumMemoryMebibytes: 24576,
    minimumDiskGibibytes: 60,
    machineTags: [],
    labels: {},
    taints: [],
    updateStrategy,
    nodeRepaveInterval: 0,
  });
  const machine = (hostname: string, statusName: string) =>
    ({
      hostname,
      statusName,
      pool: "workers",
      zone: "az1",
      cpuCount: 64,
      memoryMebibytes: 262144,
      tags: [],
      locked: false,
    }) as unknown as MachineFacts;
  const adding = [pool("workers", "RollingUpdateScaleOut")];

  it("misses the spare machine of a pool that adds a node first", () => {
    const machines = [machine("worker-1", "Deployed"), machine("worker-2", "Allocated")];
    assert.match(
      spareLines(adding, { pools: ["workers"] }, machines)[0] ?? "",
      /needs a spare machine: machine pool "workers" needs 1 more machine, but MAAS resource pool "workers" has 0 Ready/,
    );
  });

  it("is silent with a spare machine, for pools that remove a node first or are not replaced, and when MAAS is not seen", () => {
    const one = { pools: ["workers"] };
    assert.deepEqual(spareLines(adding, one, [machine("worker-1", "Ready")]), []);
    assert.deepEqual(spareLines([pool("workers", "RollingUpdateScaleIn")], one, []), []);
    assert.deepEqual(spareLines(adding, { pools: [] }, []), []);
    assert.deepEqual(spareLines(adding, one, undefined), []);
  });
});
