import { z } from "zod";
import { NO_CONTENT, ok } from "../http/answer";
import { param } from "../http/call";
import { notFound, operational } from "../http/error";
import { payload } from "../http/payload";
import type { Route } from "../http/router";
import type { JsonObject } from "../json";
import { metadataOf } from "../metadata";
import { accountSpecSchema, validateAccount } from "../accounts";
import { apiTime } from "../clock";
import type { Gateway } from "../model/tenant";
import type { Palette } from "../palette";

function gatewayView(palette: Palette, gateway: Gateway): JsonObject {
  const state = palette.gatewayState(gateway);
  const running = state === "Running";
  return {
    kind: "maas",
    metadata: metadataOf({ ...gateway, annotations: { scope: "tenant" } }),
    spec: {
      cloudAccountUid:
        palette.state.accounts.find((each) => each.annotations["overlordUid"] === gateway.uid)?.uid ?? "",
      ipAddress: "",
      ipPools: null,
      isSelfHosted: false,
      isSystem: false,
      spectroClusterUid: "",
      tenantUid: palette.state.tenant.uid,
    },
    status: {
      state,
      isActive: running,
      isReady: running,
      health: {
        state: running ? "Healthy" : "Unhealthy",
        conditions: null,
        lastHeartBeatTimestamp: apiTime(running ? palette.clock.now() : undefined),
        agentVersion: "4.7.3",
      },
      kubectlCommands: null,
      notifications: { isAvailable: false },
    },
  };
}

function gatewayOf(palette: Palette, uid: string): Gateway {
  const gateway = palette.state.gateways.find((each) => each.uid === uid);
  if (!gateway) throw notFound("overlord", uid);
  return gateway;
}

/** Private cloud gateways. */
export const gatewayRoutes: Route[] = [
  {
    verb: "GET",
    path: "/v1/overlords",
    scope: "any",
    permission: "overlord.list",
    handle: ({ palette, query }) =>
      ok({
        items: palette.state.gateways
          // The match is loose: callers compare names themselves.
          .filter((gateway) => gateway.name.toLowerCase().includes((query.get("name") ?? "").toLowerCase()))
          .map((gateway) => gatewayView(palette, gateway)),
      }),
  },
  {
    verb: "GET",
    path: "/v1/overlords/{uid}",
    scope: "any",
    permission: "overlord.get",
    handle: (call) => ok(gatewayView(call.palette, gatewayOf(call.palette, param(call, "uid")))),
  },
  {
    verb: "POST",
    path: "/v1/overlords/maas/{uid}/account/validate",
    scope: "any",
    permission: "overlord.update",
    async handle(call) {
      const gateway = gatewayOf(call.palette, param(call, "uid"));
      const { account } = payload(z.object({ account: accountSpecSchema }), call.body);
      if (call.palette.gatewayState(gateway) !== "Running")
        throw operational("PrivateGatewayUnreachable", `The private cloud gateway '${gateway.name}' is not running`);
      await validateAccount(account);
      return NO_CONTENT;
    },
  },
  {
    verb: "GET",
    path: "/v1/overlords/maas/{uid}/pools",
    scope: "any",
    permission: "overlord.get",
    handle(call) {
      gatewayOf(call.palette, param(call, "uid"));
      return ok({ items: [] });
    },
  },
];
