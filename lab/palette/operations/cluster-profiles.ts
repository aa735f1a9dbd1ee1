import { z } from "zod";
import { copyOf } from "../clusters/attach";
import { changed, patchedSet, replacedSet, setProfiles } from "../clusters/change-profiles";
import { clusterOf, liveClusterOf } from "../clusters/find";
import { attachListSchema } from "../clusters/payloads";
import { attachedManifestsView, attachedProfileView } from "../clusters/profile-views";
import { macroValues, resolvedLayers } from "../clusters/resolve";
import { NO_CONTENT, ok } from "../http/answer";
import type { Call } from "../http/call";
import { flag } from "../http/call";
import { invalid, notFound } from "../http/error";
import { payload } from "../http/payload";
import type { Route } from "../http/router";
import { nullWhenEmpty } from "../json";
import type { AttachedProfile, Cluster } from "../model/cluster";
import { parseValues, valueAt } from "../packs/pack-values";
import { packMeta } from "../profiles/find";
import { resolveMacros } from "../profiles/macros";
import { findingsView } from "../profiles/validate";
import { clusterFindings } from "../clusters/checks";
import { templateView } from "../profiles/views";
import { stringify } from "yaml";

const packRefsSchema = z.object({
  profiles: z.array(z.object({ uid: z.string() })).default([]),
  spcApplySettings: attachListSchema.shape.spcApplySettings,
});

function resolveNotices(call: Call, cluster: Cluster): void {
  if (!flag(call, "resolveNotification")) return;
  for (const notice of call.palette.state.notifications) if (notice.objectUid === cluster.uid) notice.isDone = true;
}

// Attached copies that are older than the published profile.
function outdated(call: Call, cluster: Cluster): AttachedProfile[] {
  return cluster.profiles.filter((attached) => {
    const source = call.palette.state.profiles.find((profile) => profile.uid === attached.uid);
    return source?.published !== undefined && source.modifiedAt > attached.sourceModifiedAt;
  });
}

function update(call: Call, set: typeof patchedSet) {
  const cluster = liveClusterOf(call, "cluster.update");
  const { profiles, spcApplySettings } = payload(attachListSchema, call.body);
  setProfiles(call.palette, cluster, set(call.palette, cluster, profiles), spcApplySettings?.actionType);
  resolveNotices(call, cluster);
  return NO_CONTENT;
}

