import * as pulumi from "@pulumi/pulumi";
import type { PaletteArgs } from "../../components/palette/palette";
import { type AllocatableMachine, shortPoolFindings } from "../../providers/diagnosis/short-pools";
import type { MachineFacts } from "../../providers/maas/look-ups/machine-facts";
import { lookUpWaitingHosts } from "../../providers/maas/look-ups/waiting-hosts";
import { lookUpRepave, type RepaveForecast } from "../../providers/palette/look-ups/repave-forecast";
import { hostGroupOf } from "../derived/all-hosts";
import { machinePools } from "../derived/machine-pools";
import type { CheckedDatacenter } from "./checked-datacenter";
import { hostArgs } from "./host-args";
import { log } from "./log";

/** A forecast of something that was found out. */
type Told = Extract<RepaveForecast, { ok: true }>;

/**
 * Says in a preview when a change would replace nodes of the cluster, which and why, when the spare machine for it is missing, and when hosts have
 * changes that such a repave may pass by. Silent where there is nothing to say, and where Palette cannot be reached: that was said before.
 */
export async function tellRepave(checked: CheckedDatacenter, args: PaletteArgs): Promise<void> {
  const { datacenter, secrets, view } = checked;
  const { palette, cluster } = datacenter;
  if (!pulumi.runtime.isDryRun() || palette === null || cluster === null) return;
  if (secrets.paletteApiKey === undefined || view.facts.palette === null) return;
  const address = {
    url: palette.url,
    apiKey: secrets.paletteApiKey,
    project: palette.project,
    ...(palette.caCertificate === null ? {} : { caCertificate: palette.caCertificate }),
  };
  const profiles = args.profiles.flatMap(({ rendered, version, variables }) => {
    const { name, layers } = rendered;
    // Layers that are not known yet hold manifests only, which are part of no node.
    return Array.isArray(layers) ? [{ name, version, layers, variables, secretManifests: {}, secretValues: {} }] : [];
  });
  const { pools, sshKeys } = args.cluster;
  const forecast = await lookUpRepave(address, { name: cluster.name, profiles, pools, sshKeys });
  if (!forecast.ok) await log.warn(`Whether nodes would be replaced is not known: ${forecast.reason}`);
  else if (forecast.replaces !== "nothing") {
    await log.warn(repaveLine(cluster.name, forecast, cluster.approveRepave));
    for (const line of spareLines(pools, forecast, view.maas?.machines)) await log.warn(line);
    for (const line of await waitingLines(checked, forecast.pools)) await log.warn(line);
  }
}

/** Warnings for pools that are replaced while hosts of theirs have changes that wait. */
async function waitingLines(
  { datacenter, secrets, view }: CheckedDatacenter,
  replaced: readonly string[],
): Promise<string[]> {
  const { cluster, maas } = datacenter;
  if (cluster === null || maas === null || secrets.maasApiKey === undefined || view.maas === undefined) return [];
  const address = {
    url: maas.url,
    apiKey: secrets.maasApiKey,
    ...(maas.caCertificate === null ? {} : { caCertificate: maas.caCertificate }),
  };
  const wishes = hostArgs(datacenter, view.maas.machines);
  const waiting = await lookUpWaitingHosts(address, wishes);
  if (!waiting.ok) return [`Whether hosts have changes that are pending until repave is not known: ${waiting.reason}`];
  return machinePools(cluster).flatMap(({ pool }) => {
    if (!replaced.includes(pool.name)) return [];
    const hosts = (hostGroupOf(datacenter, pool)?.hosts ?? []).map(({ name }) => name);
    const names = hosts.filter((name) => waiting.names.includes(name));
    return names.length === 0 ? [] : [waitingLine(pool.name, names)];
  });
}

/** The warning that a repave does not wait for what hosts of a pool wait for. Pure. */
export function waitingLine(pool: string, hosts: readonly string[]): string {
  return (
    `Hosts of machine pool "${pool}" have changes that are pending until repave: ${hosts.join(", ")}. This repave does not wait for them: it ` +
    "gives machines back one by one, and Palette may take one again before an up has changed it, with its former network and storage layout. " +
    'Roll them first, node by node: docs/cluster-life.md, "Changes of hosts in use".'
  );
}

/** The warning that nodes are replaced. Pure. */
export function repaveLine(cluster: string, { replaces, pools, reasons }: Told, approved: boolean): string {
  const names = pools.map((name) => `"${name}"`).join(", ");
  const which = replaces === "cluster" ? "every node" : `every node of machine pool ${names}`;
  const what = reasons.join("; ") || "Palette gives no reason";
  const unapproved =
    replaces === "cluster"
      ? "Palette will wait for approval: the update stops there until cluster.approveRepave is true."
      : "The update is refused until cluster.approveRepave is true.";
  const how = approved ? "cluster.approveRepave is true, so the update begins with it at once." : unapproved;
  return `This change replaces ${which} of cluster "${cluster}", one after the other (${what}). ${how}`;
}

/**
 * Warnings for pools that would be replaced by adding a node first and have no machine for that. Pure.
 *
 * @param machines those of MAAS; undefined when it could not be asked: then there is nothing to say
 */
export function spareLines(
  pools: PaletteArgs["cluster"]["pools"],
  forecast: Pick<Told, "pools">,
  machines: readonly MachineFacts[] | undefined,
): string[] {
  if (machines === undefined) return [];
  const adding = pools.filter(
    ({ name, updateStrategy }) => updateStrategy === "RollingUpdateScaleOut" && forecast.pools.includes(name),
  );
  return adding
    .flatMap((pool) => shortPoolFindings([{ ...pool, missing: 1 }], machines.map(allocatable)))
    .map((finding) => `Nodes are replaced by adding one first, which needs a spare machine: ${finding}`);
}

function allocatable(machine: MachineFacts): AllocatableMachine {
  const { hostname, statusName, pool, zone, cpuCount, memoryMebibytes, tags, locked } = machine;
  return {
    hostname,
    status: statusName,
    resourcePool: pool,
    zone,
    cpuCores: cpuCount,
    memoryMebibytes,
    tags,
    locked,
  };
}
