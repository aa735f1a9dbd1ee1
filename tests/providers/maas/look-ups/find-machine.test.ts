import assert from "node:assert/strict";
import { type Findable, findMachine } from "../../../../providers/maas/look-ups/find-machine";

const machine = (hostname: string, index: number, tags: string[] = []): Findable => ({
  systemId: `id${index}`,
  hostname,
  fqdn: `${hostname}.maas`,
  tags,
  macAddresses: [`52:54:00:00:00:0${index}`],
});
const machines = [
  machine("worker-1", 1, ["gpu"]),
  machine("worker-2", 2),
  machine("cp-1", 3, ["cp"]),
  machine("cp-2", 4, ["cp"]),
];

describe("findMachine", () => {
  for (const find of [
    { hostname: "worker-1" },
    { hostname: "Worker-1.maas" },
    { systemId: "id1" },
    { macAddress: "52:54:00:00:00:01" },
    { tag: "gpu" },
  ]) {
    it(`finds by ${JSON.stringify(find)}`, () => {
      assert.deepEqual(findMachine(machines, find), { machine: machines[0] });
    });
  }

  it("never guesses between two", () => {
    const found = findMachine(machines, { tag: "cp" });
    assert.ok("problem" in found && /2 machines have tag "cp": cp-1, cp-2/.test(found.problem));
  });

  it("suggests what may have been meant", () => {
    const found = findMachine(machines, { hostname: "worker-01" });
    assert.ok("problem" in found && /Did you mean worker-1\?/.test(found.problem), JSON.stringify(found));
  });

  it("tells what there is, or that there is nothing", () => {
    const found = findMachine(machines, { hostname: "storage-1" });
    assert.ok("problem" in found && /It has: cp-1, cp-2, worker-1, worker-2/.test(found.problem));
    const none = findMachine([], { hostname: "storage-1" });
    assert.ok("problem" in none && /no machines at all/.test(none.problem));
  });
});
