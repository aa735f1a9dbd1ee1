import { hostSeeds, otherSeed, type Cabling } from "../hardware";
import { makeNetworks, type NetworkSeed } from "../networks";
import type { Operator } from "../operator";
import type { SiteSeed } from "../site-seed";
import { PROVISIONING } from "./default";

/** Racks 2 and 3: a fabric each, since nothing is switched between racks. The router relays DHCP to the rack controller in rack 1. */
const RACKS = [2, 3] as const;

/** The rack of a machine: control-plane machines take turns, workers fill a rack three by three. */
function rackOf(machine: number): number {
  return machine <= 10 ? 1 + ((machine - 1) % 3) : 1 + (Math.floor((machine - 11) / 3) % 3);
}

/** Rack 1 boots from 192.168.0.0/22, rack 2 from 10.52.0.0/22, rack 3 from 10.53.0.0/22. */
function leased(machine: number, slot: number): string {
  const rack = rackOf(machine);
  const network = rack === 1 ? "192.168" : `10.5${rack}`;
  const host = 250 + 4 * machine + slot;
  return `${network}.${Math.floor(host / 250)}.${1 + (host % 250)}/22`;
}

/** The second NIC is beside the first, which boots; the faster ones are on ports without DHCP. */
const cabling: Cabling = (machine, slot) => (slot <= 2 ? { address: leased(machine, slot) } : {});

/** The networks of a rack, numbered alike in each: untagged provisioning, 10 management, 20 data. */
function networksOfRack(rack: (typeof RACKS)[number]): NetworkSeed[] {
  const fabric = `rack-${rack}`;
  const subnet = (prefix: string, length: number, name: string) => ({
    [`${prefix}.0.0/${length}`]: { name, gateway_ip: `${prefix}.0.1`, dns_servers: ["192.168.0.53"] },
  });
  return [
    { fabric, vid: 0, vlan: { name: "pxe" }, subnets: subnet(`10.5${rack}`, 22, `rack-${rack}-pxe`) },
    { fabric, vid: 10, vlan: { name: "management" }, subnets: subnet(`172.${16 + rack}`, 22, `rack-${rack}-mgmt`) },
    { fabric, vid: 20, vlan: { name: "data", mtu: 9000 }, subnets: subnet(`10.2${rack}`, 16, `rack-${rack}-data`) },
  ];
}

function makeRack(operator: Operator, rack: (typeof RACKS)[number]): void {
  operator.post("fabrics/", { name: `rack-${rack}` });
  makeNetworks(operator, networksOfRack(rack));
  const { id: relay } = operator.put("fabrics/fabric-0/vlans/0/", {});
  operator.put(`fabrics/rack-${rack}/vlans/0/`, { relay_vlan: Number(relay) });
}

/** A site that is routed to the rack: one zone for each rack, no network spans two of them. */
export const routedSite: SiteSeed = {
  description:
    "three racks with fabrics, VLANs and subnets of their own; hosts of racks 2 and 3 boot from 10.52.x, 10.53.x",
  make: (operator, workers) => {
    makeNetworks(operator, [PROVISIONING]);
    for (const rack of RACKS) makeRack(operator, rack);
    for (const rack of [1, ...RACKS]) operator.post("zones/", { name: `rack-${rack}`, description: `Rack ${rack}` });
    operator.post("resourcepools/", { name: "other", description: "Machines of another team" });
    for (const machine of [...hostSeeds(workers, cabling), otherSeed(10, "other-1", "other", cabling)]) {
      operator.commission({ ...machine, zoneName: `rack-${rackOf(machine.number)}` });
    }
  },
};
