import assert from "node:assert/strict";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { hostNetworkKind } from "../../../providers/maas/host-network-resource";
import { machineKind } from "../../../providers/maas/machine";
import { poolMembershipKind } from "../../../providers/maas/pool-membership";
import { storageLayoutKind } from "../../../providers/maas/storage-layout-resource";
import { fourNic, hostArgs, hostDown, hostUp, makeSite, withField } from "./hosts";
import { type AnyKind, type Kept, region } from "./region";

const hold: PlainObject = { code: "SIT005", reason: "worker-1 is Broken" };

describe("hosts that are held, missing or replaced (simulated MAAS)", () => {
  const maas = region({ timeScale: 100_000 });
  beforeEach(async () => {
    maas.simulator.reset();
    await makeSite(maas.command());
  });

  const writes = (): number => maas.simulator.requests.list().filter(({ method }) => method !== "GET").length;
  const remove = (id: string): Promise<void> =>
    maas.command().link.client.machines.change(id, { method: "DELETE", path: `machines/${id}/` });
  /** A machine of the lab with the name of another that was removed. */
  async function replace(hostname: string, by: string): Promise<string> {
    const { machines } = maas.command().link.client;
    const [old, spare] = await Promise.all(
      [hostname, by].map(
        async (name) => (await machines.list()).find((machine) => machine.hostname === name)?.system_id ?? "",
      ),
    );
    await remove(old ?? "");
    await maas.command().link.client.machines.update(spare ?? "", { hostname });
    return spare ?? "";
  }

  async function whole() {
    const host = await hostUp(maas.command(), "worker-1");
    const args = hostArgs(host.machine);
    const storageArgs = { machine: host.machine.id };
    const storage = await maas.command().up(storageLayoutKind, storageArgs);
    const parts: [AnyKind<object, object>, Kept, PlainObject][] = [
      [
        machineKind as unknown as AnyKind<object, object>,
        host.machine,
        { find: { hostname: "worker-1" }, systemId: host.machine.id },
      ],
      [hostNetworkKind as unknown as AnyKind<object, object>, host.network, args.network],
      [storageLayoutKind as unknown as AnyKind<object, object>, storage, storageArgs],
      [poolMembershipKind as unknown as AnyKind<object, object>, host.place, args.place],
    ];
    return { host, parts };
  }

  it("reports no difference of a held host and writes nothing, whatever the description says", async () => {
    const { parts } = await whole();
    const changes: PlainObject[] = [
      { find: { hostname: "worker-2" } },
      { interfaces: withField(fourNic, "br0", { bridge: { forwardDelay: 4 } }) },
      { layout: "lvm" },
      { pool: "default", description: "Other" },
    ];
    maas.simulator.requests.clear();
    for (const [index, [kind, kept, args]] of parts.entries()) {
      const held = { ...args, ...changes[index], hold };
      assert.deepEqual(await maas.command().diff(kind, kept, held), {
        changes: false,
        replaces: [],
        deleteBeforeReplace: true,
      });
      assert.deepEqual((await maas.command().update(kind, kept, held)).state, kept.state, "the record stays");
      assert.equal(
        (await maas.command().diff(kind, kept, { ...held, hold: null })).changes,
        true,
        "and is compared again",
      );
    }
    assert.equal(writes(), 0);
  });

  for (const status of ["broken", "new", "failed_commissioning", "failed_testing", "commissioning"] as const) {
    it(`reads nothing of a host as drift while its machine is ${status}`, async () => {
      const { parts, host } = await whole();
      const bond = (await maas.command().link.client.machines.read(host.machine.id))?.interface_set.find(
        ({ name }) => name === "bond_mgmt",
      );
      await maas.command().link.client.machines.change(host.machine.id, {
        method: "PUT",
        path: `nodes/${host.machine.id}/interfaces/${bond?.id ?? 0}/`,
        form: { mtu: 1400 },
      });
      maas.simulator.setMachineStatus("worker-1", status);
      for (const [kind, kept] of parts) {
        const seen = await maas.command().refresh(kind, kept);
        assert.deepEqual(seen?.state, kept.state, kind.kind);
      }
    });
  }

  it("reads nothing of a host as gone while MAAS does not have its machine", async () => {
    const { parts, host } = await whole();
    await remove(host.machine.id);
    for (const [kind, kept] of parts) assert.deepEqual(await maas.command().refresh(kind, kept), kept, kind.kind);
  });

  it("ends without an error for a host whose machine MAAS does not have any more", async () => {
    const { host } = await whole();
    await remove(host.machine.id);
    maas.simulator.requests.clear();
    await hostDown(maas.command(), host);
    assert.equal(writes(), 0);
  });

  for (const status of ["failed_testing", "failed_commissioning", "retired", "missing"] as const) {
    it(`lets go of a host whose machine is ${status}, with a warning for the network`, async () => {
      const { host } = await whole();
      maas.simulator.setMachineStatus("worker-1", status);
      const command = maas.command();
      await hostDown(command, host);
      assert.ok(
        command.told.some((line) => /worker-1 .*warning: it is .*its previous network is not restored/.test(line)),
        command.told.join("\n"),
      );
      const answer = await maas.command().link.client.machines.read(host.machine.id);
      assert.deepEqual([answer?.pool.name, answer?.zone.name, answer?.description], ["default", "default", ""]);
    });
  }

  it("registers a placeholder for a host that is held from the start, and replaces it when the hold ends", async () => {
    const command = maas.command();
    maas.simulator.requests.clear();
    const find = { hostname: "worker-1" };
    const machine = await command.up(machineKind, { find, hold });
    assert.equal(machine.id, "held-worker-1");
    assert.equal(machine.state.former, null);
    const args = { machine: machine.id, hold, former: null };
    const network = await command.up(hostNetworkKind, { ...args, interfaces: fourNic });
    const storage = await command.up(storageLayoutKind, { machine: machine.id, hold });
    const place = await command.up(poolMembershipKind, { ...args, pool: "workers", zone: "az1", domain: "maas" });
    for (const { id } of [network, storage, place]) assert.equal(id, "held-worker-1");
    assert.deepEqual(await command.refresh(hostNetworkKind, network), network);
    assert.equal(maas.simulator.requests.list().length, 0, "nothing is even read");

    const real = await command.up(machineKind, { find });
    const systemId = real.id;
    assert.deepEqual(await command.diff(machineKind, machine, { find, systemId }), {
      changes: true,
      replaces: ["systemId"],
      deleteBeforeReplace: true,
    });
    const later = { machine: systemId };
    for (const [kind, kept, more] of [
      [hostNetworkKind, network, { interfaces: fourNic }],
      [storageLayoutKind, storage, {}],
      [poolMembershipKind, place, { pool: "workers", zone: "az1", domain: "maas" }],
    ] as const) {
      const difference = await command.diff(kind as unknown as AnyKind<object, object>, kept, { ...later, ...more });
      assert.deepEqual(difference.replaces, ["machine"], kind.kind);
      await command.destroy(kind as unknown as AnyKind<object, object>, kept);
    }
    await command.destroy(machineKind, machine);
    assert.equal(writes(), 0, "a placeholder leaves nothing behind");
  });

  it("completes a placeholder whose machine is on record already", async () => {
    const machine = await maas.command().up(machineKind, { find: { hostname: "worker-1" } });
    const network = await maas.command().up(hostNetworkKind, { machine: machine.id, interfaces: fourNic, hold });
    assert.equal(network.id, `held-${machine.id}`);
    const { changes, replaces } = await maas.command().diff(hostNetworkKind, network, {
      machine: machine.id,
      interfaces: fourNic,
    });
    assert.deepEqual([changes, replaces], [true, ["machine"]]);
  });

  it("keeps the machine on record in a preview that could not ask MAAS", async () => {
    const { host } = await whole();
    await replace("worker-1", "worker-9");
    const blind = { find: { hostname: "worker-1" }, systemId: null };
    assert.equal((await maas.command().diff(machineKind, host.machine, blind)).changes, false);
  });

  it("states in a plain preview that a host is another machine now, with both system ids", async () => {
    const { host } = await whole();
    const successor = await replace("worker-1", "worker-9");
    const printed: string[] = [];
    const { log } = console;
    console.log = (line: string) => printed.push(line);
    try {
      const args = { find: { hostname: "worker-1" }, systemId: successor };
      const difference = await maas.command().diff(machineKind, host.machine, args);
      assert.deepEqual([difference.changes, difference.replaces], [true, ["systemId"]]);
    } finally {
      console.log = log;
    }
    assert.match(
      printed.join("\n"),
      new RegExp(`worker-1: it is another machine now: system id ${host.machine.id} was replaced by ${successor}`),
    );
  });

  it("moves a host to its new machine: the old one's resources go without an error, the new one is configured", async () => {
    const { host } = await whole();
    const successor = await replace("worker-1", "worker-9");
    await hostDown(maas.command(), host);
    const machine = await maas.command().up(machineKind, { find: { hostname: "worker-1" }, systemId: successor });
    assert.equal(machine.id, successor);
    const args = hostArgs(machine);
    const network = await maas.command().up(hostNetworkKind, args.network);
    const place = await maas.command().up(poolMembershipKind, args.place);
    assert.deepEqual([network.id, place.id], [successor, successor]);
    const answer = await maas.command().link.client.machines.read(successor);
    assert.deepEqual([answer?.pool.name, answer?.zone.name], ["workers", "az1"]);
    assert.ok(answer?.interface_set.some(({ name }) => name === "br0"));
  });

  it("upgrades a host that an earlier version recorded without a difference", async () => {
    const { parts } = await whole();
    const added = ["systemId", "hold", "zoneChoices", "assignedZone"];
    for (const [kind, kept, args] of parts) {
      const state = Object.fromEntries(Object.entries(kept.state).filter(([key]) => !added.includes(key)));
      const more = kind.kind === "maas:PoolMembership" ? { zone: "az2", zoneChoices: ["az1", "az2"] } : {};
      assert.equal(
        (await maas.command().diff(kind, { id: kept.id, state }, { ...args, ...more })).changes,
        false,
        kind.kind,
      );
    }
  });

  describe("zones", () => {
    async function member(more: PlainObject) {
      const machine = await maas.command().up(machineKind, { find: { hostname: "worker-1" } });
      const args = { ...hostArgs(machine).place, ...more };
      return { args, kept: await maas.command().up(poolMembershipKind, args) };
    }

    it("keeps the zone that a machine was given when another one is proposed later", async () => {
      const { kept, args } = await member({ zone: "az1", zoneChoices: ["az1", "default"] });
      const later = { ...args, zone: "default" };
      assert.equal((await maas.command().diff(poolMembershipKind, kept, later)).changes, false);
      assert.equal((await maas.command().update(poolMembershipKind, kept, later)).state.zone, "az1");
    });

    it("moves a machine when the description states its zone", async () => {
      const { kept, args } = await member({ zone: "az1", zoneChoices: ["az1", "default"] });
      const stated = { ...args, zone: "default", zoneChoices: null };
      assert.equal((await maas.command().diff(poolMembershipKind, kept, stated)).changes, true);
      const moved = await maas.command().update(poolMembershipKind, kept, stated);
      assert.equal(moved.state.zone, "default");
      const unstated = { ...args, zone: "az1", zoneChoices: ["az1", "default"] };
      assert.equal(
        (await maas.command().diff(poolMembershipKind, moved, unstated)).changes,
        false,
        "and it stays there",
      );
    });

    it("still shows a zone that was changed by hand, also when it is one of the described, and heals it", async () => {
      for (const version of ["this", "an earlier"]) {
        const { kept, args } = await member({ zone: "az1", zoneChoices: ["az1", "default"] });
        if (version === "an earlier") for (const key of ["zoneChoices", "assignedZone"]) delete kept.state[key];
        await maas.command().link.client.machines.update(kept.id, { zone: "default" });
        const seen = await maas.command().refresh(poolMembershipKind, kept);
        assert.ok(seen);
        assert.equal(seen.state.zone, "default");
        const proposal = { ...args, zone: "default" };
        assert.equal(
          (await maas.command().diff(poolMembershipKind, seen, proposal)).changes,
          true,
          `${version} version`,
        );
        const healed = await maas.command().update(poolMembershipKind, seen, proposal);
        assert.equal((await maas.command().link.client.machines.read(kept.id))?.zone.name, "az1");
        await maas.command().destroy(poolMembershipKind, healed);
      }
    });

    it("refuses in preview that the description drops a zone while the machine is in it", async () => {
      const { kept, args } = await member({ zone: "az1", zoneChoices: ["az1", "default"] });
      await assert.rejects(
        maas.command().diff(poolMembershipKind, kept, { ...args, zone: "default", zoneChoices: ["default"] }),
        /is in the zone "az1", which the description does not name for it any more \(it names default\)/,
      );
    });
  });
});
