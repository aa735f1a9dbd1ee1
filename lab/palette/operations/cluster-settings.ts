import { z } from "zod";
import { clusterOf, liveClusterOf } from "../clusters/find";
import { apiTime, ZERO_TIME } from "../clock";
import { NO_CONTENT, ok } from "../http/answer";
import type { Call } from "../http/call";
import { payload } from "../http/payload";
import type { Route } from "../http/router";
import type { Json } from "../json";

const upgradeSchema = z.object({ spectroComponents: z.enum(["lock", "unlock"]).default("unlock") });

const osPatchSchema = z.object({
  osPatchConfig: z
    .object({
      patchOnBoot: z.boolean().optional(),
      schedule: z.string().optional(),
      onDemandPatchAfter: z.iso.datetime({ offset: true }).optional(),
      rebootIfRequired: z.boolean().optional(),
    })
    .default({}),
});

/** How long certificates of a cluster last; milliseconds. */
const CERTIFICATE_LIFE = 365 * 24 * 3600 * 1000;

function set(call: Call, name: string, value: Json): typeof NO_CONTENT {
  const cluster = liveClusterOf(call, "cluster.update");
  cluster.clusterConfig[name] = value;
  cluster.modifiedAt = call.palette.clock.now();
  return NO_CONTENT;
}

/** Settings of a cluster that touch no node, and its certificates. */
export const clusterSettingRoutes: Route[] = [
  {
    verb: "POST",
    path: "/v1/spectroclusters/{uid}/upgrade/settings",
    scope: "project",
    permission: "cluster.update",
    handle(call) {
      const cluster = liveClusterOf(call, "cluster.update");
      const { spectroComponents } = payload(upgradeSchema, call.body);
      cluster.annotations = {
        ...cluster.annotations,
        spectroComponentsUpgradeForbidden: String(spectroComponents === "lock"),
      };
      return NO_CONTENT;
    },
  },
  {
    verb: "GET",
    path: "/v1/spectroclusters/upgrade/settings",
    scope: "any",
    permission: "cluster.get",
    handle: ({ palette }) => ok({ spectroComponents: palette.state.componentUpgrades }),
  },
  {
    verb: "POST",
    path: "/v1/spectroclusters/upgrade/settings",
    scope: "any",
    permission: "cluster.update",
    handle({ palette, body }) {
      palette.state.componentUpgrades = payload(upgradeSchema, body).spectroComponents;
      return NO_CONTENT;
    },
  },
  {
    verb: "PATCH",
    path: "/v1/spectroclusters/{uid}/clusterConfig/osPatch",
    scope: "project",
    permission: "cluster.update",
    handle(call) {
      const { osPatchConfig } = payload(osPatchSchema, call.body);
      // The zero time clears.
      const cleared = osPatchConfig.onDemandPatchAfter?.startsWith(ZERO_TIME.slice(0, 10));
      const config = cleared ? { ...osPatchConfig, onDemandPatchAfter: ZERO_TIME } : osPatchConfig;
      return set(call, "machineManagementConfig", { osPatchConfig: config });
    },
  },
  {
    verb: "PATCH",
    path: "/v1/spectroclusters/{uid}/clusterConfig/timezone",
    scope: "project",
    permission: "cluster.update",
    handle: (call) => set(call, "timezone", payload(z.object({ timezone: z.string() }), call.body).timezone),
  },
  {
    verb: "PATCH",
    path: "/v1/spectroclusters/{uid}/clusterConfig/clusterMetaAttribute",
    scope: "project",
    permission: "cluster.update",
    handle: (call) =>
      set(
        call,
        "clusterMetaAttribute",
        payload(z.object({ clusterMetaAttribute: z.string().default("") }), call.body).clusterMetaAttribute,
      ),
  },
  {
    verb: "PATCH",
    path: "/v1/spectroclusters/{uid}/clusterConfig/controlPlaneHealthCheckTimeout",
    scope: "project",
    permission: "cluster.update",
    handle: (call) =>
      set(
        call,
        "controlPlaneHealthCheckTimeout",
        payload(z.object({ controlPlaneHealthCheckTimeout: z.string().default("") }), call.body)
          .controlPlaneHealthCheckTimeout,
      ),
  },
  {
    verb: "GET",
    path: "/v1/spectroclusters/{uid}/k8certificates",
    scope: "project",
    permission: "cluster.get",
    handle(call) {
      const cluster = clusterOf(call, "cluster.get");
      const expiry = apiTime(cluster.certificatesRenewedAt + CERTIFICATE_LIFE);
      const controlPlanes = new Set(
        cluster.pools.filter((pool) => pool.spec.isControlPlane).map((pool) => pool.spec.name),
      );
      return ok({
        machineCertificates: cluster.machines
          .filter((machine) => controlPlanes.has(machine.poolName) && machine.phase === "running")
          .map((machine) => ({
            name: machine.hostname,
            certificateAuthorities: [
              {
                name: "ca",
                expiry: apiTime(cluster.createdAt + 10 * CERTIFICATE_LIFE),
                certificates: ["admin.conf", "apiserver", "apiserver-kubelet-client"].map((name) => ({ name, expiry })),
              },
            ],
          })),
      });
    },
  },
  {
    verb: "PATCH",
    path: "/v1/spectroclusters/{uid}/k8certificates/renew",
    scope: "project",
    permission: "cluster.update",
    handle(call) {
      const cluster = liveClusterOf(call, "cluster.update");
      cluster.certificatesRenewedAt = call.palette.clock.now();
      return NO_CONTENT;
    },
  },
];
