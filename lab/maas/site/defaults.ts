import type { Store } from "../store";
import type { DomainRecord, PoolRecord, VlanRecord, ZoneRecord } from "./model";

function present<T>(record: T | undefined, what: string): T {
  if (record === undefined) throw new Error(`the region has no ${what}`);
  return record;
}

/** The VLANs of a fabric, as the table holds them. */
export function vlansOf(store: Store, fabricId: number): VlanRecord[] {
  return store.site.vlans.filter((vlan) => vlan.fabricId === fabricId);
}

/** The default VLAN of a fabric: the one with the lowest id, whatever its vid. */
export function fabricDefaultVlan(store: Store, fabricId: number): VlanRecord {
  const [first] = vlansOf(store, fabricId).sort((a, b) => a.id - b.id);
  return present(first, `VLAN in fabric ${fabricId}`);
}

/** Whether a VLAN is the default one of its fabric (shown as "untagged", never deleted). */
export function isFabricDefault(store: Store, vlan: VlanRecord): boolean {
  return fabricDefaultVlan(store, vlan.fabricId).id === vlan.id;
}

/** Id of the default fabric's default VLAN. */
export function defaultVlanId(store: Store): number {
  return fabricDefaultVlan(store, store.site.defaults.fabricId).id;
}

/** The default zone. */
export function defaultZone(store: Store): ZoneRecord {
  return present(
    store.site.zones.find((zone) => zone.id === store.site.defaults.zoneId),
    "default zone",
  );
}

/** The default resource pool. */
export function defaultPool(store: Store): PoolRecord {
  return present(
    store.site.pools.find((pool) => pool.id === store.site.defaults.poolId),
    "default pool",
  );
}

/** The default domain. */
export function defaultDomain(store: Store): DomainRecord {
  return present(
    store.site.domains.find((domain) => domain.id === store.site.defaults.domainId),
    "default domain",
  );
}
