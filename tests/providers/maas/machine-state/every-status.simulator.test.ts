import assert from "node:assert/strict";
import type { PlainObject } from "../../../../providers/dynamic/plain";
import { hostNetworkKind } from "../../../../providers/maas/host-network-resource";
import { MachineStatus, type Possibility, possibility } from "../../../../providers/maas/machine-state/status";
import { storageLayoutKind } from "../../../../providers/maas/storage-layout-resource";
import { hostRegion } from "../host-region";
import { type Host, fourNic, hostArgs, hostUp, withField } from "../hosts";
import type { AnyKind, Kept } from "../region";

const wishedNetwork = withField(fourNic, "br0", { bridge: { forwardDelay: 4 } });

/** Names of the simulator for statuses that MAAS shows under another. */
const simulators: Readonly<Record<string, string>> = {
  "releasing failed": "failed releasing",
  "failed to enter rescue mode": "failed entering rescue mode",
  "failed to exit rescue mode": "failed exiting rescue mode",
};

/** The two things of a host that depend on its status: how it is before, and a change of it. */
const parts = [
  {
    part: "network",
    kind: hostNetworkKind as unknown as AnyKind<object, object>,
    before: (host: Host) => hostArgs(host.machine).network,
    wish: (host: Host) => ({ ...hostArgs(host.machine, wishedNetwork).network, changes: null }),
  },
  {
    part: "storage",
    kind: storageLayoutKind as unknown as AnyKind<object, object>,
    before: (host: Host): PlainObject => ({ machine: host.machine.id, waitMinutes: 1 }),
    wish: (host: Host): PlainObject => ({ machine: host.machine.id, layout: "lvm", waitMinutes: 1 }),
  },
] as const;

const told: Readonly<Record<Possibility, string>> = {
  edit: "is made",
  pending: "is recorded and no drift, and nothing is written",
  stuck: "is refused with MAAS's name of the status",
  wait: "is waited for with progress, and made then",
};

describe("a change of a host in every status (simulated MAAS)", () => {
  const maas = hostRegion();

  for (const [name, status] of Object.entries(MachineStatus)) {
    const word = name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
    for (const { part, kind, before, wish } of parts) {
      const possible = possibility({ status, locked: false }, part);
      it(`${word}, ${part}: ${told[possible]}`, async () => {
        const host = await hostUp(maas.command(), "worker-1");
        const kept = await maas.command().up(kind, before(host));
        maas.simulator.setMachineStatus("worker-1", simulators[word] ?? word);
        const changing = maas.command();
        maas.simulator.requests.clear();
        const update = (): Promise<Kept> => changing.update(kind, kept, wish(host));
        const name = new RegExp(`worker-1.*is ${word}`, "i");
        switch (possible) {
          case "edit":
            assert.deepEqual((await update()).state["pending"], []);
            assert.notEqual(maas.writes(), 0);
            break;
          case "pending": {
            const recorded = await update();
            assert.notDeepEqual(recorded.state["pending"], []);
            assert.equal(maas.writes(), 0);
            assert.ok(changing.told.some((line) => new RegExp(`it is ${word}: recorded`, "i").test(line)));
            const seen = await maas.command().refresh(kind, recorded);
            assert.ok(seen);
            const { changes } = await maas.command().diff(kind, seen, wish(host));
            assert.equal(changes, false, "what is recorded is no drift");
            break;
          }
          case "stuck":
            await assert.rejects(update(), name);
            assert.equal(maas.writes(), 0);
            break;
          case "wait": {
            const waiting = update();
            const back = setInterval(() => {
              if (changing.told.some((line) => new RegExp(`waiting for MAAS: ${word}`, "i").test(line)))
                maas.simulator.setMachineStatus("worker-1", "ready");
            }, 20);
            try {
              assert.deepEqual((await waiting).state["pending"], []);
            } finally {
              clearInterval(back);
            }
            break;
          }
        }
      });
    }
  }

  for (const { part, kind, before, wish } of parts)
    it(`releasing, ${part}: is kept unfinished when the wait runs out, and gone on with`, async () => {
      const host = await hostUp(maas.command(), "worker-1");
      const kept = await maas.command().up(kind, before(host));
      maas.simulator.setMachineStatus("worker-1", "releasing");
      const failure = await maas
        .command()
        .update(kind, kept, { ...wish(host), waitMinutes: 0 })
        .then(
          () => assert.fail("it should have waited"),
          (thrown: unknown) => thrown as Error & { id?: string; properties?: PlainObject },
        );
      assert.match(failure.message, /worker-1.*still Releasing after 0 minutes.*Run the command again/);
      assert.notDeepEqual(failure.properties?.["pending"], []);
      maas.simulator.setMachineStatus("worker-1", "ready");
      const resumed = { id: failure.id ?? "", state: failure.properties ?? {} };
      assert.deepEqual((await maas.command().update(kind, resumed, wish(host))).state["pending"], []);
    });
});
