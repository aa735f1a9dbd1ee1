import type { Store } from "../store";

/** Drops a fabric with its VLANs; VLANs that relayed to them relay to none. Nothing may use the VLANs any more. */
export function deleteFabric(store: Store, fabricId: number): void {
  const gone = new Set(store.site.vlans.filter((vlan) => vlan.fabricId === fabricId).map((vlan) => vlan.id));
  store.site.vlans = store.site.vlans.filter((vlan) => !gone.has(vlan.id));
  for (const vlan of store.site.vlans) {
    if (vlan.relayVlanId !== null && gone.has(vlan.relayVlanId)) vlan.relayVlanId = null;
  }
  store.site.fabrics = store.site.fabrics.filter((fabric) => fabric.id !== fabricId);
  store.changed();
}
