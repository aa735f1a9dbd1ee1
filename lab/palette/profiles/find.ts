import type { Call } from "../http/call";
import { param } from "../http/call";
import { visibleOrRefuse } from "../http/scope";
import { invalid, notFound } from "../http/error";
import type { ClusterProfile, Manifest, ProfilePack, ProfileTemplate } from "../model/profile";
import { draftOrPublished } from "./template";

/** The profile that `{uid}` names, when the request may see it. */
export function profileOf(call: Call, permission: string, uid: string = param(call, "uid")): ClusterProfile {
  return visibleOrRefuse(
    call,
    call.palette.state.profiles.find((profile) => profile.uid === uid),
    "clusterprofile",
    uid,
    permission,
  );
}

/** The layer that `{packName}` names, in what edits work on. */
export function packOf(call: Call, profile: ClusterProfile): ProfilePack {
  const name = param(call, "packName");
  const pack = draftOrPublished(profile).packs.find((each) => each.name === name);
  if (!pack) throw notFound("pack", `${name}' of cluster profile '${profile.name}`);
  return pack;
}

/** The manifest that `{manifestUid}` names. */
export function manifestOf(call: Call, pack: ProfilePack): Manifest {
  const uid = param(call, "manifestUid");
  const manifest = pack.manifests.find((each) => each.uid === uid);
  if (!manifest) throw notFound("manifest", uid);
  return manifest;
}

/** Which metadata of packs `includePackMeta` asks for. */
export function packMeta(call: Call): { presets: boolean; schema: boolean } {
  const wanted = (call.query.get("includePackMeta") ?? "").split(",");
  return { presets: wanted.includes("presets"), schema: wanted.includes("schema") };
}

/**
 * The draft of a profile, made as a copy of what is published when there is none: edits go to the draft, clusters see
 * them after a publish.
 */
export function editableDraft(call: Call, profile: ClusterProfile): ProfileTemplate {
  profile.draft ??= structuredClone(profile.published ?? { packs: [] });
  profile.modifiedAt = call.palette.clock.now();
  return profile.draft;
}

/** `json` or `yaml`, from the query. */
export function formatOf(call: Call): "json" | "yaml" {
  const format = call.query.get("format") ?? "json";
  if (format !== "json" && format !== "yaml")
    throw invalid("InvalidQueryParameter", `format: '${format}' is neither json nor yaml`);
  return format;
}
