import * as pulumi from "@pulumi/pulumi";
import type { HostArgs } from "../../components/bare-metal/host";
import { hostLayout } from "../../components/bare-metal/layouts/host-layout";
import { messageOf } from "../../providers/dynamic/errors";
import type { MachineFacts } from "../../providers/maas/look-ups/machine-facts";
import { changesOf } from "../../providers/maas/machine-state/changes";
import type { Hold } from "../../providers/maas/machine-state/hold";
import { type HostState, hostStates } from "../derived/host-holds";
import { chosenNicNames, layoutArgs, namedNics } from "../derived/layout-args";
import type { Datacenter } from "../description/datacenter";
import type { Host, HostGroup } from "../description/hosts";

/**
 * What each host is to be, from the description and what MAAS knows of the machines.
 *
 * @param machines all machines of MAAS; undefined when it could not be asked: then no host is held
 */
export function hostArgs(datacenter: Datacenter, machines: readonly MachineFacts[] | undefined): HostArgs[] {
  const states = new Map(hostStates(datacenter, machines ?? []).map((state) => [state.host.name, state]));
  return datacenter.hostGroups.flatMap((group) =>
    group.hosts.map((host) =>
      oneHost(datacenter, group, host, machines === undefined ? undefined : states.get(host.name)),
    ),
  );
}

function oneHost(datacenter: Datacenter, group: HostGroup, host: Host, state: HostState | undefined): HostArgs {
  const machine = state?.machine;
  const hold = state?.hold ?? null;
  const physical = machine?.interfaces.filter(({ type }) => type === "physical");
  return {
    name: host.name,
    find: host.find,
    systemId: hold === null ? (machine?.systemId ?? null) : null,
    resourcePool: host.resourcePool,
    zone: host.zone,
    zoneChoices: host.zoneFixed ? null : [...group.zones],
    tags: [...host.tags],
    interfaces: hostLayout(layoutArgs(datacenter, host, nicNames(host, physical, hold))),
    storage: host.storage,
    changes: { network: changesOf(machine, "network"), storage: changesOf(machine, "storage") },
    hold: hold === null ? null : { code: hold.code, reason: hold.reason },
  };
}

/** A held machine may not have the chosen NICs now; its network is not compared, so that the layout's own names stand in for them. */
function nicNames(host: Host, nics: Parameters<typeof chosenNicNames>[1], hold: Hold | null): Record<string, string[]> {
  try {
    return chosenNicNames(host, nics);
  } catch (failure) {
    if (hold !== null) return namedNics(host);
    throw new pulumi.RunError(`vmo-metal:datacenter.${host.path}: ${messageOf(failure)}`);
  }
}
