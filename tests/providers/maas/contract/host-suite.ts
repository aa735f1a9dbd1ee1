import assert from "node:assert/strict";
import type { PlainObject } from "../../../../providers/dynamic/plain";
import type { MachineAnswer } from "../../../../providers/maas/client/machine-types";
import { hostNetworkKind } from "../../../../providers/maas/host-network-resource";
import { machineKind } from "../../../../providers/maas/machine";
import { poolMembershipKind } from "../../../../providers/maas/pool-membership";
import { resourcePoolKind } from "../../../../providers/maas/resource-pool";
import { storageLayoutKind } from "../../../../providers/maas/storage-layout-resource";
import { subnetKind } from "../../../../providers/maas/subnet";
import { tagKind } from "../../../../providers/maas/tag";
import { vlanKind } from "../../../../providers/maas/vlan";
import type { Command, Kept } from "../region";
import { machineStanding } from "./host-standing";
import { type Names, type SomeKind, some } from "./kind-case";
import { type Target, commandOn, destroyAll, stranger } from "./target";

/** VLAN ids that are tried for the test's own VLAN; far from those that people use. */
const vids = Array.from({ length: 90 }, (_, index) => 3977 - index);

/**
 * What a host keeps on any MAAS: one Ready machine gets a bond, a bridge and a VLAN interface with an address in a VLAN made for it, is
 * read back without a difference, has drift shown and healed, enters a pool, gets another storage layout, and is put back as it was.
 *
 * @param target answers the MAAS when the tests run
 * @param hostname a Ready machine whose boot NIC is on a VLAN, with or without its domain
 */
