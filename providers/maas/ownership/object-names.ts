/** Returns how `maas.approve` and messages name a pool: `resource pool workers`. */
export const poolObject = (name: string): string => `resource pool ${name}`;
/** Returns how `maas.approve` and messages name a zone: `zone az1`. */
export const zoneObject = (name: string): string => `zone ${name}`;
/** Returns how `maas.approve` and messages name a space: `space lab`. */
export const spaceObject = (name: string): string => `space ${name}`;
/** Returns how `maas.approve` and messages name a tag: `tag gpu`. */
export const tagObject = (name: string): string => `tag ${name}`;
/** Returns how `maas.approve` and messages name a DNS domain: `domain metal.example.com`. */
export const domainObject = (name: string): string => `domain ${name}`;
/** Returns how `maas.approve` and messages name a fabric: `fabric fabric-0`. `name` is the described one, else the one that it has. */
export const fabricObject = (name: string): string => `fabric ${name}`;
/** Returns how `maas.approve` and messages name a VLAN: `vlan fabric-0/107`. */
export const vlanObject = (fabric: string, vid: number): string => `vlan ${fabric}/${vid}`;
/** Returns how `maas.approve` and messages name DHCP of a VLAN: `dhcp fabric-0/107`. */
export const dhcpObject = (fabric: string, vid: number): string => `dhcp ${fabric}/${vid}`;
/** Returns how `maas.approve` and messages name a subnet: `subnet 10.21.0.0/21`. */
export const subnetObject = (cidr: string): string => `subnet ${cidr}`;
/** Returns how `maas.approve` and messages name an IP range: `range 10.0.0.5-10.0.0.9`. */
export const rangeObject = (start: string, end: string): string => `range ${start}-${end}`;
/** Returns how `maas.approve` and messages name a static route: `route 10.0.0.0/24 -> 10.9.0.0/16 over 10.0.0.1`. */
export const routeObject = (source: string, destination: string, gateway: string): string =>
  `route ${source} -> ${destination} over ${gateway}`;
/** Returns how `maas.approve` and messages name a setting of MAAS: `setting maas_name`. */
export const settingObject = (name: string): string => `setting ${name}`;
