import * as pulumi from "@pulumi/pulumi";
import { BareMetal } from "../../components/bare-metal/bare-metal";
import type { HostArgs } from "../../components/bare-metal/host";
import { visible } from "../../text/visible";
import { messageOf } from "../../providers/dynamic/errors";
import { checkedDatacenter, type CheckedDatacenter } from "./checked-datacenter";
import { clusterAccess } from "./cluster-access";
import type { HostForecast } from "../host-forecast/forecast-host";
import { hostArgs } from "./host-args";
import { hostForecasts, recordedLines, reportHosts } from "./host-preview";
import { keepIdentity } from "./keep-identity";
import { datacenterOutputs, type DatacenterOutputs, type DatacenterParts } from "./outputs";
import { paletteLayer } from "./palette-layer";
import { keepOwnFrames, keepStackTracesShort } from "./short-stack-traces";
import { beginRunReport, type RunReport } from "./run-report";
import { siteArgs } from "./site-args";
import { goldenImageNames, virtualizationLayer } from "./virtualization-layer";
import { log } from "./log";

/** One datacenter: bare metal, and on it Palette's cluster, and on that the virtualization layer. The root of the resource tree. */
class Datacenter extends pulumi.ComponentResource {
  constructor(name: string) {
    super("vmo-metal:Datacenter", name);
    this.registerOutputs();
  }
}

/**
 * The whole program of a stack: description -> preflight -> resources -> outputs.
 *
 * @throws RunError with what is wrong and how to mend it, before anything is touched
 */
export async function datacenterProgram(): Promise<DatacenterOutputs> {
  keepStackTracesShort();
  const report = beginRunReport();
  try {
    const outputs = await build(report);
    report.completed();
    return outputs;
  } catch (failure) {
    if (failure instanceof Error) failure.message = visible(failure.message);
    report.failed(messageOf(failure));
    keepOwnFrames(failure);
    throw failure;
  }
}

async function build(report: RunReport): Promise<DatacenterOutputs> {
  const checked = await checkedDatacenter(report);
  const previous = checked.previous ?? [];
  keepIdentity(previous);
  const { datacenter } = checked;
  const { maas } = checked.view;
  const hosts = datacenter.maas === null ? [] : hostArgs(datacenter, maas?.machines, maas?.objects, previous);
  const forecasts = hostForecasts(datacenter, hosts, maas, previous);
  await reportHosts(forecasts, report);
  const root = new Datacenter(datacenter.name);
  const bareMetal = bareMetalLayer(checked, hosts, root);
  const imageNames = goldenImageNames(checked, root);
  const palette = await paletteLayer(checked, bareMetal, imageNames, root);
  const access = clusterAccess(checked, palette, root);
  const virtualization = await virtualizationLayer(checked, access, imageNames, root);
  const parts: DatacenterParts = { bareMetal, palette, access, virtualization };
  warnOfRecorded(parts, forecasts);
  return datacenterOutputs(datacenter, parts);
}

/** The metal; undefined for virtualization on a cluster that exists. */
function bareMetalLayer(
  { datacenter, view: { known } }: CheckedDatacenter,
  hosts: HostArgs[],
  root: pulumi.Resource,
): BareMetal | undefined {
  if (datacenter.maas === null) return undefined;
  return new BareMetal("bare-metal", { site: siteArgs(datacenter, known), hosts }, { parent: root });
}

/** Warns of pending changes that hosts recorded and the forecasts do not name; in a preview once all hosts' are known. */
function warnOfRecorded(parts: DatacenterParts, forecasts: readonly HostForecast[]): void {
  const hosts = [...(parts.bareMetal?.hosts ?? [])];
  pulumi.all(hosts.map(([, host]) => host.pending)).apply((all) => {
    const recorded = new Map(hosts.map(([name], index) => [name, all[index] ?? []]));
    for (const line of recordedLines(recorded, forecasts)) void log.warn(line);
  });
}
