import type { JsonObject } from "../json";
import type { Store } from "../store";
import { isFabricDefault } from "./defaults";

/** Name of the pseudo space of VLANs without a space. */
export const UNDEFINED_SPACE = "undefined";

/** The name of the space with this id, or `undefined` (the text). */
export function spaceName(store: Store, spaceId: number | null): string {
  return store.site.spaces.find((space) => space.id === spaceId)?.name ?? UNDEFINED_SPACE;
}

/**
 * A VLAN as MAAS answers it. The default VLAN of a fabric is always named "untagged"; the relay VLAN is a whole object,
 * racks are system ids, the space is a name.
 */
export function renderVlan(store: Store, vlanId: number): JsonObject {
  const vlan = store.site.vlans.find((candidate) => candidate.id === vlanId);
  if (vlan === undefined) throw new Error(`no VLAN with id ${vlanId}`);
  const fabric = store.site.fabrics.find((candidate) => candidate.id === vlan.fabricId);
  return {
    id: vlan.id,
    name: isFabricDefault(store, vlan) ? "untagged" : vlan.name,
    vid: vlan.vid,
    fabric: fabric?.name ?? "",
    fabric_id: vlan.fabricId,
    mtu: vlan.mtu,
    primary_rack: vlan.primaryRack,
    secondary_rack: vlan.secondaryRack,
    dhcp_on: vlan.dhcpOn,
    external_dhcp: vlan.externalDhcp,
    relay_vlan: vlan.relayVlanId === null ? null : renderVlan(store, vlan.relayVlanId),
    space: spaceName(store, vlan.spaceId),
    resource_uri: `/MAAS/api/2.0/vlans/${vlan.id}/`,
  };
}
