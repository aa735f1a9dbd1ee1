import type { SubnetRecord, VlanRecord } from "../../site/model";
import type { Store } from "../../store";

/** A subnet by its id. Throws when there is none: ids come from stored links and from checked input. */
export function subnetById(store: Store, id: number): SubnetRecord {
  const subnet = store.site.subnets.find((each) => each.id === id);
  if (subnet === undefined) throw new Error(`subnet ${id} does not exist`);
  return subnet;
}

/** A VLAN by its id. Throws when there is none. */
export function vlanById(store: Store, id: number): VlanRecord {
  const vlan = store.site.vlans.find((each) => each.id === id);
  if (vlan === undefined) throw new Error(`VLAN ${id} does not exist`);
  return vlan;
}

/** 4 or 6. */
export function addressFamily(address: string): 4 | 6 {
  return address.includes(":") ? 6 : 4;
}

/** 4 or 6, of a subnet's cidr. */
export function subnetFamily(store: Store, id: number): 4 | 6 {
  return addressFamily(subnetById(store, id).cidr);
}

/** A subnet as MAAS writes it in messages: `pxe:10.99.0.0/16(vid=0)`. */
export function subnetLabel(store: Store, subnet: SubnetRecord): string {
  return `${subnet.name}:${subnet.cidr}(vid=${vlanById(store, subnet.vlanId).vid})`;
}
