import { InputError, messageOf } from "../../dynamic/errors";
import type { PaletteClient } from "../client/client";
import { profileVersions } from "../client/profiles";
import type { ProfileLayer } from "../profile-content";
import { resolveLayers } from "../resolve-profile";
import { openTenant, type TenantAddress } from "./open-tenant";
import type { ForecastProfile } from "./repave-forecast";

/** What the registries lack for profiles that are to be imported. */
export type PacksLookUp =
  | { readonly ok: true; readonly problems: readonly string[] }
  /** Palette could not be asked. */
  | { readonly ok: false; readonly reason: string };

/**
 * Looks for the registry, pack, tag and presets of every layer of those profile versions that Palette does not have yet. A version that it has
 * needs its registries no more. Reads only, and never throws: what goes wrong is in the answer.
 */
export async function lookUpPacks(
  address: TenantAddress,
  profiles: readonly Omit<ForecastProfile, "variables">[],
): Promise<PacksLookUp> {
  try {
    const { client } = openTenant(address);
    const problems = await Promise.all(profiles.map((profile) => problemsOf(client, profile)));
    return { ok: true, problems: problems.flat() };
  } catch (failure) {
    return { ok: false, reason: messageOf(failure) };
  }
}

async function problemsOf(client: PaletteClient, profile: Omit<ForecastProfile, "variables">): Promise<string[]> {
  const versions = await profileVersions(client, profile.name);
  if (versions.some(({ version }) => version === profile.version)) return [];
  const packs = await observePacks(client, profile);
  return packs.flatMap(({ pack, problem }) =>
    problem === null ? [] : [`profile ${profile.name} ${profile.version}, layer ${pack}: ${problem}`],
  );
}

/** What the registries have for one layer of a profile. */
export interface ObservedPack {
  /** Name of the layer's pack. */
  readonly pack: string;
  /** The tag that the profile names. */
  readonly tag: string;
  /** The registry that the profile names. */
  readonly registry: string;
  /** The version that the tag stands for; null when the pack cannot be resolved. */
  readonly version: string | null;
  /** Why the layer cannot be imported; null when it can. */
  readonly problem: string | null;
}

/**
 * Resolves every layer of a profile that has a pack, as an import does, and keeps what each lacks. Layers of manifests only are left out.
 *
 * @throws ApiError when Palette cannot be read
 */
export async function observePacks(
  client: PaletteClient,
  profile: Omit<ForecastProfile, "variables">,
): Promise<ObservedPack[]> {
  return Promise.all(
    profile.layers.flatMap((layer) => {
      const { name: pack, tag, registry } = layer.pack;
      return registry === null ? [] : [observePack(client, profile, layer, { pack, tag, registry })];
    }),
  );
}

async function observePack(
  client: PaletteClient,
  profile: Omit<ForecastProfile, "variables">,
  layer: ProfileLayer,
  named: Pick<ObservedPack, "pack" | "tag" | "registry">,
): Promise<ObservedPack> {
  try {
    const [resolved] = await resolveLayers(client, [layer], profile);
    return { ...named, version: resolved?.pack?.version ?? null, problem: null };
  } catch (failure) {
    if (!(failure instanceof InputError)) throw failure;
    return { ...named, version: null, problem: failure.message };
  }
}
