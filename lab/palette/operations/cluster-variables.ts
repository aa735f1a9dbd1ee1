import { z } from "zod";
import { setProfiles } from "../clusters/change-profiles";
import { clusterOf, liveClusterOf } from "../clusters/find";
import { clusterVariablesView } from "../clusters/profile-views";
import { NO_CONTENT, ok } from "../http/answer";
import { notFound } from "../http/error";
import { payload } from "../http/payload";
import type { Route } from "../http/router";
import { isMasked } from "../packs/pack-values";

const updateSchema = z.array(
  z.object({
    profileUid: z.string(),
    variables: z.array(z.object({ name: z.string(), value: z.string().default("") })).default([]),
  }),
);

/** A cluster's own values of its profiles' variables. */
export const clusterVariableRoutes: Route[] = [
  {
    verb: "GET",
    path: "/v1/spectroclusters/{uid}/variables",
    scope: "project",
    permission: "cluster.get",
    handle: (call) =>
      ok(
        clusterOf(call, "cluster.get")
          .profiles.filter((profile) => profile.variables.length > 0)
          .map(clusterVariablesView),
      ),
  },
  {
    verb: "PATCH",
    path: "/v1/spectroclusters/{uid}/variables",
    scope: "project",
    permission: "cluster.update",
    handle(call) {
      const cluster = liveClusterOf(call, "cluster.update");
      const updates = payload(updateSchema, call.body);
      const unknown = updates.find((update) => !cluster.profiles.some((profile) => profile.uid === update.profileUid));
      if (unknown) throw notFound("clusterprofile", unknown.profileUid);
      const profiles = cluster.profiles.map((profile) => {
        const sent = updates
          .filter((update) => update.profileUid === profile.uid)
          .flatMap((update) => update.variables)
          // A mask that comes back as it was read changes nothing.
          .filter(({ name, value }) => {
            const variable = profile.variables.find((each) => each.name === name);
            return !(variable?.isSensitive && isMasked(value));
          });
        const values = Object.fromEntries(sent.map(({ name, value }) => [name, value]));
        return { ...profile, values: { ...profile.values, ...values } };
      });
      setProfiles(call.palette, cluster, profiles, cluster.spcApply.actionType);
      return NO_CONTENT;
    },
  },
];
