import type { Store } from "../store";
import type { FabricRecord, VlanRecord } from "./model";

/** What a caller may say of a new fabric. */
export interface NewFabric {
  /** Absent or empty: `fabric-<id>`. */
  name?: string;
  classType?: string | null;
  description?: string;
}

/** Adds a VLAN with MAAS's defaults to a fabric. */
export function createVlan(store: Store, fabricId: number, values: Partial<VlanRecord> & { vid: number }): VlanRecord {
  const vlan: VlanRecord = {
    name: null,
    description: "",
    mtu: 1500,
    dhcpOn: false,
    externalDhcp: null,
    relayVlanId: null,
    primaryRack: null,
    secondaryRack: null,
    spaceId: null,
    ...values,
    id: store.nextId("vlan"),
    fabricId,
  };
  store.site.vlans.push(vlan);
  store.changed();
  return vlan;
}

/** Adds a fabric with its untagged VLAN. */
export function createFabric(store: Store, values: NewFabric = {}): FabricRecord {
  const id = store.nextId("fabric");
  const name = values.name === undefined || values.name === "" ? `fabric-${id}` : values.name;
  const fabric: FabricRecord = {
    id,
    name,
    classType: values.classType ?? null,
    description: values.description ?? "",
  };
  store.site.fabrics.push(fabric);
  createVlan(store, id, { vid: 0, name: "Default VLAN" });
  return fabric;
}
