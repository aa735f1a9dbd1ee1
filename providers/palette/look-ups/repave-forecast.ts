import { messageOf } from "../../dynamic/errors";
import type { PaletteClient } from "../client/client";
import { type AttachedTemplate, clusterByName } from "../client/clusters";
import { profileVersions } from "../client/profiles";
import type { ProfileLayer } from "../profile-content";
import { type ProfileSecrets, type ResolvedLayer, resolveLayers } from "../resolve-profile";
import { openTenant, type TenantAddress } from "./open-tenant";

/** A profile as the cluster is to run it. */
export interface ForecastProfile extends ProfileSecrets {
  name: string;
  version: string;
  layers: readonly ProfileLayer[];
  /** Values of its variables that are no secrets. */
  variables: Readonly<Record<string, string>>;
}

/** Whether a change of profiles would replace nodes. */
export type RepaveForecast =
  | { readonly ok: true; readonly required: boolean; readonly reasons: readonly string[] }
  /** Palette could not be asked, or could not say. */
  | { readonly ok: false; readonly reason: string };

/**
 * Asks Palette whether the wanted profiles would replace every node of a cluster. A version that is not imported yet is asked about as other
 * values of the attached one. Reads only, and never throws: what goes wrong is in the answer. A cluster that does not exist is not repaved.
 */
export async function lookUpRepave(
  address: TenantAddress,
  cluster: string,
  profiles: readonly ForecastProfile[],
): Promise<RepaveForecast> {
  try {
    return await forecast(openTenant(address).client, cluster, profiles);
  } catch (failure) {
    return { ok: false, reason: messageOf(failure) };
  }
}

async function forecast(
  client: PaletteClient,
  name: string,
  profiles: readonly ForecastProfile[],
): Promise<RepaveForecast> {
  const cluster = await clusterByName(client, name);
  const attached = cluster?.spec?.clusterProfileTemplates ?? [];
  const changes = profiles.flatMap((wanted) => {
    const former = attached.find((profile) => profile.name === wanted.name);
    return former === undefined || former.profileVersion === wanted.version ? [] : [{ wanted, former }];
  });
  if (cluster === undefined || changes.length === 0) return { ok: true, required: false, reasons: [] };
  const asked = await Promise.all(changes.map(({ wanted, former }) => askedProfile(client, wanted, former)));
  const answer = await client.send<{
    isRepaveRequired?: boolean;
    reasons?: { message?: string | null }[] | null;
  } | null>({
    method: "POST",
    path: `/v1/spectroclusters/${cluster.metadata.uid}/validate/repave`,
    body: { profiles: asked.map(({ entity }) => entity) },
    repeatable: true,
  });
  const told = (answer?.reasons ?? []).flatMap(({ message }) => message ?? []);
  const reasons = [...new Set([...asked.flatMap(({ upgrades }) => upgrades), ...told])];
  return { ok: true, required: answer?.isRepaveRequired === true || reasons.length > 0, reasons };
}

/** A profile as the forecast takes it, and the versions of node layers that it changes: values alone do not tell Palette of those. */
async function askedProfile(
  client: PaletteClient,
  wanted: ForecastProfile,
  former: AttachedTemplate,
): Promise<{ entity: unknown; upgrades: string[] }> {
  const variables = Object.entries(wanted.variables).map(([name, value]) => ({ name, value }));
  const imported = (await profileVersions(client, wanted.name)).find(({ version }) => version === wanted.version);
  if (imported !== undefined) {
    const entity = { uid: imported.uid, packValues: [], variables, replaceWithProfile: former.uid };
    return { entity, upgrades: [] };
  }
  const layers = await resolveLayers(client, wanted.layers, wanted);
  const known = new Set((former.packs ?? []).map(({ name }) => name));
  const packValues = layers.filter(({ layer }) => known.has(layer.pack.name)).map(packValue);
  return {
    entity: { uid: former.uid, packValues, variables },
    upgrades: layers.flatMap((layer) => upgrade(layer, former)),
  };
}

function packValue({ layer, pack, values, manifests }: ResolvedLayer): unknown {
  return { name: layer.pack.name, tag: layer.pack.tag, type: pack?.type ?? "manifest", values, manifests };
}

/** A node layer in another version: always a repave. */
function upgrade({ layer, pack }: ResolvedLayer, former: AttachedTemplate): string[] {
  if (pack === null || (layer.pack.layer !== "os" && layer.pack.layer !== "k8s")) return [];
  const present = (former.packs ?? []).find(({ name }) => name === layer.pack.name)?.version;
  if (present === undefined || present === null || present === pack.version) return [];
  return [`layer ${layer.pack.name} changes from ${present} to ${pack.version}`];
}
