/** The parts of MAAS's answers that are read here; nothing else of them is relied upon. */

/** A resource pool (GET /resourcepools/). */
export interface PoolAnswer {
  readonly id: number;
  readonly name: string;
  readonly description: string;
}

/** A zone (GET /zones/). */
export interface ZoneAnswer {
  readonly id: number;
  readonly name: string;
  readonly description: string;
}

/** A space (GET /spaces/). */
export interface SpaceAnswer {
  readonly id: number;
  readonly name: string;
  readonly description?: string;
}

/** A DNS domain (GET /domains/). */
export interface DomainAnswer {
  readonly id: number;
  readonly name: string;
  readonly authoritative: boolean;
  readonly ttl: number | null;
  readonly is_default: boolean;
  readonly resource_record_count: number;
}

/** A name with its addresses (GET /dnsresources/). */
export interface DnsResourceAnswer {
  readonly id: number;
  readonly fqdn: string;
  readonly address_ttl: number | null;
  readonly ip_addresses: readonly { readonly ip: string | null }[];
}

/** A DNS record of another kind than addresses (GET /dnsresourcerecords/). */
export interface DnsRecordAnswer {
  readonly id: number;
  readonly fqdn: string;
  readonly rrtype: string;
  readonly rrdata: string;
  readonly ttl: number | null;
}

/** A VLAN (GET /fabrics/{id}/vlans/). */
export interface VlanAnswer {
  readonly id: number;
  readonly vid: number;
  readonly name: string | null;
  readonly mtu: number;
  readonly dhcp_on: boolean;
  readonly fabric: string;
  readonly fabric_id: number;
  /** The space's name; `undefined` as text when none. */
  readonly space: string;
  /** A system id. */
  readonly primary_rack: string | null;
  readonly secondary_rack: string | null;
  /** The whole VLAN when read. */
  readonly relay_vlan: VlanAnswer | null;
}

/** A fabric with its VLANs (GET /fabrics/). */
export interface FabricAnswer {
  readonly id: number;
  readonly name: string;
  readonly class_type: string | null;
  readonly vlans: readonly VlanAnswer[];
}

/** A subnet (GET /subnets/). */
export interface SubnetAnswer {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly vlan: VlanAnswer;
  readonly cidr: string;
  readonly rdns_mode: number;
  /** `null`, or `""` in the answer of a write. */
  readonly gateway_ip: string | null;
  readonly dns_servers: readonly string[];
  readonly allow_dns: boolean;
  readonly allow_proxy: boolean;
  readonly active_discovery: boolean;
  readonly managed: boolean;
}

/** A reserved or dynamic range (GET /ipranges/). */
export interface IpRangeAnswer {
  readonly id: number;
  readonly type: string;
  readonly start_ip: string;
  readonly end_ip: string;
  readonly comment: string;
  readonly subnet: { readonly id: number; readonly cidr: string };
}

/** A static route (GET /static-routes/). */
export interface StaticRouteAnswer {
  readonly id: number;
  readonly source: { readonly id: number; readonly cidr: string };
  readonly destination: { readonly id: number; readonly cidr: string };
  readonly gateway_ip: string;
  readonly metric: number;
}

/** A tag (GET /tags/). */
export interface TagAnswer {
  readonly name: string;
  readonly definition: string;
  readonly comment: string;
  readonly kernel_opts: string;
}

/** A rack controller (GET /rackcontrollers/). */
export interface RackControllerAnswer {
  readonly system_id: string;
  readonly hostname: string;
  readonly fqdn: string;
  readonly version?: string | null;
  readonly interface_set: readonly { readonly vlan: VlanAnswer | null }[];
  readonly service_set?: readonly { readonly name: string; readonly status: string }[];
}

/** An image (GET /boot-resources/). */
export interface BootResourceAnswer {
  readonly id: number;
  /** `Synced`, `Uploaded`. */
  readonly type: string;
  /** `ubuntu/jammy`. */
  readonly name: string;
  /** `amd64/ga-22.04`. */
  readonly architecture: string;
  /** Versions by date; only in the answer about one image. */
  readonly sets?: Readonly<Record<string, { readonly complete: boolean }>>;
}

/** The user of an API key (GET /users/?op=whoami). */
export interface UserAnswer {
  readonly username: string;
  /** Whether it may change MAAS; a key of another user reads everything and fails at the first write. */
  readonly is_superuser?: boolean;
}

/** The value of a setting, as `get_config` answers it. */
export type SettingValue = boolean | number | string | null;
