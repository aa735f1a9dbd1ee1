import assert from "node:assert/strict";
import * as fc from "fast-check";
import type { MachineFacts } from "../../../providers/maas/look-ups/machine-facts";
import { withObservedZones } from "../../../stacks/derived/host-zones";
import type { Datacenter } from "../../../stacks/description/datacenter";
import { datacenterWith, type Settings } from "../descriptions";
import { machineFact } from "../site-facts";

function described(machines: unknown, zones: readonly string[], more: Settings = {}): Datacenter {
  return datacenterWith({ zones, hosts: { "worker-pool": { machines } }, ...more });
}

/** The zones of the workers by name. */
function zonesOf(datacenter: Datacenter): Record<string, string> {
  const workers = datacenter.hostGroups.find(({ name }) => name === "worker-pool")?.hosts ?? [];
  return Object.fromEntries(workers.map(({ name, zone }) => [name, zone]));
}

/** MAAS after an up: every worker is in its zone and carries the marker. */
function after(datacenter: Datacenter): MachineFacts[] {
  return Object.entries(zonesOf(datacenter)).map(([hostname, zone]) => ({
    ...machineFact(hostname),
    zone,
    description: "[vmo-metal dc1]",
  }));
}

describe("stacks/derived/host-zones", () => {
  it("proposes zones round robin for hosts that were never configured", () => {
    const fresh = described("worker-[1-4]", ["az1", "az2", "az3"]);
    const expected = { "worker-1": "az1", "worker-2": "az2", "worker-3": "az3", "worker-4": "az1" };
    assert.deepEqual(zonesOf(fresh), expected);
    const machines = Object.keys(expected).map(machineFact);
    assert.deepEqual(
      zonesOf(withObservedZones(fresh, machines)),
      expected,
      "machines without our marker decide nothing",
    );
  });

  it("moves no host when worker-2 leaves a range", () => {
    const before = described("worker-[1-8]", ["az1", "az2", "az3"]);
    const edited = withObservedZones(described(["worker-1", "worker-[3-8]"], ["az1", "az2", "az3"]), after(before));
    const { "worker-2": _gone, ...others } = zonesOf(before);
    assert.deepEqual(zonesOf(edited), others);
  });

  it("gives a host that replaces another the zone that has the fewest", () => {
    const before = described("worker-[1-6]", ["az1", "az2", "az3"]);
    const machines = after(before).map((machine) =>
      machine.hostname === "worker-5" ? { ...machineFact("worker-5"), systemId: "new" } : machine,
    );
    assert.equal(
      zonesOf(withObservedZones(described(["worker-1", "worker-[3-6]"], ["az1", "az2", "az3"]), machines))["worker-5"],
      "az2",
    );
  });

  it("lets the zone that a machine states win over the one that it has", () => {
    const before = described("worker-[1-3]", ["az1", "az2"]);
    const edited = described([{ hostname: "worker-1", zone: "az2" }, "worker-[2-3]"], ["az1", "az2"]);
    assert.equal(zonesOf(withObservedZones(edited, after(before)))["worker-1"], "az2");
  });

  it("ignores the marker of another datacenter and a zone that the group does not name", () => {
    const datacenter = described("worker-[1-2]", ["az1", "az2"]);
    const machines = after(datacenter).map((machine) =>
      machine.hostname === "worker-1"
        ? { ...machine, zone: "far" }
        : { ...machine, zone: "az1", description: "[vmo-metal dc2]" },
    );
    assert.deepEqual(zonesOf(withObservedZones(datacenter, machines)), zonesOf(datacenter));
  });

  it("keeps the zone of every remaining host, whatever is removed, added, reordered, and however the zones grow (property)", () => {
    const name = fc.integer({ min: 1, max: 40 }).map((number) => `worker-${number}`);
    const names = fc.uniqueArray(name, { minLength: 1, maxLength: 14 });
    const zones = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(
        names,
        fc.array(fc.tuple(names, fc.nat(2)), { minLength: 1, maxLength: 4 }),
        zones,
        (first, edits, count) => {
          let zoneCount = count;
          const list = (): string[] => Array.from({ length: zoneCount }, (_, index) => `az${index + 1}`);
          let current = described(first, list());
          for (const [hosts, added] of edits) {
            zoneCount += added;
            const next = withObservedZones(described(hosts, list()), after(current));
            const [before, now] = [zonesOf(current), zonesOf(next)];
            for (const host of hosts) {
              assert.ok(list().includes(now[host] ?? ""), `${host} is in a described zone`);
              if (host in before) assert.equal(now[host], before[host], `${host} stays`);
            }
            current = next;
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
