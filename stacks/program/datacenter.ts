import * as pulumi from "@pulumi/pulumi";
import { BareMetal } from "../../components/bare-metal/bare-metal";
import { messageOf } from "../../providers/dynamic/errors";
import { formatPending } from "../../providers/maas/machine-state/pending-change";
import { checkedDatacenter, type CheckedDatacenter } from "./checked-datacenter";
import { clusterAccess } from "./cluster-access";
import { hostArgs } from "./host-args";
import { datacenterOutputs, type DatacenterOutputs, type DatacenterParts } from "./outputs";
import { paletteLayer } from "./palette-layer";
import { keepOwnFrames, keepStackTracesShort } from "./short-stack-traces";
import { beginRunReport, type RunReport } from "./run-report";
import { siteArgs } from "./site-args";
import { goldenImageNames, virtualizationLayer } from "./virtualization-layer";

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
    report.failed(messageOf(failure));
    keepOwnFrames(failure);
    throw failure;
  }
}

async function build(report: RunReport): Promise<DatacenterOutputs> {
  const checked = await checkedDatacenter(report);
  const { datacenter } = checked;
  const root = new Datacenter(datacenter.name);
  const bareMetal = bareMetalLayer(checked, root);
  const imageNames = goldenImageNames(checked, root);
  const palette = await paletteLayer(checked, bareMetal, imageNames, root);
  const access = clusterAccess(checked, palette, root);
  const virtualization = virtualizationLayer(checked, access, imageNames, root);
  const parts: DatacenterParts = { bareMetal, palette, access, virtualization };
  warnOfPending(parts);
  return datacenterOutputs(datacenter, parts);
}

/** The metal; undefined for virtualization on a cluster that exists. */
function bareMetalLayer({ datacenter, view }: CheckedDatacenter, root: pulumi.Resource): BareMetal | undefined {
  if (datacenter.maas === null) return undefined;
  return new BareMetal(
    "bare-metal",
    { site: siteArgs(datacenter), hosts: hostArgs(datacenter, view.maas?.machines ?? []) },
    { parent: root },
  );
}

function warnOfPending(parts: DatacenterParts): void {
  for (const [name, host] of parts.bareMetal?.hosts ?? []) {
    host.pending.apply((lines) => {
      for (const line of lines) void pulumi.log.warn(`${name}: pending until repave: ${formatPending(line)}`);
    });
  }
}
