import { z } from "zod";
import { created, NO_CONTENT, ok } from "../http/answer";
import type { Call } from "../http/call";
import { flag } from "../http/call";
import { conflict, forbidden, invalid, PaletteError } from "../http/error";
import { payload } from "../http/payload";
import type { Route } from "../http/router";
import { ownership, visible } from "../http/scope";
import type { ClusterProfile } from "../model/profile";
import type { Ownership } from "../model/tenant";
import { newUid } from "../uid";
import { noticeProfileChange } from "../profiles/notice";
import { editableDraft, packMeta, profileOf } from "../profiles/find";
import { addProfile } from "../profiles/make";
import { writtenPack } from "../profiles/packs";
import { cloneSchema, createSchema, metadataSchema, updateSchema } from "../profiles/payloads";
import { checkNameAndVersion, checkTemplate, draftOrPublished, lineage } from "../profiles/template";
import { clustersUsing, profileView } from "../profiles/views";

function descriptionOf(annotations: Record<string, string>): {
  description: string;
  annotations: Record<string, string>;
} {
  const { description = "", scope: _scope, projectUid: _projectUid, ...rest } = annotations;
  return { description, annotations: rest };
}

// The target of a clone; a project target must be the request's own project.
function cloneOwner(call: Call, target: { scope: string; projectUid: string } | undefined): Ownership {
  if (!target) return ownership(call);
  if (target.scope === "tenant") return { scope: "tenant", projectUid: "" };
  if (target.scope !== "project")
    throw invalid("InvalidRequestPayload", `target.scope: '${target.scope}' is not allowed`);
  const projectUid = target.projectUid || call.projectUid;
  if (!projectUid || projectUid !== call.projectUid) throw forbidden("clusterProfile.create");
  return { scope: "project", projectUid };
}

function rename(call: Call, profile: ClusterProfile, name: string, version: string): void {
  const wanted = { name: name || profile.name, version: version || profile.version };
  if (wanted.name === profile.name && wanted.version === profile.version) return;
  if (wanted.version !== profile.version || wanted.name !== profile.name)
    checkNameAndVersion(call.palette, profile, wanted.name, wanted.version);
  for (const each of lineage(call.palette, profile)) each.name = wanted.name;
  profile.version = wanted.version;
}

function remove(call: Call, profile: ClusterProfile): void {
  const users = clustersUsing(call.palette, profile.uid);
  if (users.length > 0)
    throw conflict(
      "ClusterProfileInUse",
      `Cluster profile '${profile.name}' version '${profile.version}' is used by ${users
        .map((cluster) => `cluster '${cluster.name}'`)
        .join(", ")}`,
    );
  call.palette.state.profiles = call.palette.state.profiles.filter((each) => each !== profile);
}

