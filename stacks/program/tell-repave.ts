import * as pulumi from "@pulumi/pulumi";
import type { PaletteArgs } from "../../components/palette/palette";
import { lookUpRepave } from "../../providers/palette/look-ups/repave-forecast";
import type { CheckedDatacenter } from "./checked-datacenter";

/**
 * Says in a preview when a change of the profiles would replace every node of the cluster, and why. Silent where there is nothing to say, and
 * where Palette cannot be reached: that was said before.
 */
export async function tellRepave({ datacenter, secrets, view }: CheckedDatacenter, args: PaletteArgs): Promise<void> {
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
  const forecast = await lookUpRepave(address, cluster.name, profiles);
  if (!forecast.ok) await pulumi.log.warn(`Whether nodes would be replaced is not known: ${forecast.reason}`);
  else if (forecast.required) await pulumi.log.warn(repaveLine(cluster.name, forecast.reasons, cluster.approveRepave));
}

/** The warning. Pure. */
export function repaveLine(cluster: string, reasons: readonly string[], approved: boolean): string {
  const what = reasons.join("; ") || "Palette gives no reason";
  const how = approved
    ? "cluster.approveRepave is true, so the update begins with it at once."
    : "Palette will wait for approval: the update stops there until cluster.approveRepave is true.";
  return `This change replaces every node of cluster "${cluster}", one after the other (${what}). ${how}`;
}
