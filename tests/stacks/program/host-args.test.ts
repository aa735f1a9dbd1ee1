import assert from "node:assert/strict";
import * as fc from "fast-check";
import type { MachineFacts } from "../../../providers/maas/look-ups/machine-facts";
import { MachineStatus } from "../../../providers/maas/machine-state/status";
import { withObservedZones } from "../../../stacks/derived/host-zones";
import { preflight } from "../../../stacks/preflight/preflight";
import { hostArgs } from "../../../stacks/program/host-args";
import { datacenterWith } from "../descriptions";
import { machineFact, siteFacts } from "../site-facts";

const placed = (siteFacts().maas?.machines ?? []).map((machine, index) => ({
  ...machine,
  zone: `az${(index % 3) + 1}`,
  description: machine.hostname === "other-1" ? "" : "[vmo-metal dc1]",
}));

/** What can happen to a machine between two runs; null: it is as before. */
const fate = fc.constantFrom<"missing" | "locked" | "replaced" | number | null>(
  null,
  null,
  "missing",
  "locked",
  "replaced",
  ...Object.values(MachineStatus),
);

describe("the arguments of a host", () => {
  it("do not depend on what happened to the machines of other hosts (property)", () => {
    const datacenter = datacenterWith();
    const healthy = new Map(hostArgs(withObservedZones(datacenter, placed), placed).map((args) => [args.name, args]));
    const fates = fc.array(fate, { minLength: placed.length, maxLength: placed.length });
    fc.assert(
      fc.property(fates, (happened) => {
        const machines = placed.flatMap((machine, index): MachineFacts[] => {
          const what = happened[index] ?? null;
          if (what === null) return [machine];
          if (what === "missing") return [];
          if (what === "locked") return [{ ...machine, locked: true }];
          if (what === "replaced") return [{ ...machineFact(machine.hostname), systemId: `new-${index}` }];
          return [{ ...machine, status: what, statusName: String(what) }];
        });
        const now = hostArgs(withObservedZones(datacenter, machines), machines);
        assert.deepEqual(
          now.map(({ name }) => name),
          [...healthy.keys()],
        );
        for (const args of now) {
          const index = placed.findIndex(({ hostname }) => hostname === args.name);
          if (happened[index] === null) assert.deepEqual(args, healthy.get(args.name));
          else if (happened[index] === "replaced") assert.equal(args.systemId, `new-${index}`);
          else if (args.hold !== null) assert.equal(args.systemId, null);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("never end a run as long as the pools can be filled: what happens to a spare is a warning (property)", () => {
    const secrets = ["flashArrayApiToken", "grafanaAdminPassword", "windowsAdministratorPassword", "guestPassword"];
    const spares = ["cp-4", "worker-6"];
    fc.assert(
      fc.property(fc.constantFrom(...spares), fate, (spare, what) => {
        const facts = siteFacts();
        const machines = (facts.maas?.machines ?? []).flatMap((machine) => {
          if (machine.hostname !== spare || what === null || what === "replaced") return [machine];
          if (what === "missing") return [];
          if (what === "locked") return [{ ...machine, locked: true }];
          // A machine in use outside of its pool belongs to someone else: that stays an error (SIT006).
          return [
            {
              ...machine,
              status: what,
              statusName: String(what),
              pool: spare === "cp-4" ? "control-plane" : "worker-pool",
            },
          ];
        });
        const maas = facts.maas && { ...facts.maas, machines };
        const { errors } = preflight(datacenterWith(), { secrets, facts: { ...facts, maas } });
        assert.deepEqual(errors, []);
      }),
      { numRuns: 25 },
    );
  });
});
