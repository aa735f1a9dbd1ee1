import type { Fields, Operator } from "./operator";

/** A VLAN that an operator made, or whose fields he set, with its subnets. */
export interface NetworkSeed {
  /** Name of a fabric that exists. */
  fabric: string;
  /** 0 is the fabric's untagged VLAN, which exists already. */
  vid: number;
  /** Further fields of the VLAN. */
  vlan?: Fields;
  /** Subnets by CIDR, with further fields. */
  subnets?: Readonly<Record<string, Fields>>;
}

/** Makes networks as an operator does; a subnet that exists gets the fields. */
export function makeNetworks(operator: Operator, networks: readonly NetworkSeed[]): void {
  for (const { fabric, vid, vlan = {}, subnets = {} } of networks) {
    const path = `fabrics/${fabric}/vlans/`;
    const { id } = vid === 0 ? operator.put(`${path}0/`, vlan) : operator.post(path, { vid, ...vlan });
    for (const [cidr, fields] of Object.entries(subnets)) {
      const all = { ...fields, vlan: Number(id) };
      if (operator.hasSubnet(cidr)) operator.put(`subnets/${cidr}/`, all);
      else operator.post("subnets/", { cidr, ...all });
    }
  }
}
