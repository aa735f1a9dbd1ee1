import type { JsonObject, JsonValue } from "../../json";
import { compareAddresses } from "../../site/address";
import { renderSubnet } from "../../site/render-subnet";
import { renderVlan } from "../../site/render-vlan";
import type { Store } from "../../store";
import type { AddressRecord, InterfaceRecord, MachineRecord } from "../model";
import { linkModeOf } from "../network/addresses";
import { effectiveMtu } from "../network/effective-mtu";

/** What a link shows: a DHCP link shows the address that was discovered on its interface. */
function shown(record: InterfaceRecord, link: AddressRecord): { ip: string | null; subnetId: number | null } {
  if (link.allocationType !== "dhcp") return link;
  const discovered = record.addresses.filter((each) => each.allocationType === "discovered" && each.ip !== null).at(-1);
  return discovered ?? link;
}

function renderLink(store: Store, record: InterfaceRecord, link: AddressRecord): JsonObject {
  const { ip, subnetId } = shown(record, link);
  return {
    id: link.id,
    mode: linkModeOf(link),
    ...(ip === null ? {} : { ip_address: ip }),
    ...(subnetId === null ? {} : { subnet: renderSubnet(store, subnetId) }),
  };
}

/** Addresses that commissioning saw; null when there are none. */
function renderDiscovered(store: Store, record: InterfaceRecord): JsonValue {
  const discovered = record.addresses.filter((address) => address.allocationType === "discovered");
  if (discovered.length === 0) return null;
  return discovered
    .flatMap((address) => (address.ip === null ? [] : [{ ip: address.ip, subnetId: address.subnetId }]))
    .sort((a, b) => compareAddresses(a.ip, b.ip))
    .map(({ ip, subnetId }) => ({
      subnet: subnetId === null ? null : renderSubnet(store, subnetId),
      ip_address: ip,
    }));
}

/** An interface as MAAS answers it, with its links, VLAN and relatives' names. */
export function renderInterface(store: Store, machine: MachineRecord, record: InterfaceRecord): JsonObject {
  const { interfaces, systemId } = machine;
  const parents = interfaces.filter((each) => record.parents.includes(each.id)).map((each) => each.name);
  const children = interfaces.filter((each) => each.parents.includes(record.id)).map((each) => each.name);
  const links = record.addresses.filter((address) => address.allocationType !== "discovered");
  return {
    system_id: systemId,
    id: record.id,
    name: record.name,
    type: record.type,
    vlan: record.vlanId === null ? null : renderVlan(store, record.vlanId),
    mac_address: record.macAddress,
    parents: parents.sort(),
    children: children.sort(),
    tags: [...record.tags],
    enabled: record.enabled,
    links: links.map((link) => renderLink(store, record, link)),
    params: { ...record.params },
    discovered: renderDiscovered(store, record),
    effective_mtu: effectiveMtu(store, machine, record),
    vendor: record.vendor,
    product: record.product,
    firmware_version: record.firmwareVersion,
    link_connected: record.linkConnected,
    interface_speed: record.interfaceSpeed,
    link_speed: record.linkSpeed,
    numa_node: record.numaNode,
    sriov_max_vf: record.sriovMaxVf,
    resource_uri: `/MAAS/api/2.0/nodes/${systemId}/interfaces/${record.id}/`,
  };
}
