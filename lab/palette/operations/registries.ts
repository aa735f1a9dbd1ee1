import { ok } from "../http/answer";
import { param } from "../http/call";
import { notFound } from "../http/error";
import { page } from "../http/paging";
import type { Route } from "../http/router";
import { apiTime } from "../clock";
import type { Registry } from "../model/tenant";
import { metadataOf } from "../metadata";

function endpoint(registry: Registry): string {
  return `https://${registry.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}.registry.example.test`;
}

/** Pack registries. */
export const registryRoutes: Route[] = [
  {
    verb: "GET",
    path: "/v1/registries/metadata",
    scope: "any",
    permission: "packRegistry.list",
    // `scope` is ignored here, as the real service does with filters.
    handle: ({ palette }) =>
      ok({
        items: palette.registries.map((registry) => ({
          uid: registry.uid,
          name: registry.name,
          kind: registry.kind,
          scope: registry.scope,
          isDefault: registry.isDefault,
          isPrivate: registry.isPrivate,
        })),
      }),
  },
  {
    verb: "GET",
    path: "/v1/registries/pack/summary",
    scope: "any",
    permission: "packRegistry.list",
    handle: ({ palette, query }) =>
      ok(
        page(
          palette.registries
            .filter((registry) => registry.kind === "pack")
            .map((registry) => ({
              metadata: metadataOf({ ...registry, annotations: { scope: registry.scope }, createdAt: 0 }),
              spec: { endpoint: endpoint(registry), private: registry.isPrivate, scope: registry.scope },
              status: {
                sync: {
                  isSyncSupported: true,
                  lastRunTime: apiTime(palette.clock.now()),
                  lastSyncedTime: apiTime(palette.clock.now()),
                  message: "",
                  status: "Completed",
                },
              },
            })),
          query,
        ),
      ),
  },
  {
    verb: "GET",
    path: "/v1/registries/{registryName}/config",
    scope: "any",
    permission: "packRegistry.get",
    handle(call) {
      const name = param(call, "registryName");
      const registry = call.palette.registries.find((each) => each.name === name && each.scope === "system");
      if (!registry) throw notFound("registry", name);
      return ok({ config: { name: registry.name, endpoint: endpoint(registry), auth: { type: "noAuth" } } });
    },
  },
];
