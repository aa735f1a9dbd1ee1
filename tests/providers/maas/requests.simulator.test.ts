import assert from "node:assert/strict";
import { hostNetworkKind } from "../../../providers/maas/host-network-resource";
import { planHostNetwork } from "../../../providers/maas/host-network/plan-host-network";
import { hostInterfacesSchema } from "../../../providers/maas/host-network/host-interfaces-schema";
import { readHostNetwork } from "../../../providers/maas/host-network/read-host-network";
import { machineKind } from "../../../providers/maas/machine";
import { poolMembershipKind } from "../../../providers/maas/pool-membership";
import { resourcePoolKind } from "../../../providers/maas/resource-pool";
import { settingKind } from "../../../providers/maas/setting";
import { storageLayoutKind } from "../../../providers/maas/storage-layout-resource";
import { subnetKind } from "../../../providers/maas/subnet";
import { vlanKind } from "../../../providers/maas/vlan";
import { zoneKind } from "../../../providers/maas/zone";
import { fabric, fourNic, hostArgs, makeSite } from "./hosts";
import { type AnyKind, type Command, type Kept, region } from "./region";

/** Runs work the way the engine does: a few at a time. */
async function asEngine<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const one = async (): Promise<void> => {
    while (next < items.length) {
      const index = next;
      next += 1;
      results[index] = await work(items[index] as Item);
    }
  };
  await Promise.all(Array.from({ length: 8 }, one));
  return results;
}

function erased<Inputs extends object, Outputs extends object>(
  kind: AnyKind<Inputs, Outputs>,
): AnyKind<object, object> {
  return kind as unknown as AnyKind<object, object>;
}

/** Every resource of a site and of hosts, as the engine keeps them. */
async function refreshAll(command: Command, kept: readonly [AnyKind<object, object>, Kept][]): Promise<void> {
  await asEngine(kept, async ([kind, resource]) => {
    const seen = await command.refresh(kind, resource);
    assert.ok(seen);
  });
}

/** Lets time run faster for everybody in this process, so that a test sees what a slow run does. */
function hurry(factor: number): () => void {
  const { now } = Date;
  const start = now();
  Date.now = () => start + (now() - start) * factor;
  return () => (Date.now = now);
}

const workers = (count: number): string[] => Array.from({ length: count }, (_, index) => `worker-${index + 1}`);

for (const count of [8, 64]) {
  describe(`requests for ${count} hosts (simulated MAAS)`, function () {
    this.timeout(120_000);
    const maas = region({ seed: { workers: count } });
    const kept: [AnyKind<object, object>, Kept][] = [];
    const gets = (): number => maas.simulator.requests.list().filter(({ method }) => method === "GET").length;
    const writes = (): number => maas.simulator.requests.list().length - gets();

    it("are a few reads and exactly the writes of the plans, never more at once than allowed", async () => {
      await makeSite(maas.command());
      const before = await maas.command().link.client.machines.list();
      const wanted = hostInterfacesSchema.parse(fourNic);
      const planned = before
        .filter(({ hostname }) => workers(count).includes(hostname))
        .map((machine) => planHostNetwork(readHostNetwork(machine), wanted).length);
      maas.simulator.requests.clear();
      const command = maas.command({ parallel: 6 });
      const hosts = await asEngine(workers(count), async (hostname) => {
        const machine = await command.up(machineKind, { find: { hostname } });
        const args = hostArgs(machine);
        const network = await command.up(hostNetworkKind, args.network);
        const storage = await command.up(storageLayoutKind, { machine: machine.id });
        const place = await command.up(poolMembershipKind, args.place);
        return { machine, network, storage, place };
      });
      const calls = planned.reduce((sum, length) => sum + length, 0);
      assert.equal(writes(), calls + count, "the plans, and one write for each place");
      assert.ok(gets() <= 10 + 2 * count, `${gets()} reads`);
      assert.ok(maas.simulator.requests.inFlightHighWaterMark <= 6);
      for (const { machine, network, storage, place } of hosts) {
        kept.push([erased(machineKind), machine], [erased(hostNetworkKind), network]);
        kept.push([erased(storageLayoutKind), storage], [erased(poolMembershipKind), place]);
      }
    });

    it("are as many when MAAS and the engine are slow, but for a list of the machines now and then", async () => {
      maas.simulator.reset();
      await makeSite(maas.command());
      maas.simulator.faults.add({ kind: "latency", milliseconds: 20 });
      const command = maas.command();
      const slowly = hurry(100);
      maas.simulator.requests.clear();
      try {
        const machines = await asEngine(workers(count), (hostname) => command.up(machineKind, { find: { hostname } }));
        const args = machines.map((machine) => hostArgs(machine));
        await asEngine(args, ({ network }) => command.up(hostNetworkKind, network));
        await asEngine(machines, ({ id }) => command.up(storageLayoutKind, { machine: id }));
        await asEngine(args, ({ place }) => command.up(poolMembershipKind, place));
      } finally {
        slowly();
        maas.simulator.faults.clear();
      }
      const reads = maas.simulator.requests.list().filter(({ method }) => method === "GET");
      const lists = reads.filter(({ path }) => !/\/machines\/\w+\/$/.test(path));
      assert.equal(reads.length - lists.length, count, "each machine once, after its network was configured");
      const kinds = new Set(lists.map(({ path }) => path));
      assert.ok(kinds.size <= 10, [...kinds].join(" "));
      const seconds = ((reads.at(-1)?.startedAt ?? 0) - (reads[0]?.startedAt ?? 0)) / 1000;
      assert.ok(lists.length <= kinds.size * (1 + Math.ceil(seconds / 120)), `${lists.length} lists in ${seconds} s`);
      assert.ok(maas.simulator.requests.inFlightHighWaterMark <= 8);
    });

    it("are the same few when nothing changed, however many hosts there are", async () => {
      const command = maas.command();
      const site: [AnyKind<object, object>, Kept][] = [];
      for (const [kind, args] of [
        [erased(vlanKind), { fabric, vid: 10 }],
        [erased(subnetKind), { cidr: "172.16.0.0/22", fabric, vid: 10 }],
        [erased(resourcePoolKind), { name: "workers" }],
        [erased(zoneKind), { name: "az1" }],
        [erased(settingKind), { name: "enable_disk_erasing_on_release", value: false, adopt: true }],
      ] as const) {
        site.push([kind, await command.up(kind, args)]);
      }
      maas.simulator.requests.clear();
      await refreshAll(maas.command(), [...site, ...kept]);
      assert.equal(writes(), 0);
      const paths = maas.simulator.requests.list().map(({ path }) => path.replace("/MAAS/api/2.0", ""));
      assert.deepEqual(paths.sort(), [
        "/fabrics/",
        "/maas/",
        "/machines/",
        "/resourcepools/",
        "/subnets/",
        "/version/",
        "/zones/",
      ]);
    });
  });
}
