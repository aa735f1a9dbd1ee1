import { hostSeeds, otherSeed, type Cabling, type Port } from "../hardware";
import type { MachineSeed } from "../machine-seed";
import { makeNetworks, type NetworkSeed } from "../networks";
import type { Operator } from "../operator";
import type { SiteSeed } from "../site-seed";

/** The network of the rack controller, which MAAS learned from it, with the router and the name servers that an operator added. */
export const PROVISIONING: NetworkSeed = {
  fabric: "fabric-0",
  vid: 0,
  subnets: {
    "192.168.0.0/22": { gateway_ip: "192.168.0.1", dns_servers: ["192.168.0.53", "192.168.0.54"] },
  },
};

/** Third octets of boot addresses, 250 machines each: those of small labs are far from where people put dynamic ranges. */
const BOOT_BLOCKS = [2, 1, 4, 5, 6];

/** The address that a NIC on the provisioning network got by DHCP; undefined when the network has no room for the machine's other NICs. */
function leased(machine: number, slot: number): string | undefined {
  if (slot === 1) return `192.168.${BOOT_BLOCKS[Math.floor(machine / 250)] ?? 0}.${1 + (machine % 250)}/22`;
  const host = 3 * machine + slot;
  return host > 250 ? undefined : `192.168.3.${host}/22`;
}

function onProvisioning(machine: number, slot: number): Port {
  const address = leased(machine, slot);
  return address === undefined ? {} : { address };
}

/** How the NICs that do not boot are cabled; machines take turns. */
const TURNS: readonly ((machine: number, slot: number) => Port)[] = [
  onProvisioning,
  onProvisioning,
  // One on the provisioning network, one on a network without DHCP, one without a cable.
  (machine, slot) => (slot === 2 ? onProvisioning(machine, slot) : slot === 3 ? {} : { cabled: false }),
  // Switch ports without DHCP: a fabric of its own for each.
  () => ({}),
];

/** Every machine boots from the provisioning network; its other NICs found what MAAS usually finds. */
export const usualCabling: Cabling = (machine, slot) =>
  slot === 1 ? onProvisioning(machine, slot) : (TURNS[machine % TURNS.length]?.(machine, slot) ?? {});

/** Machines whose other NICs were in a bond that was deleted: MAAS leaves such NICs without any link, discovered address or not. */
function unbond(operator: Operator, machine: MachineSeed): void {
  if (machine.number % TURNS.length !== 1) return;
  const interfaces = operator.interfaces(machine.hostname);
  const others = machine.nics.slice(1);
  if (others.some((nic) => nic.address === undefined)) return;
  const parents = others.map(({ name }) => operator.interface(machine.hostname, name));
  const bond = operator.post(`${interfaces}?op=create_bond`, { name: "bond9", parents });
  operator.delete(`${interfaces}${Number(bond["id"])}/`);
}

/** Commissions machines with the usual cabling, each with its past. */
export function commissionUsual(operator: Operator, machines: readonly MachineSeed[]): void {
  for (const machine of machines) {
    operator.commission(machine);
    unbond(operator, machine);
  }
}

/** A MAAS as one finds it after commissioning: what it makes and discovers by itself, one pool of another team. */
export const defaultSite: SiteSeed = {
  description: "freshly commissioned machines; NICs with discovered addresses, on fabrics of their own, or on none",
  make: (operator, workers) => {
    makeNetworks(operator, [PROVISIONING]);
    operator.post("resourcepools/", { name: "other", description: "Machines of another team" });
    commissionUsual(operator, [...hostSeeds(workers, usualCabling), otherSeed(10, "other-1", "other", usualCabling)]);
  },
};
