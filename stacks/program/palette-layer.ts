import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import type { BareMetal } from "../../components/bare-metal/bare-metal";
import { Palette } from "../../components/palette/palette";
import type { ImageNames } from "../../components/virtualization/image-versions";
import { messageOf } from "../../providers/dynamic/errors";
import type { ClusterSection } from "../description/cluster";
import type { CheckedDatacenter } from "./checked-datacenter";
import { layoutValues } from "./layout-values";
import { paletteArgs } from "./palette-args";
import { importedProfiles, type ImportedProfiles, mergedProfiles } from "./profile-files";
import { tellRepave } from "./tell-repave";
import { templatesProfileArgs } from "./virtualization-layer";

/**
 * Palette's part of the datacenter; undefined for metal only.
 *
 * @throws RunError for an exported profile that cannot be used, before anything is touched
 */
export async function paletteLayer(
  checked: CheckedDatacenter,
  bareMetal: BareMetal,
  imageNames: pulumi.Output<ImageNames>,
  root: pulumi.Resource,
): Promise<Palette | undefined> {
  const { datacenter, secrets } = checked;
  const { palette, cluster } = datacenter;
  if (palette === null || cluster === null) return undefined;
  const tokens = datacenter.storage.portworx.flashArrays.map(({ apiTokenSecret }) => [
    apiTokenSecret,
    secrets.get(apiTokenSecret) ?? "",
  ]);
  const args = paletteArgs(
    datacenter,
    palette,
    cluster,
    layoutValues(datacenter),
    {
      maasApiKey: pulumi.secret(secrets.maasApiKey ?? ""),
      flashArrayTokens: Object.fromEntries(tokens) as Record<string, string>,
      grafanaAdminPassword: secrets.get("grafanaAdminPassword") ?? "",
      portworxSaasKey: secrets.get("portworxSaasKey") ?? "",
    },
    (value) => pulumi.secret(value),
  );
  const templates = templatesProfileArgs(checked, cluster, imageNames);
  const imported = profilesOfFiles(checked, cluster);
  const profiles = mergedProfiles(
    [...args.profiles, ...(templates === undefined ? [] : [templates])],
    imported.profiles,
  );
  const secretVariables = pulumi
    .all([args.cluster.secretVariables, pulumi.secret(imported.secretVariables)])
    .apply(([ours, more]) => ({ ...ours, ...more }));
  const complete = { ...args, profiles, cluster: { ...args.cluster, secretVariables } };
  await tellRepave(checked, complete);
  return new Palette("palette", complete, [bareMetal], { parent: root });
}

function profilesOfFiles({ secrets }: CheckedDatacenter, cluster: ClusterSection): ImportedProfiles {
  try {
    return importedProfiles(
      cluster.profileFiles,
      (file) => readFileSync(file, "utf8"),
      (key) => secrets.get(key),
      (value) => pulumi.secret(value),
    );
  } catch (failure) {
    throw new pulumi.RunError(`cluster.profileFiles: ${messageOf(failure)}`);
  }
}
