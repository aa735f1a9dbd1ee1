import { z } from "zod";
import { sorted, sortSchema } from "../filters/sorting";
import { passes, textFilterSchema } from "../filters/text-filter";
import { ok } from "../http/answer";
import type { Call } from "../http/call";
import { listed } from "../http/listed";
import { page } from "../http/paging";
import { payload } from "../http/payload";
import type { Route } from "../http/router";
import { visible } from "../http/scope";
import type { ClusterProfile } from "../model/profile";
import { compareVersions } from "../packs/version";
import { profileOf } from "../profiles/find";
import { profileSummaryView } from "../profiles/views";

const searchSchema = z.object({
  filter: z
    .object({
      profileName: textFilterSchema.optional(),
      profileType: z.array(z.string()).optional(),
      environment: z.array(z.string()).optional(),
      scope: z.string().optional(),
      tags: z.object({ eq: z.array(z.string()).optional() }).optional(),
      version: z
        .object({
          eq: z.string().optional(),
          ne: z.string().optional(),
          beginsWith: z.string().optional(),
          gt: z.string().optional(),
          lt: z.string().optional(),
        })
        .optional(),
    })
    .default({}),
  sort: sortSchema,
});
type Filter = z.output<typeof searchSchema>["filter"];

function matches(profile: ClusterProfile, filter: Filter): boolean {
  const { version } = filter;
  return (
    passes(profile.name, filter.profileName) &&
    (!filter.profileType?.length || filter.profileType.includes(profile.type)) &&
    (!filter.environment?.length || profile.cloudType === "all" || filter.environment.includes(profile.cloudType)) &&
    (filter.scope === undefined || filter.scope === profile.scope) &&
    (filter.tags?.eq ?? []).every((tag) => tag in profile.labels) &&
    passes(profile.version, version && { eq: version.eq, ne: version.ne, beginsWith: version.beginsWith }) &&
    (version?.gt === undefined || compareVersions(profile.version, version.gt) > 0) &&
    (version?.lt === undefined || compareVersions(profile.version, version.lt) < 0)
  );
}

function visibleProfiles(call: Call): ClusterProfile[] {
  return listed(call, call.palette.state.profiles).filter((profile) => visible(call, profile));
}

/** Lists and searches of profiles, and macros. */
export const profileDashboardRoutes: Route[] = [
  {
    verb: "GET",
    path: "/v1/dashboard/clusterprofiles/metadata",
    scope: "any",
    permission: "clusterProfile.list",
    handle: (call) =>
      ok({
        items: visibleProfiles(call).map((profile) => ({
          metadata: { name: profile.name, uid: profile.uid },
          spec: { cloudType: profile.cloudType, version: profile.version },
        })),
      }),
  },
  {
    verb: "POST",
    path: "/v1/dashboard/clusterprofiles",
    scope: "any",
    permission: "clusterProfile.list",
    handle(call) {
      const { filter, sort } = payload(searchSchema, call.body);
      const found = visibleProfiles(call).filter((profile) => matches(profile, filter));
      const rows = sorted(found, sort, {
        profileName: (profile) => profile.name,
        profileType: (profile) => profile.type,
        environment: (profile) => profile.cloudType,
        creationTimestamp: (profile) => profile.createdAt,
        lastModifiedTimestamp: (profile) => profile.modifiedAt,
      });
      return ok(
        page(
          rows.map((profile) => profileSummaryView(call.palette, profile)),
          call.query,
        ),
      );
    },
  },
  {
    verb: "GET",
    path: "/v1/dashboard/clusterprofiles/{uid}",
    scope: "any",
    permission: "clusterProfile.get",
    handle: (call) => ok(profileSummaryView(call.palette, profileOf(call, "clusterProfile.get"))),
  },
  {
    verb: "GET",
    path: "/v1/clusterprofiles/macros",
    scope: "any",
    permission: "macro.list",
    handle: ({ palette }) => ok({ macros: palette.state.macros }),
  },
];
