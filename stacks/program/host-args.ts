import * as pulumi from "@pulumi/pulumi";
import type { HostArgs } from "../../components/bare-metal/host";
import { hostLayout } from "../../components/bare-metal/layouts/host-layout";
import { messageOf } from "../../providers/dynamic/errors";
import type { MachineFacts } from "../../providers/maas/look-ups/machine-facts";
import type { HostInterfacesArgs } from "../../providers/maas/host-network/host-interfaces-schema";
import { observedSettings, type SiteSettings, withRecorded } from "../../providers/maas/host-network/site-settings";
import type { SiteObjects } from "../../providers/maas/look-ups/site-objects";
import { changesOf, isDeployed } from "../../providers/maas/machine-state/changes";
import type { Hold } from "../../providers/maas/machine-state/hold";
import { type HostState, hostStates } from "../derived/host-holds";
import { managedSettings } from "../derived/host-site-settings";
import { chosenNicNames, layoutArgs, namedNics } from "../derived/layout-args";
import type { Datacenter } from "../description/datacenter";
import type { Host, HostGroup } from "../description/hosts";
import type { PreviousResource } from "./previous-state";
import { recordedSettings } from "./recorded-settings";

/**
 * What each host is to be, from the description and what MAAS knows of the machines.
 *
 * @param machines all machines of MAAS; undefined when it could not be asked: then no host is held
 * @param objects the objects of the site; undefined when MAAS could not be asked
 * @param previous the stack's resources as the last run recorded them
 */
export function hostArgs(
  datacenter: Datacenter,
  machines: readonly MachineFacts[] | undefined,
  objects?: SiteObjects,
  previous: readonly PreviousResource[] = [],
): HostArgs[] {
  const recorded = recordedSettings(previous);
  const states = new Map(hostStates(datacenter, machines ?? []).map((state) => [state.host.name, state]));
  return datacenter.hostGroups.flatMap((group) =>
    group.hosts.map((host) =>
      oneHost(datacenter, group, host, machines === undefined ? undefined : states.get(host.name), objects, recorded),
    ),
  );
}

function oneHost(
  datacenter: Datacenter,
  group: HostGroup,
  host: Host,
  state: HostState | undefined,
  objects: SiteObjects | undefined,
  recorded: SiteSettings,
): HostArgs {
  const machine = state?.machine;
  const hold = state?.hold ?? null;
  const physical = machine?.interfaces.filter(({ type }) => type === "physical");
  const interfaces = hostLayout(layoutArgs(datacenter, host, nicNames(host, physical, hold)));
  return {
    name: host.name,
    find: host.find,
    systemId: hold === null ? (machine?.systemId ?? null) : null,
    resourcePool: host.resourcePool,
    zone: host.zone,
    zoneChoices: host.zoneFixed ? null : [...group.zones],
    tags: [...host.tags],
    interfaces,
    storage: host.storage,
    changes: { network: changesOf(machine, "network"), storage: changesOf(machine, "storage") },
    ...siteOf(datacenter, interfaces, machine, objects, recorded),
    hold: hold === null ? null : { code: hold.code, reason: hold.reason },
  };
}

/** The settings of its subnets that a host gets with its deployment, described and as they are. */
function siteOf(
  datacenter: Datacenter,
  interfaces: HostInterfacesArgs,
  machine: MachineFacts | undefined,
  objects: SiteObjects | undefined,
  recorded: SiteSettings,
): Pick<HostArgs, "site" | "observed"> {
  if (machine === undefined || objects === undefined) return { site: null, observed: null };
  const links = Object.values(interfaces).flatMap((item) => item.links ?? []);
  const cidrs = links.flatMap((link) => ("subnet" in link && link.subnet !== undefined ? [link.subnet] : []));
  const site = managedSettings(datacenter, objects, cidrs);
  const { observed } = machine;
  return {
    site,
    observed: {
      deployed: isDeployed(machine),
      id: observed.current_installation_result_id ?? null,
      // What this stack set is what hosts were deployed with; where MAAS has another value now, somebody changed it since.
      site: withRecorded(observedSettings(site, objects.subnets, objects.staticRoutes), recorded),
    },
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
