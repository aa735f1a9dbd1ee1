import type { HostArgs } from "../../components/bare-metal/host";
import { hostInterfacesSchema } from "../../providers/maas/host-network/host-interfaces-schema";
import {
  type Deployment,
  deploymentOf,
  pendingSettings,
  readDeployment,
} from "../../providers/maas/host-network/site-settings";
import { findMachine } from "../../providers/maas/look-ups/find-machine";
import type { MaasSite } from "../../providers/maas/look-ups/site";
import { formatPending, type RecordedChange } from "../../providers/maas/machine-state/pending-change";
import { defaultLayout } from "../../providers/maas/storage-layout/layout-wish";
import { fabricsOfOneNic, renamedFabric } from "../derived/observed-fabrics";
import type { Datacenter } from "../description/datacenter";
import { forecastHost, type HostForecast } from "../host-forecast/forecast-host";
import { formatEffect, formatPendings, hostEffects } from "../host-forecast/host-effects";
import { formatHosts } from "../host-forecast/host-list";
import type { RunReport } from "./run-report";
import type { PreviousResource } from "./previous-state";
import { log } from "./log";

/**
 * Forecasts what this run does to every host that MAAS has. Pure.
 *
 * @param maas what was observed; undefined when MAAS could not be asked: then nothing is known
 * @param previous the stack's resources as the last run recorded them
 */
export function hostForecasts(
  datacenter: Datacenter,
  hosts: readonly HostArgs[],
  maas: Pick<MaasSite, "machines" | "rackControllers"> | undefined,
  previous: readonly PreviousResource[] = [],
): HostForecast[] {
  if (maas === undefined) return [];
  const observed = maas.machines.map((machine) => machine.observed);
  const racks = maas.rackControllers.flatMap(({ vlans }) => vlans.map((vlan) => vlan.slice(0, vlan.lastIndexOf("/"))));
  const common = {
    datacenter: datacenter.name,
    renamedFabric: renamedFabric(datacenter, observed),
    fabricsOfOneNic: fabricsOfOneNic(observed, racks),
  };
  const deployments = recordedDeployments(previous);
  return hosts.flatMap(({ name, find, interfaces, storage, site, observed: seen, hold }) => {
    // Nothing of a held host is changed by this run.
    if (hold !== null) return [];
    const found = findMachine(maas.machines, find);
    const desired = hostInterfacesSchema.safeParse(interfaces);
    // Interfaces that MAAS cannot hold are an error of the preflight (HST010), or a finding in its report.
    if (!("machine" in found) || !desired.success) return [];
    return [
      forecastHost({
        ...common,
        host: name,
        machine: found.machine,
        interfaces: desired.data,
        storage: { ...defaultLayout, ...storage },
        sitePending:
          site === null || seen === null
            ? []
            : pendingSettings(deploymentOf(deployments.get(name) ?? null, seen), site),
      }),
    ];
  });
}

/** The deployments that hosts recorded, by host. */
function recordedDeployments(previous: readonly PreviousResource[]): Map<string, Deployment | null> {
  const networks = previous.filter(({ type }) => type === networkType);
  return new Map(
    networks.map(({ urn, outputs }) => [
      urn.slice(urn.lastIndexOf("::") + 2).replace(/-network$/, ""),
      readDeployment(outputs["deployment"]),
    ]),
  );
}

/** Type token of a host's network, whose name is the host's with `-network` behind it. */
const networkType = "pulumi-nodejs:dynamic/maas:HostNetwork";

/** Logs the effects of this run on hosts, and adds them to the report. Silent for hosts that are as described. */
export async function reportHosts(forecasts: readonly HostForecast[], report: RunReport): Promise<void> {
  const effects = hostEffects(forecasts);
  report.add({ effects });
  if (report.tolerant) return;
  for (const effect of effects) {
    const write = effect.kind === "pending" ? log.warn : log.info;
    await write(formatEffect(effect));
  }
}

/**
 * The lines for pending changes that hosts recorded and no forecast names: those that an earlier run recorded and MAAS does not show
 * (settings of the site), and all of them where MAAS could not be asked. Equal ones of several hosts are one line. Pure.
 */
export function recordedLines(
  recorded: ReadonlyMap<string, readonly RecordedChange[]>,
  forecasts: readonly HostForecast[],
): string[] {
  const groups = new Map<string, string[]>();
  for (const [host, changes] of recorded) {
    const known = new Set(forecasts.find((forecast) => forecast.host === host)?.pending.map(formatPending));
    const rest = changes.filter((change) => !known.has(formatPending(change)));
    if (rest.length === 0) continue;
    const line = formatPendings(rest);
    groups.set(line, [...(groups.get(line) ?? []), host]);
  }
  return [...groups].map(([line, hosts]) => `${formatHosts(hosts)}: ${line}`);
}
