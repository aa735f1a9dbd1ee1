import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import type { BareMetal } from "../../components/bare-metal/bare-metal";
import { Palette } from "../../components/palette/palette";
import type { ImageNames } from "../../components/virtualization/image-versions";
import { messageOf } from "../../providers/dynamic/errors";
import type { ClusterSection } from "../description/cluster";
import { STORAGE_PROVIDER_TABLE, type StorageProviderName } from "../description/storage-providers";
import type { CheckedDatacenter } from "./checked-datacenter";
import { paletteArgs } from "./palette-args";
import { hasBase, importedProfiles, type ImportedProfiles, mergedProfiles } from "./profile-files";
import { refuseMissingPacks } from "./refuse-missing-packs";
import { tellRepave } from "./tell-repave";
import { templatesProfileArgs } from "./virtualization-layer";

/**
 * Palette's part of the datacenter; undefined for metal only.
 *
 * @throws RunError for an exported profile that cannot be used, and in a preview for packs that no registry has, before anything is touched
 */
export async function paletteLayer(
  checked: CheckedDatacenter,
  bareMetal: BareMetal | undefined,
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
    {
      maasApiKey: pulumi.secret(secrets.maasApiKey ?? ""),
      flashArrayTokens: Object.fromEntries(tokens) as Record<string, string>,
      grafanaAdminPassword: secrets.get("grafanaAdminPassword") ?? "",
      portworxSaasKey: secrets.get("portworxSaasKey") ?? "",
      powerFlexConfig: secrets.get("powerFlexConfig") ?? "",
    },
    (value) => pulumi.secret(value),
  );
  const templates = templatesProfileArgs(checked, cluster, imageNames);
  const imported = profilesOfFiles(checked, cluster);
  refuseWithoutStorage(datacenter.storage.provider, imported);
  const ours = [...args.profiles, ...(templates === undefined ? [] : [templates])];
  const profiles = ofProfileFiles(() => mergedProfiles(ours, imported.profiles));
  const secretVariables = pulumi
    .all([args.cluster.secretVariables, pulumi.secret(imported.secretVariables)])
    .apply(([ours, more]) => ({ ...ours, ...more }));
  const complete = { ...args, profiles, cluster: { ...args.cluster, secretVariables } };
  await refuseMissingPacks(checked, complete);
  await tellRepave(checked, complete);
  return new Palette("palette", complete, bareMetal === undefined ? [] : [bareMetal], { parent: root });
}

/** With another provider's storage our own infra profile would install Portworx. */
function refuseWithoutStorage(provider: StorageProviderName, imported: ImportedProfiles): void {
  const { infraProfile, title } = STORAGE_PROVIDER_TABLE[provider];
  if (infraProfile !== null || hasBase(imported.profiles)) return;
  throw new pulumi.RunError(
    `storage.provider: ${title} comes with none of the profiles: none of cluster.profileFiles is of type infra or cluster. ` +
      "Name the export of an infra profile with that storage there.",
  );
}

function profilesOfFiles({ secrets }: CheckedDatacenter, cluster: ClusterSection): ImportedProfiles {
  return ofProfileFiles(() =>
    importedProfiles(
      cluster.profileFiles,
      (file) => readFileSync(file, "utf8"),
      (key) => secrets.get(key),
      (value) => pulumi.secret(value),
    ),
  );
}

/** Says of a failure where in the description it comes from. */
function ofProfileFiles<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (failure) {
    throw new pulumi.RunError(`cluster.profileFiles: ${messageOf(failure)}`);
  }
}
