import * as pulumi from "@pulumi/pulumi";
import type { PaletteArgs } from "../../components/palette/palette";
import { lookUpPacks } from "../../providers/palette/look-ups/profile-packs";
import { fullPath } from "../description/problem";
import type { CheckedDatacenter } from "./checked-datacenter";
import { siteError } from "./run-report";
import { log } from "./log";

/**
 * Ends a preview when Palette's registries lack what a profile is made of: an update would find that out only when the metal is ready. Silent
 * where Palette cannot be reached: that was said before.
 *
 * @throws RunError that names every layer and what is missing; where findings are reported they are added to the report
 */
export async function refuseMissingPacks(
  { datacenter, secrets, view, report }: CheckedDatacenter,
  args: PaletteArgs,
): Promise<void> {
  const { palette } = datacenter;
  if (!pulumi.runtime.isDryRun() || palette === null) return;
  if (secrets.paletteApiKey === undefined || view.facts.palette === null) return;
  const profiles = args.profiles.flatMap(({ rendered, version }) => {
    const { name, layers } = rendered;
    // Layers that are not known yet hold manifests only, which are in no registry.
    return Array.isArray(layers) ? [{ name, version, layers, secretManifests: {}, secretValues: {} }] : [];
  });
  const { url, project, caCertificate } = palette;
  const found = await lookUpPacks(
    { url, apiKey: secrets.paletteApiKey, project, ...(caCertificate === null ? {} : { caCertificate }) },
    profiles,
  );
  if (!found.ok) return log.warn(`Whether Palette has the packs of the profiles is not known: ${found.reason}`);
  if (found.problems.length === 0) return;
  const lines = found.problems.map((problem) => `  - ${problem}`).join("\n");
  report.refuse(
    `Palette cannot import the cluster profiles:\n${lines}`,
    found.problems.map((message) => ({
      ...siteError,
      code: "packs",
      path: fullPath("palette"),
      message,
      fix: "Import the pack into a registry of Palette, or describe a version that is there.",
    })),
  );
}