/** Cluster profiles as objects. */
export const profileRoutes: Route[] = [
  {
    verb: "POST",
    path: "/v1/clusterprofiles",
    scope: "any",
    permission: "clusterProfile.create",
    handle(call) {
      const { metadata, spec } = payload(createSchema, call.body);
      const profile = addProfile(
        call.palette,
        ownership(call),
        {
          name: metadata.name,
          version: spec.version,
          ...descriptionOf(metadata.annotations ?? {}),
          labels: metadata.labels ?? {},
          type: spec.template.type,
          cloudType: spec.template.cloudType,
          variables: spec.variables,
          packs: spec.template.packs.map((pack) => writtenPack(call.palette, pack)),
        },
        flag(call, "publish"),
      );
      return created(profile.uid);
    },
  },
  {
    verb: "GET",
    path: "/v1/clusterprofiles/{uid}",
    scope: "any",
    permission: "clusterProfile.get",
    handle: (call) => ok(profileView(call.palette, profileOf(call, "clusterProfile.get"), packMeta(call))),
  },
  {
    verb: "PUT",
    path: "/v1/clusterprofiles/{uid}",
    scope: "any",
    permission: "clusterProfile.update",
    handle(call) {
      const profile = profileOf(call, "clusterProfile.update");
      const { metadata, spec } = payload(updateSchema, call.body);
      const before = draftOrPublished(profile).packs;
      // Manifests are replaced whole: one sent without content is empty afterwards.
      const packs = spec.template.packs.map((pack) =>
        writtenPack(
          call.palette,
          pack,
          before.find((each) => each.name === pack.name),
        ),
      );
      checkTemplate(call.palette, profile.type, packs, profile.variables);
      rename(call, profile, metadata.name, spec.version);
      if (metadata.labels) profile.labels = metadata.labels;
      if (metadata.annotations) Object.assign(profile, descriptionOf(metadata.annotations));
      editableDraft(call, profile).packs = packs;
      return NO_CONTENT;
    },
  },
  {
    verb: "DELETE",
    path: "/v1/clusterprofiles/{uid}",
    scope: "any",
    permission: "clusterProfile.delete",
    handle(call) {
      remove(call, profileOf(call, "clusterProfile.delete"));
      return NO_CONTENT;
    },
  },
  {
    verb: "DELETE",
    path: "/v1/clusterprofiles/bulk",
    scope: "any",
    permission: "clusterProfile.delete",
    handle(call) {
      const { uids } = payload(z.object({ uids: z.array(z.string()) }), call.body);
      const failures: { uid: string; name: string; errMsg: string }[] = [];
      for (const uid of uids) {
        const profile = call.palette.state.profiles.find((each) => each.uid === uid && visible(call, each));
        try {
          remove(call, profileOf(call, "clusterProfile.delete", uid));
        } catch (error) {
          if (!(error instanceof PaletteError)) throw error;
          failures.push({ uid, name: profile?.name ?? "", errMsg: error.message });
        }
      }
      return ok({
        deletedCount: uids.length - failures.length,
        failures,
        isSucceeded: failures.length === 0,
        message: failures.length === 0 ? "" : "some cluster profiles could not be deleted",
      });
    },
  },
  {
    verb: "POST",
    path: "/v1/clusterprofiles/{uid}/clone",
    scope: "any",
    permission: "clusterProfile.create",
    handle(call) {
      const source = profileOf(call, "clusterProfile.get");
      const { name, version, target } = payload(cloneSchema, call.body).metadata;
      const owner = cloneOwner(call, target);
      checkNameAndVersion(call.palette, owner, name, version);
      const now = call.palette.clock.now();
      const clone: ClusterProfile = {
        ...structuredClone(source),
        ...owner,
        uid: newUid(),
        name,
        version,
        createdAt: now,
        modifiedAt: now,
      };
      for (const pack of [...(clone.published?.packs ?? []), ...(clone.draft?.packs ?? [])])
        pack.manifests = pack.manifests.map((manifest) => ({ ...manifest, uid: newUid() }));
      call.palette.state.profiles.push(clone);
      return created(clone.uid);
    },
  },
  {
    verb: "POST",
    path: "/v1/clusterprofiles/{uid}/clone/validate",
    scope: "any",
    permission: "clusterProfile.create",
    handle(call) {
      profileOf(call, "clusterProfile.get");
      const { name, version, target } = payload(cloneSchema.shape.metadata, call.body);
      checkNameAndVersion(call.palette, cloneOwner(call, target), name, version);
      return NO_CONTENT;
    },
  },
  {
    verb: "PATCH",
    path: "/v1/clusterprofiles/{uid}/metadata",
    scope: "any",
    permission: "clusterProfile.update",
    handle(call) {
      const profile = profileOf(call, "clusterProfile.update");
      const { metadata, spec } = payload(metadataSchema, call.body);
      rename(call, profile, metadata.name, spec?.version ?? "");
      profile.labels = metadata.labels ?? {};
      Object.assign(profile, descriptionOf(metadata.annotations ?? {}));
      profile.modifiedAt = call.palette.clock.now();
      return NO_CONTENT;
    },
  },
  {
    verb: "PATCH",
    path: "/v1/clusterprofiles/{uid}/publish",
    scope: "any",
    permission: "clusterProfile.publish",
    handle(call) {
      const profile = profileOf(call, "clusterProfile.publish");
      if (profile.draft) {
        profile.published = profile.draft;
        delete profile.draft;
        profile.modifiedAt = call.palette.clock.now();
        noticeProfileChange(call.palette, profile);
      }
      return NO_CONTENT;
    },
  },
];
