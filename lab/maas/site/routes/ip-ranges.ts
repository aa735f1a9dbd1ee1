import { notFound, refusal } from "../../server/refusal";
import type { JsonObject } from "../../json";
import type { MaasRequest, Route } from "../../server/route";
import type { Store } from "../../store";
import type { IpRangeRecord } from "../model";
import { idIn } from "../references";
import { renderSubnet } from "../render-subnet";
import { renderUser } from "../render-user";
import { update } from "../touch";
import { readIpRange } from "./ip-range-form";
import { resourceRoutes } from "./resource-routes";

function render(store: Store, range: IpRangeRecord): JsonObject {
  const user = store.site.users.find((candidate) => candidate.username === range.user);
  return {
    id: range.id,
    type: range.type,
    start_ip: range.startIp,
    end_ip: range.endIp,
    comment: range.comment,
    user: user === undefined ? null : renderUser(user),
    subnet: renderSubnet(store, range.subnetId),
    resource_uri: `/MAAS/api/2.0/ipranges/${range.id}/`,
  };
}

function find({ store, params }: MaasRequest): IpRangeRecord {
  const id = idIn(params["id"] ?? "", "iprange");
  if (id === undefined) throw refusal(500, "Cannot resolve keyword 'name' into field.");
  const range = store.site.ipRanges.find((candidate) => candidate.id === id);
  if (range === undefined) throw notFound("IPRange");
  return range;
}

/** `ipranges/` and `ipranges/{id}/`. */
export const ipRangeRoutes: Route[] = resourceRoutes<IpRangeRecord>({
  collection: "/ipranges/",
  item: "/ipranges/:id/",
  list: ({ store }) => store.site.ipRanges,
  create: (request) => {
    const { store } = request;
    const values = readIpRange(request);
    const range = { comment: "", ...values, id: store.nextId("iprange"), user: request.user };
    store.site.ipRanges.push(range);
    return range;
  },
  find,
  change: (request, range) => update(request.store.site.ipRanges, range, readIpRange(request, range)),
  remove: ({ store }, range) => {
    store.site.ipRanges = store.site.ipRanges.filter((other) => other !== range);
  },
  render,
});
