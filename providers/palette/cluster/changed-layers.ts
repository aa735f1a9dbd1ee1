import type { PaletteClient } from "../client/client";
import { type AttachedTemplate, type ClusterAnswer, readClusterManifests } from "../client/clusters";
import { requestBody } from "../client/request-body";
import { type AttachedProfileEntity, attachedProfilesSchema, packTypeOf } from "../client/request-schemas";
import { type PackAnswer, readManifests, readProfile } from "../client/profiles";
import { differingValues } from "../pack-values";
import { isMasked } from "../profile-drift";
import { withUids } from "../resolve-profile";
import { type ResolvedProfile, variableEntities } from "./attached-profiles";

/** A layer that was given values or manifests of its own on a cluster, apart from the profile version that it comes from. */
export interface ChangedLayer {
  /** The profile as it is attached. */
  profile: AttachedTemplate;
  /** The layer as the profile has it. */
  pack: PackAnswer;
  /** Its manifests as the profile has them, with the uids that they have on the cluster. */
  manifests: { name: string; content: string; uid?: string }[];
  /** What differs, a line each: a YAML path with both sides, or a manifest. */
  lines: string[];
}

/** How long one side of a difference is shown. */
const shownLength = 60;

/**
 * The layers of a cluster that differ from the profile versions that they come from: somebody changed them on the cluster itself. Palette
 * takes a copy of each layer when a profile is attached, and lets that copy be changed.
 *
 * @param hidden keys (`profile/pack/key/key/…`) of values that are secrets: of these only the path is told
 */
export async function changedLayers(
  client: PaletteClient,
  cluster: ClusterAnswer,
  hidden: readonly string[],
): Promise<ChangedLayer[]> {
  const attached = cluster.spec?.clusterProfileTemplates ?? [];
  const withManifests = attached.some(({ packs }) => (packs ?? []).some((pack) => (pack.manifests ?? []).length > 0));
  const contents = withManifests ? await readClusterManifests(client, cluster.metadata.uid) : new Map<string, string>();
  const found = await Promise.all(attached.map((profile) => changedLayersOf(client, profile, contents, hidden)));
  return found.flat();
}

async function changedLayersOf(
  client: PaletteClient,
  profile: AttachedTemplate,
  contents: ReadonlyMap<string, string>,
  hidden: readonly string[],
): Promise<ChangedLayer[]> {
  const packs = (await readProfile(client, profile.uid))?.spec.published?.packs ?? [];
  const withManifests = packs.some(({ manifests }) => (manifests ?? []).length > 0);
  const own = withManifests ? await readManifests(client, profile.uid) : new Map<string, string>();
  return packs.flatMap((pack) => {
    const actual = (profile.packs ?? []).find(({ name }) => name === pack.name);
    if (actual === undefined) return [];
    const manifests = (pack.manifests ?? []).map(({ name }) => ({
      name,
      content: own.get(`${pack.name}/${name}`) ?? "",
    }));
    const secret = new Set(
      hidden
        .filter((key) => key.startsWith(`${profile.name}/${pack.name}/`))
        .map((key) => key.slice(profile.name.length + pack.name.length + 2)),
    );
    const changed = manifests.filter(
      ({ name, content }) => contents.get(`${profile.uid}/${pack.name}/${name}`)?.trim() !== content.trim(),
    );
    const lines = [
      ...valueLines(pack.values ?? "", actual.values ?? "", secret),
      ...changed.map(({ name }) => `manifest ${name} is another one than the profile's`),
    ];
    return lines.length === 0 ? [] : [{ profile, pack, manifests: withUids(manifests, actual.manifests), lines }];
  });
}

/**
 * Where the values of a layer on a cluster differ from the profile's, a line each. Pure. What Palette masks cannot be compared; the cluster's
 * side is not shown where a secret stands: in the place of a secret value, and of a variable, which may be a sensitive one.
 *
 * @param secret paths of secret values, as keys joined by `/`; a `/` inside a key is written `~1`
 */
export function valueLines(wanted: string, actual: string, secret: ReadonlySet<string>): string[] {
  if (wanted.trim() === actual.trim()) return [];
  const differences = differingValues(wanted, actual).filter(({ left, right }) => !isMasked(left) && !isMasked(right));
  return differences.map(({ path, keys, left, right }) => {
    const isSecret = secret.has(keys.map((key) => key.replaceAll("/", "~1")).join("/")) || /\{\{/.test(show(left));
    return isSecret
      ? `${path} is another value than the profile's`
      : `${path} is ${show(right)}, in the profile ${show(left)}`;
  });
}

/** The changed layers as an input tells them: lines by `profile/pack`; null when there is none. */
export function changedLayerLines(layers: readonly ChangedLayer[]): Record<string, string[]> | null {
  if (layers.length === 0) return null;
  return Object.fromEntries(layers.map(({ profile, pack, lines }) => [`${profile.name}/${pack.name}`, lines]));
}

/**
 * The changed layers that are put back: of profile versions that stay attached, and only those that were seen, so that nothing is written
 * that no preview showed.
 *
 * @param seen layers that were seen to be changed, by `profile/pack`
 */
export async function layersToRestore(
  client: PaletteClient,
  cluster: ClusterAnswer,
  wanted: readonly ResolvedProfile[],
  seen: readonly string[],
): Promise<ChangedLayer[]> {
  if (seen.length === 0) return [];
  const found = await changedLayers(client, cluster, []);
  return found.filter(
    ({ profile, pack }) =>
      seen.includes(`${profile.name}/${pack.name}`) && wanted.some(({ uid }) => uid === profile.uid),
  );
}

/**
 * Gives layers of a cluster the values and manifests of their profile again. The whole text is sent, because a layer that is left out of the
 * call may stay as it is.
 */
export async function restoreLayers(
  client: PaletteClient,
  uid: string,
  layers: readonly ChangedLayer[],
  wanted: readonly ResolvedProfile[],
): Promise<void> {
  if (layers.length === 0) return;
  const profiles = wanted.flatMap((profile) => {
    const own = layers.filter((layer) => layer.profile.uid === profile.uid);
    return own.length === 0
      ? []
      : [{ uid: profile.uid, packValues: own.map(packValue), variables: variableEntities(profile.variables) }];
  });
  await client.send({
    method: "PATCH",
    path: `/v1/spectroclusters/${uid}/profiles`,
    query: { resolveNotification: true },
    body: requestBody(attachedProfilesSchema, { profiles }),
    repeatable: true,
  });
}

function packValue({ pack, manifests }: ChangedLayer): AttachedProfileEntity["packValues"][number] {
  const type = packTypeOf(pack.type ?? "spectro");
  return { name: pack.name, tag: pack.tag ?? "", type, values: pack.values ?? "", manifests };
}

function show(value: unknown): string {
  const text = value === undefined ? "not set" : JSON.stringify(value);
  return text.length > shownLength ? `${text.slice(0, shownLength - 3)}...` : text;
}