export function describeHost(target: () => Target, names: Names, hostname: string): void {
  const made: [SomeKind, Kept][] = [];
  let before_: unknown;

  async function up(command: Command, kind: SomeKind, args: PlainObject): Promise<Kept> {
    const kept = await command.up(kind, args);
    made.push([kind, kept]);
    return kept;
  }

  async function machine(): Promise<MachineAnswer> {
    const machines = await stranger(target()).machines.list(0);
    const found = machines.find((candidate) => [candidate.hostname, candidate.fqdn].includes(hostname));
    assert.ok(found, `MAAS has no machine ${hostname}; it has: ${machines.map((each) => each.hostname).join(", ")}`);
    return found;
  }

  async function standing(): Promise<unknown> {
    const subnets = await stranger(target()).subnets.list(0);
    return machineStanding(await machine(), new Set(subnets.map(({ vlan }) => vlan.fabric)));
  }

  async function clean(kind: SomeKind, kept: Kept, args: PlainObject): Promise<Kept> {
    const seen = await commandOn(target()).refresh(kind, kept);
    assert.ok(seen);
    assert.equal((await commandOn(target()).diff(kind, seen, args)).changes, false, `${kind.kind} differs`);
    return seen;
  }

  before(async function () {
    const found = await machine();
    before_ = await standing();
    const reason =
      found.status_name !== "Ready" || found.locked
        ? `it is ${found.locked ? "locked" : found.status_name}; the contract takes Ready machines only`
        : found.interface_set.some(({ id, vlan }) => id === found.boot_interface?.id && vlan !== null)
          ? undefined
          : "it boots from no NIC on a VLAN";
    if (reason === undefined) return;
    console.log(`      ${hostname} is left out: ${reason}`);
    this.skip();
  });

  afterEach(async () => {
    await destroyAll(target(), made);
    assert.deepEqual(await standing(), before_, `${hostname} was not put back as it was`);
  });

  it("is configured, clean, healed, and put back as it was", async () => {
    const command = commandOn(target());
    const present = await machine();
    const boot = present.interface_set.find(({ id }) => id === present.boot_interface?.id);
    assert.ok(boot?.vlan);
    const untagged = { fabric: boot.vlan.fabric, vid: boot.vlan.vid };
    const taken = (await command.link.client.fabrics.named(untagged.fabric))?.vlans.map(({ vid }) => vid) ?? [];
    const vid = vids.find((candidate) => !taken.includes(candidate));
    assert.ok(vid, `fabric ${untagged.fabric} has every VLAN from ${vids.at(-1)} to ${vids[0]}`);
    const where = { fabric: untagged.fabric, vid };
    await up(command, some(vlanKind), { ...where, name: names.of("vlan") });
    await up(command, some(subnetKind), { ...where, cidr: names.network(20), name: names.of("host") });
    const pool = names.of("pool");
    await up(command, some(resourcePoolKind), { name: pool });
    const tag = names.of("tag");
    await up(command, some(tagKind), { name: tag });
    const interfaces: PlainObject = {
      [boot.name]: { type: "physical", vlan: untagged },
      bond0: { type: "bond", parents: [boot.name], bond: { mode: "active-backup" }, tags: ["one", "two"] },
      br0: { type: "bridge", parents: ["bond0"] },
      "bond0.t": {
        type: "vlan",
        parents: ["bond0"],
        vlan: where,
        mtu: 1400,
        links: [{ mode: "STATIC", subnet: names.network(20), ipAddress: names.address(20, 10) }],
      },
    };

    const found = await up(command, some(machineKind), { find: { systemId: present.system_id } });
    const former = found.state.former as PlainObject;
    const networkArgs = {
      machine: found.id,
      interfaces,
      changes: { when: "now", reason: "" },
      former: former.network as PlainObject,
    };
    const network = await up(command, some(hostNetworkKind), networkArgs);
    const placeArgs = {
      machine: found.id,
      pool,
      zone: present.zone.name,
      domain: present.domain.name,
      description: "Contract",
      tags: [tag],
      former,
    };
    const place = await up(command, some(poolMembershipKind), placeArgs);
    await clean(some(hostNetworkKind), network, networkArgs);
    await clean(some(poolMembershipKind), place, placeArgs);

    const bridge = (await machine()).interface_set.find(({ name }) => name === "br0");
    const path = `nodes/${found.id}/interfaces/${bridge?.id ?? 0}/`;
    await stranger(target()).machines.change(found.id, { method: "PUT", path, form: { mtu: 1300 } });
    const drifted = await commandOn(target()).refresh(some(hostNetworkKind), network);
    assert.ok(drifted);
    assert.equal((await commandOn(target()).diff(some(hostNetworkKind), drifted, networkArgs)).changes, true);
    const healed = await commandOn(target()).update(some(hostNetworkKind), drifted, networkArgs);
    await clean(some(hostNetworkKind), healed, networkArgs);

    await stranger(target()).machines.update(found.id, { description: "by hand" });
    const moved = await commandOn(target()).refresh(some(poolMembershipKind), place);
    assert.ok(moved);
    assert.equal((await commandOn(target()).diff(some(poolMembershipKind), moved, placeArgs)).changes, true);
    const back = await commandOn(target()).update(some(poolMembershipKind), moved, placeArgs);
    await clean(some(poolMembershipKind), back, placeArgs);
  });

  it("has all of its NICs on one VLAN, and put back as commissioning left them: discovered addresses, fabrics of their own", async () => {
    const present = await machine();
    const boot = present.interface_set.find(({ id }) => id === present.boot_interface?.id);
    assert.ok(boot?.vlan);
    const vlan = { fabric: boot.vlan.fabric, vid: boot.vlan.vid };
    const nics = present.interface_set.filter(({ type }) => type === "physical").map(({ name }) => name);
    const others = nics.filter((name) => name !== boot.name);
    const interfaces: PlainObject = {
      ...Object.fromEntries(nics.map((name) => [name, { type: "physical", vlan }])),
      ...(others.length === 0 ? {} : { bond9: { type: "bond", parents: others, bond: { mode: "active-backup" } } }),
    };
    const found = await up(commandOn(target()), some(machineKind), { find: { systemId: present.system_id } });
    const { network: former } = found.state.former as PlainObject;
    const args = { machine: found.id, interfaces, changes: { when: "now", reason: "" }, former: former as PlainObject };
    await clean(some(hostNetworkKind), await up(commandOn(target()), some(hostNetworkKind), args), args);
  });

  it("gets an lvm layout, and its flat one back", async function () {
    const present = await machine();
    const flat = { machine: present.system_id, layout: "flat", changes: { when: "now", reason: "" } };
    const seen = await commandOn(target()).refresh(some(storageLayoutKind), { id: present.system_id, state: {} });
    const { layout, rootSize, bootSize, otherDisks } = seen?.state ?? {};
    // A layout can only be put back by setting it anew, so that just the plain one is tried.
    if (JSON.stringify([layout, rootSize, bootSize, otherDisks]) !== '["flat",null,null,[]]') {
      console.log(`      ${hostname}: its storage layout is left alone, since it is not the plain flat one`);
      this.skip();
    }
    const kept = await commandOn(target()).up(some(storageLayoutKind), flat);
    try {
      const lvm = { ...flat, layout: "lvm", logicalVolume: "contract", logicalVolumeSize: "10G" };
      const changed = await commandOn(target()).update(some(storageLayoutKind), kept, lvm);
      await clean(some(storageLayoutKind), changed, lvm);
    } finally {
      await commandOn(target()).update(some(storageLayoutKind), kept, flat);
    }
    await clean(some(storageLayoutKind), kept, flat);
  });
}
