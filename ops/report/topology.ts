import type { MachineAnswer } from "../../providers/maas/client/machine-types";
import { describePresent } from "../../providers/maas/host-network/describe-present";
import { diffHostInterfaces } from "../../providers/maas/host-network/diff-host-interfaces";
import type { HostInterfaces } from "../../providers/maas/host-network/host-interface";
import { readHostNetwork } from "../../providers/maas/host-network/read-host-network";
import { findMachine } from "../../providers/maas/look-ups/find-machine";
import {
  findableOf,
  type InterfaceFacts,
  machineFacts,
  type MachineFacts,
} from "../../providers/maas/look-ups/machine-facts";
import { formatPending } from "../../providers/maas/machine-state/pending-change";
import { possibility } from "../../providers/maas/machine-state/status";
import { withObservedZones } from "../../stacks/derived/host-zones";
import { type VlanMatrix, vlanMatrix } from "../../stacks/derived/vlan-matrix";
import { hostNetworks } from "../../stacks/description/all-networks";
import type { Datacenter } from "../../stacks/description/datacenter";
import type { Host } from "../../stacks/description/hosts";
import type { NetworkRole } from "../../stacks/description/networks";
import { wantedNetwork } from "../stack/wanted-network";

/** How a host stands against its description: `unknown` when MAAS was not asked. */
export type HostState = "as described" | "pending until repave" | "differs" | "not in MAAS" | "unknown";

/** One host, ready to be drawn. */
export interface TopologyHost {
  readonly name: string;
  readonly zone: string;
  readonly layout: string;
  readonly state: HostState;
  /** What differs from the description, or why the host cannot be shown; one line each. */
  readonly remarks: readonly string[];
  /** As described. */
  readonly interfaces: HostInterfaces;
  /** What MAAS knows; undefined when it was not asked or has no such machine. */
  readonly facts: MachineFacts | undefined;
  /** The machine's NICs by name. */
  readonly nics: ReadonlyMap<string, InterfaceFacts>;
}

/** A network of hosts, for the legend. */
export interface TopologyNetwork {
  readonly role: NetworkRole;
  readonly name: string;
  readonly cidr: string;
  readonly vlan: number;
  readonly mtu: number;
  readonly gateway: string | null;
}

/** A datacenter, ready to be drawn. */
export interface Topology {
  readonly datacenter: string;
  readonly networks: readonly TopologyNetwork[];
  /** VLANs of virtual machines, as text. */
  readonly virtualMachineVlans: string;
  /** Where virtual machines can be; null for metal only. */
  readonly vlans: VlanMatrix | null;
  readonly zones: readonly string[];
  readonly pools: readonly { readonly name: string; readonly hosts: readonly TopologyHost[] }[];
}

/**
 * Puts the description and the inventory together. Pure.
 *
 * @param machines all machines of MAAS; undefined when it was not asked
 */
export function topology(datacenter: Datacenter, machines: readonly MachineAnswer[] | undefined): Topology {
  const zoned =
    machines === undefined
      ? datacenter
      : withObservedZones(
          datacenter,
          machines.map((answer) => ({
            ...findableOf(answer),
            zone: answer.zone.name,
            description: answer.description,
          })),
        );
  const pools = zoned.hostGroups.map((group) => ({
    name: group.resourcePool,
    hosts: group.hosts.map((host) => topologyHost(datacenter, host, machines)),
  }));
  const used = pools.flatMap(({ hosts }) => hosts.map(({ zone }) => zone));
  return {
    datacenter: datacenter.name,
    networks: hostNetworks(datacenter.networks).map(({ role, name, cidr, vlan, mtu, gateway }) => ({
      role,
      name,
      cidr,
      vlan,
      mtu,
      gateway,
    })),
    virtualMachineVlans: datacenter.networks.virtualMachines.vlans,
    vlans: datacenter.cluster === null ? null : vlanMatrix(datacenter),
    zones: [...new Set([...datacenter.zones, ...used])],
    pools,
  };
}

function topologyHost(
  datacenter: Datacenter,
  host: Host,
  machines: readonly MachineAnswer[] | undefined,
): TopologyHost {
  const { name, zone, layout } = host;
  const found = machines === undefined ? undefined : findMachine(machines.map(findableOf), host.find);
  const machine =
    found !== undefined && "machine" in found
      ? machines?.find(({ system_id }) => system_id === found.machine.systemId)
      : undefined;
  const facts = machine === undefined ? undefined : machineFacts(machine);
  const nics = new Map(facts?.interfaces.filter(({ type }) => type === "physical").map((nic) => [nic.name, nic]));
  const common = { name, zone, layout, facts, nics };
  let interfaces: HostInterfaces = {};
  try {
    interfaces = wantedNetwork(datacenter, host, machine);
  } catch (failure) {
    const remark = failure instanceof Error ? failure.message : String(failure);
    return { ...common, interfaces, state: machine === undefined ? "unknown" : "differs", remarks: [remark] };
  }
  if (machine === undefined) {
    const missing = found !== undefined && "problem" in found;
    return {
      ...common,
      interfaces,
      state: missing ? "not in MAAS" : "unknown",
      remarks: missing ? [found.problem] : [],
    };
  }
  const remarks = diffHostInterfaces(describePresent(readHostNetwork(machine), interfaces), interfaces).map(
    formatPending,
  );
  const state =
    remarks.length === 0
      ? "as described"
      : possibility(machine, "network") === "pending"
        ? "pending until repave"
        : "differs";
  return { ...common, interfaces, state, remarks };
}
