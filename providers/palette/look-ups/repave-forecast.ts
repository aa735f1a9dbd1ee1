import { z } from "zod";
import { messageOf } from "../../dynamic/errors";
import type { PaletteClient } from "../client/client";
import { type AttachedTemplate, type ClusterAnswer, clusterByName, readCloudConfig } from "../client/clusters";
import { requestBody } from "../client/request-body";
import { type AttachedProfileEntity, attachedProfilesSchema, packTypeOf } from "../client/request-schemas";
import { type PackAnswer, profileVersions } from "../client/profiles";
import {
  type NodeReplacement,
  nodeReplacements,
  type NodeSettings,
  nodeSettings,
  replacementLines,
} from "../cluster/node-replacement";
import { awaitsApproval, waitingReasons } from "../cluster/repave";
import type { ProfileLayer } from "../profile-content";
import { type ProfileSecrets, type ResolvedLayer, resolveLayers, withUids } from "../resolve-profile";
import { openTenant, type TenantAddress } from "./open-tenant";

/** A profile as the cluster is to run it. */
export interface ForecastProfile extends ProfileSecrets {
  name: string;
  version: string;
  layers: readonly ProfileLayer[];
  /** Values of its variables that are no secrets. */
  variables: Readonly<Record<string, string>>;
}

/** A cluster as it is to be, as far as its nodes are made from it. */
export interface ForecastCluster extends NodeSettings {
  name: string;
  profiles: readonly ForecastProfile[];
}

/** Whether a change would replace nodes. */
export type RepaveForecast =
  | {
      readonly ok: true;
      /** `cluster`: every node, which Palette holds until it is approved. `pools`: those of some machine pools. */
      readonly replaces: "nothing" | "pools" | "cluster";
      /** Names of the machine pools whose nodes are replaced. */
      readonly pools: readonly string[];
      readonly reasons: readonly string[];
    }
  /** Palette could not be asked, or could not say. */
  | { readonly ok: false; readonly reason: string };

/** Palette's forecast (`POST /v1/spectroclusters/{uid}/validate/repave`). */
const forecastSchema = z
  .object({
    isRepaveRequired: z.boolean(),
    reasons: z.array(z.object({ message: z.string().nullish() })).nullish(),
  })
  .describe("a forecast of a repave");

const nothing: RepaveForecast = { ok: true, replaces: "nothing", pools: [], reasons: [] };

/**
 * Says whether nodes would be replaced to bring a cluster to what is wanted: Palette is asked about the profiles, machine pools and keys are
 * compared. A profile version that is not imported yet is asked about as other values of the attached one. Reads only, and never throws: what goes
 * wrong is in the answer. A cluster that does not exist is not repaved.
 */
export async function lookUpRepave(address: TenantAddress, wanted: ForecastCluster): Promise<RepaveForecast> {
  try {
    return await forecast(openTenant(address).client, wanted);
  } catch (failure) {
    return { ok: false, reason: messageOf(failure) };
  }
}

async function forecast(client: PaletteClient, wanted: ForecastCluster): Promise<RepaveForecast> {
  const cluster = await clusterByName(client, wanted.name);
  if (cluster === undefined) return nothing;
  const replacements = await changedPools(client, cluster, wanted);
  const reasons = await profileReasons(client, cluster, wanted.profiles);
  if (reasons === undefined && replacements.length === 0) return nothing;
  const pools = (reasons === undefined ? replacements.map(({ pool }) => pool) : wanted.pools).map(({ name }) => name);
  return {
    ok: true,
    replaces: reasons === undefined ? "pools" : "cluster",
    pools,
    reasons: [...(reasons ?? []), ...replacementLines(replacements)],
  };
}

async function changedPools(
  client: PaletteClient,
  cluster: ClusterAnswer,
  wanted: NodeSettings,
): Promise<NodeReplacement[]> {
  const configUid = cluster.spec?.cloudConfigRef?.uid;
  if (configUid === undefined) return [];
  return nodeReplacements(nodeSettings(await readCloudConfig(client, configUid)), wanted);
}

/** Why Palette would replace every node for the wanted profiles, or waits for approval to do so; undefined when it would not. */
async function profileReasons(
  client: PaletteClient,
  cluster: ClusterAnswer,
  profiles: readonly ForecastProfile[],
): Promise<string[] | undefined> {
  const attached = cluster.spec?.clusterProfileTemplates ?? [];
  const changes = profiles.flatMap((wanted) => {
    const former = attached.find((profile) => profile.name === wanted.name);
    return former === undefined || former.profileVersion === wanted.version ? [] : [{ wanted, former }];
  });
  if (changes.length === 0) return awaitsApproval(cluster) ? waitingReasons(client, cluster.metadata.uid) : undefined;
  const asked = await Promise.all(changes.map(({ wanted, former }) => askedProfile(client, wanted, former)));
  const request = {
    method: "POST",
    path: `/v1/spectroclusters/${cluster.metadata.uid}/validate/repave`,
    body: requestBody(attachedProfilesSchema, { profiles: asked.map(({ entity }) => entity) }),
    repeatable: true,
  } as const;
  const answer = await client.ask(request, forecastSchema);
  const told = (answer.reasons ?? []).flatMap(({ message }) => message ?? []);
  const reasons = [...new Set([...asked.flatMap(({ upgrades }) => upgrades), ...told])];
  return answer.isRepaveRequired === true || reasons.length > 0 ? reasons : undefined;
}

/** A profile as the forecast takes it, and the versions of node layers that it changes: values alone do not tell Palette of those. */
async function askedProfile(
  client: PaletteClient,
  wanted: ForecastProfile,
  former: AttachedTemplate,
): Promise<{ entity: AttachedProfileEntity; upgrades: string[] }> {
  const variables = Object.entries(wanted.variables).map(([name, value]) => ({ name, value }));
  const imported = (await profileVersions(client, wanted.name)).find(({ version }) => version === wanted.version);
  if (imported !== undefined) {
    const entity = { uid: imported.uid, packValues: [], variables, replaceWithProfile: former.uid };
    return { entity, upgrades: [] };
  }
  const layers = await resolveLayers(client, wanted.layers, wanted);
  const packValues = layers.flatMap((layer) => {
    const attached = (former.packs ?? []).find(({ name }) => name === layer.layer.pack.name);
    return attached === undefined ? [] : [packValue(layer, attached)];
  });
  return {
    entity: { uid: former.uid, packValues, variables },
    upgrades: layers.flatMap((layer) => upgrade(layer, former)),
  };
}

/** A layer with other values; manifests that the cluster has are named by their uids, as in an update. */
function packValue(
  { layer, pack, values, manifests }: ResolvedLayer,
  attached: PackAnswer,
): AttachedProfileEntity["packValues"][number] {
  return {
    name: layer.pack.name,
    tag: pack?.tag ?? layer.pack.tag,
    type: packTypeOf(pack?.type ?? "manifest"),
    values,
    manifests: withUids(manifests, attached.manifests),
  };
}

/** A node layer in another version: always a repave. */
function upgrade({ layer, pack }: ResolvedLayer, former: AttachedTemplate): string[] {
  if (pack === null || (layer.pack.layer !== "os" && layer.pack.layer !== "k8s")) return [];
  const present = (former.packs ?? []).find(({ name }) => name === layer.pack.name)?.version;
  if (present === undefined || present === null || present === pack.version) return [];
  return [`layer ${layer.pack.name} changes from ${present} to ${pack.version}`];
}
