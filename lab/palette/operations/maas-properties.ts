import { accountOf, accountSpecSchema, throughMaas, validateAccount } from "../accounts";
import { NO_CONTENT, ok } from "../http/answer";
import type { Call } from "../http/call";
import { param } from "../http/call";
import { invalid } from "../http/error";
import { payload } from "../http/payload";
import type { Route } from "../http/router";
import type { JsonObject } from "../json";
import type { MaasClient } from "../maas/client";
import { maasSite } from "../maas/site";
import type { CloudAccount } from "../model/tenant";

/** What can be asked of an account's MAAS, each live through the gateway. */
const PROPERTIES: Record<string, (maas: MaasClient) => Promise<JsonObject[]>> = {
  azs: async (maas) =>
    (await maasSite.zones(maas)).map((zone) => ({ name: zone.name, description: zone.description ?? "" })),
  domains: async (maas) => (await maasSite.domains(maas)).map((domain) => ({ name: domain.name })),
  resourcePools: async (maas) =>
    (await maasSite.pools(maas)).map((pool) => ({ name: pool.name, description: pool.description ?? "" })),
  subnets: async (maas) =>
    (await maasSite.subnets(maas)).map((subnet) => ({
      id: subnet.id,
      name: subnet.name,
      space: subnet.space ?? "",
      vlans: { id: subnet.vlan.id, name: subnet.vlan.name ?? "", fabric: subnet.vlan.fabric ?? "" },
    })),
  tags: async (maas) =>
    (await maasSite.tags(maas)).map((tag) => ({
      name: tag.name,
      comment: tag.comment ?? "",
      definition: tag.definition ?? "",
      kernelOpts: tag.kernel_opts ?? "",
      resourceUri: tag.resource_uri ?? "",
    })),
};

async function look(call: Call, account: CloudAccount, property: string) {
  const maas = call.palette.maas(account);
  return ok({ items: await throughMaas(async () => (await PROPERTIES[property]?.(maas)) ?? []) });
}

/** Zones, domains, pools, subnets and tags of an account's MAAS, and the check of an account. */
export const maasPropertyRoutes: Route[] = [
  ...Object.keys(PROPERTIES).flatMap((property): Route[] => [
    {
      verb: "GET",
      path: `/v1/cloudaccounts/maas/{uid}/properties/${property}`,
      scope: "any",
      permission: "cloudaccount.get",
      handle: (call) => look(call, accountOf(call, param(call, "uid")), property),
    },
    {
      verb: "GET",
      path: `/v1/clouds/maas/${property}`,
      scope: "any",
      permission: "cloudaccount.get",
      handle(call) {
        const uid = call.query.get("cloudAccountUid");
        if (!uid) throw invalid("InvalidQueryParameter", "cloudAccountUid is missing");
        return look(call, accountOf(call, uid), property);
      },
    },
  ]),
  {
    verb: "POST",
    path: "/v1/clouds/maas/account/validate",
    scope: "any",
    permission: "cloudaccount.create",
    async handle(call) {
      await validateAccount(payload(accountSpecSchema, call.body));
      return NO_CONTENT;
    },
  },
];