/** The profiles of a cluster. */
export const clusterProfileRoutes: Route[] = [
  {
    verb: "GET",
    path: "/v1/spectroclusters/{uid}/profiles",
    scope: "project",
    permission: "cluster.get",
    handle(call) {
      const cluster = clusterOf(call, "cluster.get");
      const meta = packMeta(call);
      return ok({
        profiles: cluster.profiles.map((profile) => attachedProfileView(call.palette, cluster, profile, meta)),
      });
    },
  },
  {
    verb: "PUT",
    path: "/v1/spectroclusters/{uid}/profiles",
    scope: "project",
    permission: "cluster.update",
    handle: (call) => update(call, replacedSet),
  },
  {
    verb: "PATCH",
    path: "/v1/spectroclusters/{uid}/profiles",
    scope: "project",
    permission: "cluster.update",
    handle: (call) => update(call, patchedSet),
  },
  {
    verb: "DELETE",
    path: "/v1/spectroclusters/{uid}/profiles",
    scope: "project",
    permission: "cluster.update",
    handle(call) {
      const cluster = liveClusterOf(call, "cluster.update");
      const { profileUids } = payload(z.object({ profileUids: z.array(z.string()).default([]) }), call.body);
      for (const uid of profileUids) {
        const profile = cluster.profiles.find((each) => each.uid === uid);
        if (!profile) throw notFound("clusterprofile", uid);
        if (profile.type !== "add-on")
          throw invalid("InvalidClusterProfiles", `Profile '${profile.name}' is no add-on and cannot be detached`);
      }
      setProfiles(
        call.palette,
        cluster,
        cluster.profiles.filter((profile) => !profileUids.includes(profile.uid)),
      );
      return NO_CONTENT;
    },
  },
  {
    verb: "GET",
    path: "/v1/spectroclusters/{uid}/profiles/packs/manifests",
    scope: "project",
    permission: "cluster.get",
    handle(call) {
      const cluster = clusterOf(call, "cluster.get");
      return ok({ profiles: cluster.profiles.map((profile) => attachedManifestsView(call.palette, profile)) });
    },
  },
  {
    verb: "GET",
    path: "/v1/spectroclusters/{uid}/profileUpdates",
    scope: "project",
    permission: "cluster.get",
    handle(call) {
      const { palette } = call;
      const updates = outdated(call, clusterOf(call, "cluster.get")).flatMap((attached) => {
        const source = palette.state.profiles.find((profile) => profile.uid === attached.uid);
        return source?.published ? [templateView(palette, source, source.published, packMeta(call))] : [];
      });
      return ok({ profiles: nullWhenEmpty(updates) });
    },
  },
  {
    verb: "PATCH",
    path: "/v1/spectroclusters/{uid}/packRefs",
    scope: "project",
    permission: "cluster.update",
    handle(call) {
      const cluster = liveClusterOf(call, "cluster.update");
      const { profiles, spcApplySettings } = payload(packRefsSchema, call.body);
      const stale = outdated(call, cluster).map((profile) => profile.uid);
      const wanted = profiles.length === 0 ? stale : profiles.map((profile) => profile.uid);
      cluster.profiles = cluster.profiles.map((attached) => {
        const source = call.palette.state.profiles.find((profile) => profile.uid === attached.uid);
        return source && wanted.includes(attached.uid) ? { ...copyOf(source), values: attached.values } : attached;
      });
      changed(call.palette, cluster, spcApplySettings?.actionType);
      for (const notice of call.palette.state.notifications)
        if (notice.objectUid === cluster.uid && wanted.includes(notice.profileUid)) notice.isDone = true;
      return NO_CONTENT;
    },
  },
  {
    verb: "GET",
    path: "/v1/spectroclusters/{uid}/packs/resolvedValues",
    scope: "project",
    permission: "cluster.get",
    handle(call) {
      const cluster = clusterOf(call, "cluster.get");
      const { references } = payload(z.object({ references: z.array(z.string()).default([]) }), call.body);
      return ok({
        profiles: cluster.profiles.map((profile) => {
          const values = macroValues(call.palette, cluster, cluster.profiles, profile);
          return {
            uid: profile.uid,
            resolved: Object.fromEntries(references.map((text) => [text, resolveMacros(text, values)])),
          };
        }),
      });
    },
  },
  {
    verb: "GET",
    path: "/v1/spectroclusters/{uid}/pack/properties",
    scope: "project",
    permission: "cluster.get",
    handle(call) {
      const cluster = clusterOf(call, "cluster.get");
      const [layer, fieldPath, name] = ["layer", "fieldPath", "name"].map((each) => call.query.get(each));
      if (!layer || !fieldPath) throw invalid("InvalidQueryParameter", "layer and fieldPath are needed");
      const packs = flag(call, "resolveMacros")
        ? resolvedLayers(call.palette, cluster, cluster.profiles).map((each) => each.pack)
        : cluster.profiles.flatMap((profile) => profile.packs);
      const pack = packs.find((each) => each.layer === layer && (!name || each.name === name));
      if (!pack) throw notFound("pack", name ?? layer);
      const value = valueAt(parseValues(pack.values), fieldPath);
      return ok({ yaml: value === undefined ? "" : stringify(value) });
    },
  },
  {
    verb: "POST",
    path: "/v1/spectroclusters/{uid}/validate/packs",
    scope: "project",
    permission: "cluster.get",
    handle(call) {
      const cluster = clusterOf(call, "cluster.get");
      const { profiles: inputs } = payload(attachListSchema, call.body);
      const { profiles } = clusterFindings(call.palette, cluster.projectUid, {
        metadata: { name: cluster.name, labels: {}, annotations: {} },
        spec: {
          cloudAccountUid: cluster.cloudAccountUid,
          cloudConfig: cluster.cloudConfig,
          profiles: inputs,
          machinepoolconfig: [],
          clusterConfig: {},
          clusterType: "PureManage",
        },
      });
      return ok({
        machinePools: findingsView([]),
        profiles: profiles.map(({ uid, packs }) => ({ uid, packs: findingsView(packs) })),
      });
    },
  },
];
