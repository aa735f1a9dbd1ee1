import * as pulumi from "@pulumi/pulumi";
import type { HostArgs } from "../../components/bare-metal/host";
import { hostLayout } from "../../components/bare-metal/layouts/host-layout";
import { chosenNics } from "../../components/bare-metal/layouts/nic-choice";
import { findMachine } from "../../providers/maas/look-ups/find-machine";
import type { MachineFacts } from "../../providers/maas/look-ups/machine-facts";
import { changesText } from "../../providers/maas/machine-state/changes";
import { hostNetworks } from "../description/all-networks";
import type { Datacenter } from "../description/datacenter";
import type { Host } from "../description/hosts";

/**
 * What each host is to be, from the description and what MAAS knows of the machines.
 *
 * @param machines all machines of MAAS; empty when it could not be asked
 */
export function hostArgs(datacenter: Datacenter, machines: readonly MachineFacts[]): HostArgs[] {
  return datacenter.hostGroups.flatMap((group) => group.hosts.map((host) => oneHost(datacenter, host, machines)));
}

function oneHost(datacenter: Datacenter, host: Host, machines: readonly MachineFacts[]): HostArgs {
  const found = findMachine(machines, host.find);
  const machine = "machine" in found ? found.machine : undefined;
  const physical = machine?.interfaces.filter(({ type }) => type === "physical");
  return {
    name: host.name,
    find: host.find,
    resourcePool: host.resourcePool,
    zone: host.zone,
    tags: [...host.tags],
    interfaces: hostLayout({
      layout: host.layout,
      fabric: datacenter.fabric.name,
      networks: hostNetworks(datacenter.networks),
      nics: Object.fromEntries(
        Object.entries(host.nics).map(([bond, choices]) => [bond, nicNames(host, choices, physical)]),
      ),
      bond: (name) => ({ ...host.bond, ...host.bonds[name] }),
      addresses: host.addresses,
      virtualMachineMtu: datacenter.networks.virtualMachines.mtu,
    }),
    storage: host.storage,
    changes: { network: changesText(machine, "network"), storage: changesText(machine, "storage") },
  };
}

function nicNames(
  host: Host,
  choices: Parameters<typeof chosenNics>[0],
  nics: Parameters<typeof chosenNics>[1],
): string[] {
  try {
    return chosenNics(choices, nics);
  } catch (failure) {
    throw new pulumi.RunError(
      `vmo-metal:datacenter.${host.path}: ${failure instanceof Error ? failure.message : String(failure)}`,
    );
  }
}
