import { InputError, messageOf } from "../../dynamic/errors";
import type { PaletteClient } from "../client/client";
import { profileVersions } from "../client/profiles";
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
  const found = await Promise.all(
    profile.layers.map(async (layer) => {
      try {
        await resolveLayers(client, [layer], profile);
        return [];
      } catch (failure) {
        if (!(failure instanceof InputError)) throw failure;
        return [`profile ${profile.name} ${profile.version}, layer ${layer.pack.name}: ${failure.message}`];
      }
    }),
  );
  return found.flat();
}
