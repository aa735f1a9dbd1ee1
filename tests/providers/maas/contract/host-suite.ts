import assert from "node:assert/strict";
import type { PlainObject } from "../../../../providers/dynamic/plain";
import type { MachineAnswer } from "../../../../providers/maas/client/machine-types";
import { hostNetworkKind } from "../../../../providers/maas/host-network-resource";
import { machineKind } from "../../../../providers/maas/machine";
import { poolMembershipKind } from "../../../../providers/maas/pool-membership";
import { resourcePoolKind } from "../../../../providers/maas/resource-pool";
import { storageLayoutKind } from "../../../../providers/maas/storage-layout-resource";
import { subnetKind } from "../../../../providers/maas/subnet";
import { vlanKind } from "../../../../providers/maas/vlan";
import type { Command, Kept } from "../region";
import { type Names, type SomeKind, some } from "./kind-case";
import { type Target, commandOn, stranger } from "./target";

/** A tagged VLAN that is made for the test; far from those that people use. */
const vid = 3977;

/**
 * What a host keeps on any MAAS: one Ready machine gets a bond, a bridge and a VLAN interface with an address in a VLAN made for it, is
 * read back without a difference, has drift shown and healed, enters a pool, and is put back exactly as it was.
 *
 * @param target answers the MAAS when the tests run
 * @param hostname a Ready machine whose boot NIC is on a VLAN
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
    const found = (await stranger(target()).machines.list(0)).find((candidate) => candidate.hostname === hostname);
    assert.ok(found, `MAAS has no machine ${hostname}`);
    return found;
  }

  before(async () => {
    const found = await machine();
    assert.equal(found.status_name, "Ready", `${hostname} must be Ready`);
    before_ = standing(found);
  });

  after(async () => {
    for (const [kind, kept] of made.splice(0).reverse()) await commandOn(target()).destroy(kind, kept);
  });

  it("is configured, clean, healed, and put back as it was", async () => {
    const command = commandOn(target());
    const present = await machine();
    const boot = present.interface_set.find(({ id }) => id === present.boot_interface?.id);
    assert.ok(boot?.vlan, `${hostname} must boot from a NIC on a VLAN`);
    const untagged = { fabric: boot.vlan.fabric, vid: boot.vlan.vid };
    await up(command, some(vlanKind), { fabric: untagged.fabric, vid, name: names.of("vlan") });
    await up(command, some(subnetKind), { cidr: names.network(20), fabric: untagged.fabric, vid });
    const pool = names.of("pool");
    await up(command, some(resourcePoolKind), { name: pool });
    const interfaces: PlainObject = {
      [boot.name]: { type: "physical", vlan: untagged },
      bond0: { type: "bond", parents: [boot.name], bond: { mode: "active-backup" }, tags: ["one", "two"] },
      br0: { type: "bridge", parents: ["bond0"] },
      "bond0.t": {
        type: "vlan",
        parents: ["bond0"],
        vlan: { fabric: untagged.fabric, vid },
        mtu: 1400,
        links: [{ mode: "STATIC", subnet: names.network(20), ipAddress: names.address(20, 10) }],
      },
    };

    const found = await up(command, some(machineKind), { find: { hostname } });
    const former = found.state.former as PlainObject;
    const networkArgs = {
      machine: found.id,
      interfaces,
      changes: "applied at once",
      former: former.network as PlainObject,
    };
    const network = await up(command, some(hostNetworkKind), networkArgs);
    const storageArgs = { machine: found.id, changes: "applied at once" };
    const storage = await up(command, some(storageLayoutKind), storageArgs);
    const placeArgs = {
      machine: found.id,
      pool,
      zone: present.zone.name,
      domain: present.domain.name,
      description: "Contract",
      former,
    };
    const place = await up(command, some(poolMembershipKind), placeArgs);
    for (const [kind, kept, args] of [
      [some(hostNetworkKind), network, networkArgs],
      [some(storageLayoutKind), storage, storageArgs],
      [some(poolMembershipKind), place, placeArgs],
    ] as const) {
      const seen = await commandOn(target()).refresh(kind, kept);
      assert.ok(seen);
      assert.equal((await commandOn(target()).diff(kind, seen, args)).changes, false, kind.kind);
    }

    const bridge = (await machine()).interface_set.find(({ name }) => name === "br0");
    const path = `nodes/${found.id}/interfaces/${bridge?.id ?? 0}/`;
    await stranger(target()).machines.change(found.id, { method: "PUT", path, form: { mtu: 1300 } });
    const drifted = await commandOn(target()).refresh(some(hostNetworkKind), network);
    assert.ok(drifted);
    assert.equal((await commandOn(target()).diff(some(hostNetworkKind), drifted, networkArgs)).changes, true);
    const healed = await commandOn(target()).update(some(hostNetworkKind), drifted, networkArgs);
    const clean = await commandOn(target()).refresh(some(hostNetworkKind), healed);
    assert.ok(clean);
    assert.equal((await commandOn(target()).diff(some(hostNetworkKind), clean, networkArgs)).changes, false);

    for (const [kind, kept] of made.splice(0).reverse()) await commandOn(target()).destroy(kind, kept);
    assert.deepEqual(standing(await machine()), before_);
  });
}

/** What must be as before; ids of links and what MAAS derives are left out. */
function standing(machine: MachineAnswer): unknown {
  const { pool, zone, domain, description, tag_names, interface_set } = machine;
  return {
    pool: pool.name,
    zone: zone.name,
    domain: domain.name,
    description,
    tags: [...tag_names].sort(),
    interfaces: interface_set.map(({ id, name, type, vlan, links, parents, params, enabled, tags }) => ({
      id,
      name,
      type,
      vlan: vlan?.id ?? null,
      links: links.map(({ mode, subnet, ip_address }) => ({
        mode,
        subnet: mode === "link_up" ? null : (subnet?.cidr ?? null),
        address: mode === "static" ? ip_address : null,
      })),
      parents,
      params,
      enabled,
      tags: [...tags].sort(),
    })),
  };
}
