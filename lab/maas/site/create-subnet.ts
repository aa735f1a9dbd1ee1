import type { Store } from "../store";
import { formatNetwork, networkOf } from "./address";
import type { SubnetRecord } from "./model";

/** Adds a subnet with MAAS's defaults; the CIDR is normalised, the name is the CIDR unless given. */
export function createSubnet(
  store: Store,
  cidr: string,
  vlanId: number,
  values: Partial<Omit<SubnetRecord, "id" | "cidr" | "vlanId">> = {},
): SubnetRecord {
  const subnet: SubnetRecord = {
    name: cidr,
    description: "",
    rdnsMode: 2,
    gatewayIp: null,
    dnsServers: [],
    allowDns: true,
    allowProxy: true,
    activeDiscovery: false,
    managed: true,
    disabledBootArchitectures: [],
    ...values,
    id: store.nextId("subnet"),
    cidr: formatNetwork(networkOf(cidr)),
    vlanId,
  };
  store.site.subnets.push(subnet);
  store.changed();
  return subnet;
}
