import { invalid, notFound } from "../http/error";
import type { AttachedProfile } from "../model/cluster";
import type { ClusterProfile, ProfilePack } from "../model/profile";
import type { Palette } from "../palette";
import { newUid } from "../uid";
import { checkPackValues, knownManifest } from "../profiles/packs";
import type { AttachInput } from "./payloads";

/**
 * A copy of a profile for a cluster, with the cluster's own pack values and variables.
 * @param projectUid the cluster's project: profiles of it and of the tenant can be attached.
 * @param former the same profile as it is attached now: its variables stay when none are sent.
 * @throws PaletteError 404 for an unknown profile or pack; 400 for one that is a draft or for another cloud.
 */
export function attach(
  palette: Palette,
  projectUid: string,
  input: AttachInput,
  former?: AttachedProfile,
): AttachedProfile {
  const profile = palette.state.profiles.find((each) => each.uid === input.uid);
  if (!profile || (profile.scope === "project" && profile.projectUid !== projectUid))
    throw notFound("clusterprofile", input.uid);
  const attached = copyOf(profile);
  for (const override of input.packValues) {
    const pack = attached.packs.find((each) => each.name === override.name);
    if (!pack) throw notFound("pack", `${override.name}' of cluster profile '${profile.name}`);
    overridePack(palette, pack, override);
  }
  const sent = input.variables?.map((variable): [string, string] => [variable.name, variable.value]);
  attached.values = sent ? Object.fromEntries(sent) : (former?.values ?? {});
  return attached;
}

/** The published content of a profile as a cluster's copy, without values of the cluster's own. */
export function copyOf(profile: ClusterProfile): AttachedProfile {
  if (!profile.published)
    throw invalid(
      "ClusterProfileNotPublished",
      `Cluster profile '${profile.name}' version '${profile.version}' is a draft: publish it before a cluster uses it`,
    );
  if (!["maas", "all"].includes(profile.cloudType))
    throw invalid(
      "InvalidClusterProfile",
      `Cluster profile '${profile.name}' is for cloud type '${profile.cloudType}'`,
    );
  return {
    uid: profile.uid,
    name: profile.name,
    version: profile.version,
    type: profile.type,
    cloudType: profile.cloudType,
    packs: structuredClone(profile.published.packs),
    variables: structuredClone(profile.variables),
    values: {},
    sourceModifiedAt: profile.modifiedAt,
  };
}

function overridePack(palette: Palette, pack: ProfilePack, input: AttachInput["packValues"][number]): void {
  if (input.values !== "") {
    const known = palette.catalogue.byUid(pack.packUid);
    if (known) checkPackValues(known, pack.name, input.values);
    pack.values = input.values;
  }
  for (const manifest of input.manifests) {
    const present = knownManifest(palette, pack.name, manifest, pack.manifests);
    if (present) present.content = manifest.content;
    else pack.manifests.push({ name: manifest.name, content: manifest.content, uid: newUid() });
  }
}
