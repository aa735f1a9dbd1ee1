import { z } from "zod";
import { accountOf, accountSpecSchema } from "../accounts";
import { created, NO_CONTENT, ok } from "../http/answer";
import type { Call } from "../http/call";
import { conflict, invalid } from "../http/error";
import { page } from "../http/paging";
import { payload } from "../http/payload";
import type { Route } from "../http/router";
import { ownership, visible } from "../http/scope";
import { listed } from "../http/listed";
import type { JsonObject } from "../json";
import { nullWhenEmpty } from "../json";
import { metadataOf } from "../metadata";
import type { CloudAccount } from "../model/tenant";
import { newUid } from "../uid";
import { applyPatch, patchSchema } from "../filters/json-patch";

const map = z.record(z.string(), z.string()).default({});

const accountSchema = z.object({
  metadata: z.object({ name: z.string().min(1), annotations: map, labels: map }),
  spec: accountSpecSchema,
});

function described(account: CloudAccount) {
  return {
    ...account,
    annotations: {
      ...account.annotations,
      scope: account.scope,
      ...(account.projectUid !== "" && { projectUid: account.projectUid }),
    },
  };
}

// Per-cloud endpoints answer the real key.
function accountView(account: CloudAccount): JsonObject {
  return {
    apiVersion: "v1",
    kind: "MaasAccount",
    metadata: metadataOf(described(account)),
    spec: {
      apiEndpoint: account.apiEndpoint,
      apiKey: account.apiKey,
      preferredSubnets: nullWhenEmpty(account.preferredSubnets),
    },
    status: { state: "Running" },
  };
}

function visibleAccounts(call: Call): CloudAccount[] {
  return listed(call, call.palette.state.accounts).filter((account) => visible(call, account));
}

function replace(account: CloudAccount, input: z.output<typeof accountSchema>, now: number): void {
  account.name = input.metadata.name;
  account.annotations = input.metadata.annotations;
  account.labels = input.metadata.labels;
  account.apiEndpoint = input.spec.apiEndpoint;
  account.apiKey = input.spec.apiKey;
  account.preferredSubnets = input.spec.preferredSubnets;
  account.modifiedAt = now;
}

function checkName(call: Call, name: string, except?: CloudAccount): void {
  const taken = call.palette.state.accounts.some(
    (account) => account !== except && account.name === name && visible(call, account),
  );
  if (taken) throw conflict("CloudAccountAlreadyExists", `Cloud account '${name}' already exists`);
}

/** MAAS cloud accounts. */
export const cloudAccountRoutes: Route[] = [
  {
    verb: "GET",
    path: "/v1/cloudaccounts/summary",
    scope: "any",
    permission: "cloudaccount.list",
    // `filters` is ignored here, as the real service does.
    handle: (call) =>
      ok(
        page(
          visibleAccounts(call).map((account) => ({
            kind: "maas",
            metadata: metadataOf(described(account)),
            specSummary: { accountId: "" },
            status: { state: "Running" },
          })),
          call.query,
        ),
      ),
  },
  {
    verb: "GET",
    path: "/v1/cloudaccounts/maas",
    scope: "any",
    permission: "cloudaccount.list",
    handle: (call) => ok(page(visibleAccounts(call).map(accountView), call.query)),
  },
  {
    verb: "POST",
    path: "/v1/cloudaccounts/maas",
    scope: "any",
    permission: "cloudaccount.create",
    handle(call) {
      const input = payload(accountSchema, call.body);
      checkName(call, input.metadata.name);
      const now = call.palette.clock.now();
      const account: CloudAccount = {
        ...ownership(call),
        uid: newUid(),
        name: input.metadata.name,
        annotations: {},
        labels: {},
        apiEndpoint: "",
        apiKey: "",
        preferredSubnets: [],
        createdAt: now,
        modifiedAt: now,
      };
      replace(account, input, now);
      call.palette.state.accounts.push(account);
      return created(account.uid);
    },
  },
  {
    verb: "GET",
    path: "/v1/cloudaccounts/maas/{uid}",
    scope: "any",
    permission: "cloudaccount.get",
    handle: (call) => ok(accountView(accountOf(call))),
  },
  {
    verb: "PUT",
    path: "/v1/cloudaccounts/maas/{uid}",
    scope: "any",
    permission: "cloudaccount.update",
    handle(call) {
      const account = accountOf(call, undefined, "cloudaccount.update");
      const input = payload(accountSchema, call.body);
      checkName(call, input.metadata.name, account);
      replace(account, input, call.palette.clock.now());
      return NO_CONTENT;
    },
  },
  {
    verb: "PATCH",
    path: "/v1/cloudaccounts/maas/{uid}",
    scope: "any",
    permission: "cloudaccount.update",
    handle(call) {
      const account = accountOf(call, undefined, "cloudaccount.update");
      const { metadata, spec } = JSON.parse(JSON.stringify(accountView(account))) as Record<string, unknown>;
      const patched = applyPatch({ metadata, spec }, payload(patchSchema, call.body));
      replace(account, payload(accountSchema, patched), call.palette.clock.now());
      return NO_CONTENT;
    },
  },
  {
    verb: "DELETE",
    path: "/v1/cloudaccounts/maas/{uid}",
    scope: "any",
    permission: "cloudaccount.delete",
    handle(call) {
      const account = accountOf(call, undefined, "cloudaccount.delete");
      const users = call.palette.state.clusters.filter(
        (cluster) => cluster.cloudAccountUid === account.uid && cluster.state !== "Deleted",
      );
      if (users.length > 0)
        throw invalid(
          "CloudAccountInUse",
          `Cloud account '${account.name}' is used by ${users.map((cluster) => `cluster '${cluster.name}'`).join(", ")}`,
        );
      call.palette.state.accounts = call.palette.state.accounts.filter((each) => each !== account);
      return NO_CONTENT;
    },
  },
];
