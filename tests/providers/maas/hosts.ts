import type { PlainObject } from "../../../providers/dynamic/plain";
import { fabricKind } from "../../../providers/maas/fabric";
import { hostNetworkKind } from "../../../providers/maas/host-network-resource";
import { machineKind } from "../../../providers/maas/machine";
import { poolMembershipKind } from "../../../providers/maas/pool-membership";
import { resourcePoolKind } from "../../../providers/maas/resource-pool";
import { subnetKind } from "../../../providers/maas/subnet";
import { vlanKind } from "../../../providers/maas/vlan";
import { zoneKind } from "../../../providers/maas/zone";
import type { Command, Kept } from "./region";

/** The fabric that the seeded machines boot on. */
export const fabric = "fabric-0";

const untagged = { fabric, vid: 0 };

/** The RA's four-NIC worker, with the seed's names of NICs. */
export const fourNic: PlainObject = {
  enp1s0: { type: "physical", vlan: untagged },
  enp2s0: { type: "physical", vlan: untagged },
  enp1s1: { type: "physical", vlan: untagged },
  enp2s1: { type: "physical", vlan: untagged },
  bond_mgmt: {
    type: "bond",
    parents: ["enp1s0", "enp2s0"],
    links: [{ mode: "AUTO", subnet: "192.168.0.0/22" }],
  },
  "bond_mgmt.10": {
    type: "vlan",
    parents: ["bond_mgmt"],
    vlan: { fabric, vid: 10 },
    links: [{ mode: "AUTO", subnet: "172.16.0.0/22" }],
  },
  bond_data: { type: "bond", parents: ["enp1s1", "enp2s1"] },
  "bond_data.20": {
    type: "vlan",
    parents: ["bond_data"],
    vlan: { fabric, vid: 20 },
    links: [{ mode: "AUTO", subnet: "10.20.0.0/16", defaultGateway: true }],
  },
  br0: { type: "bridge", parents: ["bond_data"] },
};

/** A copy of a description with other fields of one interface. */
export function withField(interfaces: PlainObject, name: string, fields: PlainObject): PlainObject {
  return { ...interfaces, [name]: { ...(interfaces[name] as PlainObject), ...fields } };
}

/** Makes what hosts stand on: VLANs, subnets, pool and zone. */
export async function makeSite(command: Command): Promise<void> {
  await command.up(fabricKind, { name: fabric });
  await command.up(vlanKind, { fabric, vid: 10 });
  await command.up(vlanKind, { fabric, vid: 20 });
  await command.up(subnetKind, { cidr: "192.168.0.0/22", fabric, vid: 0 });
  await command.up(subnetKind, { cidr: "172.16.0.0/22", fabric, vid: 10 });
  await command.up(subnetKind, { cidr: "10.20.0.0/16", fabric, vid: 20, gateway: "10.20.0.1" });
  await command.up(resourcePoolKind, { name: "workers" });
  await command.up(zoneKind, { name: "az1" });
}

/** A host's resources. */
export interface Host {
  machine: Kept;
  network: Kept;
  place: Kept;
}

/** The input `changes` for a machine that is changed at once. */
export const appliedNow: PlainObject = { when: "now", reason: "" };

/** The input `changes` for a machine in use. */
export const onRepave: PlainObject = { when: "onRepave", reason: "worker-1 is Deployed" };

/** The arguments of a host's network and place. */
export function hostArgs(machine: Kept, interfaces: PlainObject = fourNic, changes: PlainObject = appliedNow) {
  const former = machine.state.former as PlainObject;
  return {
    network: { machine: machine.id, interfaces, changes, former: former.network as PlainObject, waitMinutes: 1 },
    place: { machine: machine.id, pool: "workers", zone: "az1", domain: "maas", description: "Worker", former },
  };
}

/** Brings a whole host up, as the program does. */
export async function hostUp(command: Command, hostname: string, interfaces: PlainObject = fourNic): Promise<Host> {
  const machine = await command.up(machineKind, { find: { hostname } });
  const args = hostArgs(machine, interfaces);
  const network = await command.up(hostNetworkKind, args.network);
  const place = await command.up(poolMembershipKind, args.place);
  return { machine, network, place };
}

/** Takes a host down, in the order of a destroy. */
export async function hostDown(command: Command, host: Host): Promise<void> {
  await command.destroy(poolMembershipKind, host.place);
  await command.destroy(hostNetworkKind, host.network);
  await command.destroy(machineKind, host.machine);
}
