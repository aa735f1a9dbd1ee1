import assert from "node:assert/strict";
import type { MachineFacts } from "../../../providers/maas/look-ups/machine-facts";
import { MachineStatus } from "../../../providers/maas/machine-state/status";
import { heldSummary, hostHolds, hostStates } from "../../../stacks/derived/host-holds";
import { datacenterWith } from "../descriptions";
import { siteFacts } from "../site-facts";

function machinesWith(hostname: string, changes: Partial<MachineFacts>): readonly MachineFacts[] {
  const facts = siteFacts((machine) => (machine.hostname === hostname ? { ...machine, ...changes } : machine));
  return facts.maas?.machines ?? [];
}

const all = machinesWith("", {});

describe("stacks/derived/host-holds", () => {
  it("holds no host of a site where every machine is usable", () => {
    assert.equal(hostHolds(datacenterWith(), all).size, 0);
    assert.equal(heldSummary(hostStates(datacenterWith(), all)), undefined);
  });

  const statuses: [keyof typeof MachineStatus, string | null][] = [
    ["New", "SIT005"],
    ["Commissioning", "SIT005"],
    ["FailedCommissioning", "SIT005"],
    ["Missing", "SIT005"],
    ["Ready", null],
    ["Deployed", null],
    ["Retired", "SIT005"],
    ["Broken", "SIT005"],
    ["Deploying", null],
    ["Allocated", null],
    ["FailedDeployment", "SIT005"],
    ["Releasing", null],
    ["ReleasingFailed", "SIT005"],
    ["DiskErasing", null],
    ["FailedDiskErasing", "SIT005"],
    ["RescueMode", "SIT005"],
    ["FailedToExitRescueMode", "SIT005"],
    ["Testing", "SIT005"],
    ["FailedTesting", "SIT005"],
  ];
  for (const [status, code] of statuses) {
    it(`${code === null ? "handles" : "holds"} a host whose machine is ${status}, and holds no other`, () => {
      const machines = machinesWith("worker-3", { status: MachineStatus[status], statusName: status });
      const holds = hostHolds(datacenterWith(), machines);
      assert.deepEqual(
        [...holds].map(([name, hold]) => [name, hold.code]),
        code === null ? [] : [["worker-3", code]],
      );
      if (code !== null) assert.match(holds.get("worker-3")?.fix ?? "", /^[A-Z].*\.$/);
    });
  }

  it("holds a locked host whatever its status", () => {
    const machines = machinesWith("worker-3", { locked: true, status: MachineStatus.Deployed, statusName: "Deployed" });
    assert.equal(hostHolds(datacenterWith(), machines).get("worker-3")?.code, "SIT007");
  });

  it("holds a host without a machine, and one whose tag two machines have", () => {
    const missing = all.filter(({ hostname }) => hostname !== "worker-3");
    assert.equal(hostHolds(datacenterWith(), missing).get("worker-3")?.code, "SIT001");
    const tagged = all.map((machine) =>
      /^other|worker-6/.test(machine.hostname) ? { ...machine, tags: ["slot"] } : machine,
    );
    const datacenter = datacenterWith({ hosts: { "worker-pool": { machines: ["worker-[1-5]", { tag: "slot" }] } } });
    assert.match(hostHolds(datacenter, tagged).get("slot")?.reason ?? "", /2 machines have tag "slot"/);
  });

  it("holds a range that is out of service, whether its machines are there or not", () => {
    const machines = all.filter(({ hostname }) => hostname !== "worker-6");
    const datacenter = datacenterWith({
      hosts: { "worker-pool": { machines: ["worker-[1-4]", { hostname: "worker-[5-6]", outOfService: true }] } },
    });
    assert.deepEqual(
      [...hostHolds(datacenter, machines)].map(([name, { code }]) => `${name} ${code}`),
      ["worker-5 outOfService", "worker-6 outOfService"],
    );
  });

  it("sums up in one line who is left out and why", () => {
    const machines = machinesWith("worker-3", { status: MachineStatus.Broken, statusName: "Broken" }).filter(
      ({ hostname }) => hostname !== "worker-4",
    );
    assert.equal(
      heldSummary(hostStates(datacenterWith(), machines)),
      "2 hosts are left out of this run, and nothing of them is compared or changed: worker-3 (Broken), worker-4 (not found in MAAS). Everything else goes on.",
    );
  });
});
