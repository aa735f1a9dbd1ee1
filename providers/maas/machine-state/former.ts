import { formerInterfaces } from "../host-network/describe-present";
import type { HostInterfaces, PhysicalInterface } from "../host-network/host-interface";
import { readHostNetwork } from "../host-network/read-host-network";
import type { MachineAnswer } from "../client/machine-types";
import { unmark } from "../marker";

/** How a machine was when it was found: what a destroy puts back. */
export interface MachineFormer {
  hostname: string;
  pool: string;
  zone: string;
  domain: string;
  /** Without a marker. */
  description: string;
  tags: string[];
  network: FormerNetwork;
}

/** A machine's network before it was described here. */
export interface FormerNetwork {
  /** Every interface. */
  interfaces: HostInterfaces;
  /** Names of the interfaces that were up without an address: neither the members of a bond that goes nor a bond that is made again keep that. */
  linkUp: string[];
}

/** Records how a machine is now. */
export function formerOf(machine: MachineAnswer): MachineFormer {
  return {
    hostname: machine.hostname,
    pool: machine.pool.name,
    zone: machine.zone.name,
    domain: machine.domain.name,
    description: unmark(machine.description).text,
    tags: [...machine.tag_names].sort(),
    network: formerNetwork(machine),
  };
}

/** A machine's whole network with all its NICs. */
export function formerNetwork(machine: MachineAnswer): FormerNetwork {
  const present = readHostNetwork(machine);
  const nic: PhysicalInterface = { type: "physical", enabled: true, links: [] };
  const all = [...present.interfaces.values()];
  const nics = all.filter((item) => item.type === "physical");
  return {
    interfaces: formerInterfaces(present, Object.fromEntries(nics.map((item) => [item.name, nic]))),
    linkUp: all
      .filter((item) => item.links.some((link) => link.mode === "LINK_UP"))
      .map((item) => item.name)
      .sort(),
  };
}
