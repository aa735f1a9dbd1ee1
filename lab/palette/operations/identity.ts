import { z } from "zod";
import { sorted, sortSchema } from "../filters/sorting";
import { passes, textFilterSchema } from "../filters/text-filter";
import type { Call } from "../http/call";
import { param } from "../http/call";
import { notFound, PaletteError } from "../http/error";
import { ok } from "../http/answer";
import { page } from "../http/paging";
import { payload } from "../http/payload";
import type { Route } from "../http/router";
import type { Sessions } from "../http/sessions";
import type { JsonObject } from "../json";
import { metadataOf } from "../metadata";
import type { Project } from "../model/tenant";
import { apiTime } from "../clock";
import { MASK } from "../observation/masking";
import { seededUid } from "../uid";

const loginSchema = z.object({
  emailId: z.string().default(""),
  password: z.string().default(""),
  org: z.string().default(""),
});

const searchSchema = z.object({
  filter: z.object({ name: textFilterSchema.optional() }).optional(),
  sort: sortSchema,
});

/** Who one is, and the projects. */
export function identityRoutes(sessions: Sessions): Route[] {
  return [
    {
      verb: "POST",
      path: "/v1/auth/authenticate",
      scope: "any",
      anonymous: true,
      permission: "auth.login",
      handle(call) {
        const { emailId, password } = payload(loginSchema, call.body);
        const token = sessions.login(call.palette.state.tenant.user.emailId, emailId, password);
        if (token === undefined) throw new PaletteError(401, "UnAuthorizedAccess", "Invalid e-mail or password");
        return ok({ Authorization: token, isMfa: false });
      },
    },
    {
      verb: "GET",
      path: "/v1/apiKeys",
      scope: "any",
      permission: "apiKey.list",
      handle({ palette }) {
        const { user } = palette.state.tenant;
        return ok({
          items: [
            {
              metadata: metadataOf({ uid: seededUid("key", user.uid), name: "lab", createdAt: 0 }),
              spec: {
                expiry: apiTime(palette.clock.now() + 365 * 24 * 3600 * 1000),
                key: MASK,
                user: { uid: user.uid, firstName: user.firstName, lastName: user.lastName },
              },
              status: { isActive: true },
            },
          ],
        });
      },
    },
    {
      verb: "GET",
      path: "/v1/users/info",
      scope: "any",
      permission: "user.get",
      handle: ({ palette: { state } }) =>
        ok({ orgName: state.tenant.name, tenantUid: state.tenant.uid, userUid: state.tenant.user.uid }),
    },
    {
      verb: "GET",
      path: "/v1/dashboard/projects/metadata",
      scope: "tenant",
      permission: "project.list",
      handle: ({ palette, query }) =>
        ok({
          items: palette.state.projects
            // The match is loose: callers compare names themselves.
            .filter((project) => project.name.toLowerCase().includes((query.get("name") ?? "").toLowerCase()))
            .map((project) => ({ metadata: { name: project.name, uid: project.uid } })),
        }),
    },
    {
      verb: "POST",
      path: "/v1/dashboard/projects",
      scope: "tenant",
      permission: "project.list",
      handle(call) {
        const { filter, sort } = payload(searchSchema, call.body);
        const projects = call.palette.state.projects.filter((project) => passes(project.name, filter?.name));
        const rows = sorted(projects, sort, {
          name: (project) => project.name,
          creationTimestamp: (project) => project.createdAt,
          lastModifiedTimestamp: (project) => project.createdAt,
        });
        return ok(
          page(
            rows.map((project) => projectSummary(call, project)),
            call.query,
          ),
        );
      },
    },
    {
      verb: "GET",
      path: "/v1/projects/{uid}",
      scope: "tenant",
      permission: "project.get",
      handle(call) {
        const uid = param(call, "uid");
        const project = call.palette.state.projects.find((each) => each.uid === uid);
        if (!project) throw notFound("project", uid);
        return ok({
          metadata: metadataOf(described(project)),
          spec: { alerts: null, logoUrl: "", teams: null, users: null },
          status: { isDisabled: false, cleanUpStatus: null },
        });
      },
    },
  ];
}

function described(project: Project) {
  return {
    uid: project.uid,
    name: project.name,
    annotations: project.description === "" ? {} : { description: project.description },
    createdAt: project.createdAt,
  };
}

function projectSummary(call: Call, project: Project): JsonObject {
  const clusters = call.palette.state.clusters.filter((cluster) => cluster.projectUid === project.uid);
  const live = clusters.filter((cluster) => cluster.state !== "Deleted");
  const healthy = live.filter((cluster) => cluster.healthy).length;
  return {
    metadata: metadataOf(described(project)),
    specSummary: { logoUrl: "", teams: null, users: null },
    status: {
      clustersHealth: {
        errored: 0,
        healthy,
        running: live.filter((cluster) => cluster.state === "Running").length,
        unhealthy: live.length - healthy,
      },
      status: { isDisabled: false, cleanUpStatus: null },
      usage: { alloyCpuCores: 0, clusters: null, pureCpuCores: 0 },
    },
  };
}
