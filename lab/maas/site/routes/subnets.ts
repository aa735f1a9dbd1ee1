import { refusal } from "../../server/refusal";
import type { JsonObject } from "../../json";
import type { MaasRequest, Route } from "../../server/route";
import type { Store } from "../../store";
import { networkHolds, networkOf, parseAddress } from "../address";
import { createSubnet } from "../create-subnet";
import { deleteSubnet } from "../delete-subnet";
import { subnetOfPath } from "../find-subnet";
import type { SubnetRecord } from "../model";
import { renderSubnet } from "../render-subnet";
import { update } from "../touch";
import { resourceRoutes } from "./resource-routes";
import { readSubnet } from "./subnet-form";

/** Addresses of DNS resources follow the subnets: out of one that no longer holds them, into one that now does. */
function adoptAddresses(store: Store, subnet: SubnetRecord): void {
  const network = networkOf(subnet.cidr);
  for (const reserved of store.site.reservedAddresses) {
    const address = parseAddress(reserved.ip);
    const inside = address !== undefined && networkHolds(network, address);
    if (reserved.subnetId === subnet.id && !inside) reserved.subnetId = null;
    if (reserved.subnetId === null && inside) reserved.subnetId = subnet.id;
  }
}

/** Right after a write a subnet without gateway shows "" where a read shows null. */
function renderWritten(store: Store, subnet: SubnetRecord): JsonObject {
  const rendered = renderSubnet(store, subnet.id);
  return { ...rendered, gateway_ip: rendered["gateway_ip"] ?? "" };
}

function remove({ store }: MaasRequest, subnet: SubnetRecord): void {
  const vlan = store.site.vlans.find((candidate) => candidate.id === subnet.vlanId);
  const dynamic = store.site.ipRanges.some((range) => range.subnetId === subnet.id && range.type === "dynamic");
  if (vlan?.dhcpOn === true && dynamic) {
    throw refusal(
      400,
      "Cannot delete a subnet that is actively servicing a dynamic IP range. (Delete the dynamic range or disable DHCP first.)",
    );
  }
  deleteSubnet(store, subnet.id);
}

/** `subnets/` and `subnets/{id, name, CIDR or specifier}/`. */
export const subnetRoutes: Route[] = resourceRoutes<SubnetRecord>({
  collection: "/subnets/",
  item: "/subnets/:id/",
  list: ({ store }) => store.site.subnets,
  create: ({ store, form }) => {
    const { cidr = "", vlanId = 0, ...values } = readSubnet(form, store);
    const subnet = createSubnet(store, cidr, vlanId, values);
    adoptAddresses(store, subnet);
    return subnet;
  },
  find: ({ store, params }) => subnetOfPath(store, params["id"] ?? ""),
  change: ({ store, form }, subnet) => {
    const former = subnet.cidr;
    update(store.site.subnets, subnet, readSubnet(form, store, subnet));
    if (subnet.cidr !== former) adoptAddresses(store, subnet);
  },
  remove,
  render: (store, subnet) => renderSubnet(store, subnet.id),
  renderWritten,
});
