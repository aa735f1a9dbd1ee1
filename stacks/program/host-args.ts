import * as pulumi from "@pulumi/pulumi";
import type { HostArgs } from "../../components/bare-metal/host";
import { hostLayout } from "../../components/bare-metal/layouts/host-layout";
import { messageOf } from "../../providers/dynamic/errors";
import { findMachine } from "../../providers/maas/look-ups/find-machine";
import type { MachineFacts } from "../../providers/maas/look-ups/machine-facts";
import { changesOf } from "../../providers/maas/machine-state/changes";
import { chosenNicNames, layoutArgs } from "../derived/layout-args";
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
    interfaces: hostLayout(layoutArgs(datacenter, host, nicNames(host, physical))),
    storage: host.storage,
    changes: { network: changesOf(machine, "network"), storage: changesOf(machine, "storage") },
  };
}

function nicNames(host: Host, nics: Parameters<typeof chosenNicNames>[1]): Record<string, string[]> {
  try {
    return chosenNicNames(host, nics);
  } catch (failure) {
    throw new pulumi.RunError(`vmo-metal:datacenter.${host.path}: ${messageOf(failure)}`);
  }
}
