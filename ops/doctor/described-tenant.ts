import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ProfileArgs } from "../../components/palette/palette";
import type { TenantAddress } from "../../providers/palette/look-ups/open-tenant";
import type { TenantQuestion } from "../../providers/palette/look-ups/tenant-survey";
import type { Datacenter } from "../../stacks/description/datacenter";
import { paletteArgs } from "../../stacks/program/palette-args";
import { importedProfiles, mergedProfiles } from "../../stacks/program/profile-files";

/** The keys of a stack; undefined where none is set. */
export interface StackKeys {
  readonly palette: string;
  readonly maas: string | undefined;
}

/** Which tenant a stack uses, and what of it. */
export interface DescribedTenant {
  readonly address: TenantAddress;
  readonly question: TenantQuestion;
}

/**
 * What a description uses of Palette: the account, the cluster, and the profiles that are rendered or imported from files. Secrets besides the keys
 * have no part in it.
 *
 * @param validate whether Palette is sent the account to validate
 * @param project the folder that paths of `cluster.profileFiles` start from
 * @throws Error for a description without Palette, and for exported profiles that cannot be read
 */
export function describedTenant(
  datacenter: Datacenter,
  keys: StackKeys,
  validate: boolean,
  project: string,
): DescribedTenant {
  const { palette, cluster, name } = datacenter;
  if (palette === null)
    throw new Error(
      "The description has no section palette: there is no Palette to check. Describe one (docs/configuration.md).",
    );
  const { url, caCertificate } = palette;
  const address = {
    url,
    apiKey: keys.palette,
    project: palette.project,
    ...(caCertificate === null ? {} : { caCertificate }),
  };
  const nothing = { datacenter: name, gateway: palette.gateway, validate, account: null, cluster: null, profiles: [] };
  if (cluster === null) return { address, question: nothing };
  const secrets = { maasApiKey: keys.maas ?? "", flashArrayTokens: {}, grafanaAdminPassword: "" };
  const { account, adopt, profiles } = paletteArgs(datacenter, palette, cluster, secrets, (value) => value);
  const read = (file: string): string => readFileSync(resolve(project, file), "utf8");
  const imported = importedProfiles(
    cluster.profileFiles,
    read,
    () => undefined,
    (value) => value,
  );
  return {
    address,
    question: {
      ...nothing,
      account: { ...account, adopt, apiKey: keys.maas ?? null },
      cluster: cluster.name,
      profiles: mergedProfiles(profiles, imported.profiles).flatMap(surveyed),
    },
  };
}

/** Layers that only the program knows hold manifests, which are in no registry. */
function surveyed({ rendered, version }: ProfileArgs): TenantQuestion["profiles"] {
  const { name, layers } = rendered;
  return Array.isArray(layers) ? [{ name, version, layers, secretManifests: {}, secretValues: {} }] : [];
}
