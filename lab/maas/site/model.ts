import type { JsonObject, JsonValue } from "../json";

/** A resource pool. The default one has id 0 and may be renamed. */
export interface PoolRecord {
  id: number;
  name: string;
  description: string;
}

/** An availability zone. */
export interface ZoneRecord {
  id: number;
  name: string;
  description: string;
}

/** A fabric; its VLANs are `VlanRecord`s. */
export interface FabricRecord {
  id: number;
  name: string;
  classType: string | null;
  description: string;
}

/** A VLAN. The one with `vid` 0 that a fabric is made with is its default and cannot be deleted. */
export interface VlanRecord {
  id: number;
  fabricId: number;
  vid: number;
  name: string | null;
  description: string;
  mtu: number;
  dhcpOn: boolean;
  externalDhcp: string | null;
  relayVlanId: number | null;
  /** system_id of a rack controller. */
  primaryRack: string | null;
  secondaryRack: string | null;
  spaceId: number | null;
}

/** A space: a named set of VLANs. */
export interface SpaceRecord {
  id: number;
  name: string;
  description: string;
}

/** A subnet; `cidr` is normalised and unique in the region, the name is not unique. */
export interface SubnetRecord {
  id: number;
  name: string;
  description: string;
  vlanId: number;
  cidr: string;
  rdnsMode: number;
  gatewayIp: string | null;
  dnsServers: string[];
  allowDns: boolean;
  allowProxy: boolean;
  activeDiscovery: boolean;
  managed: boolean;
  disabledBootArchitectures: string[];
}

/** A reserved or dynamic range, both ends included. */
export interface IpRangeRecord {
  id: number;
  type: "reserved" | "dynamic";
  startIp: string;
  endIp: string;
  comment: string;
  subnetId: number;
  user: string | null;
}

/** A static route from one subnet to another. */
export interface StaticRouteRecord {
  id: number;
  sourceId: number;
  destinationId: number;
  gatewayIp: string;
  metric: number;
}

/** A DNS domain. */
export interface DomainRecord {
  id: number;
  name: string;
  authoritative: boolean;
  ttl: number | null;
}

/**
 * An address that was made for a DNS resource and belongs to no interface. It outlives the resource. Ids are of the same
 * sequence as links. Times are ISO.
 */
export interface ReservedAddressRecord {
  id: number;
  ip: string;
  /** The subnet that held the address when it was made; null when none did or the subnet is gone. */
  subnetId: number | null;
  user: string | null;
  created: string;
  updated: string;
}

/** A name in a domain, with its addresses. */
export interface DnsResourceRecord {
  id: number;
  name: string;
  domainId: number;
  addressTtl: number | null;
  /** Ids of addresses in the order attached: of `ReservedAddressRecord`s, or of links of machines and racks. */
  addressIds: number[];
}

/** A record that is no address (CNAME, TXT, MX, NS, SRV, SSHFP) of a DNS resource. */
export interface DnsDataRecord {
  id: number;
  dnsResourceId: number;
  rrtype: string;
  rrdata: string;
  ttl: number | null;
}

/** A tag's definition; which machines have it is in the machines. */
export interface TagRecord {
  id: number;
  name: string;
  definition: string;
  comment: string;
  kernelOpts: string;
}

/** An event of a node; `level` as Python's logging levels. */
export interface EventRecord {
  id: number;
  systemId: string;
  level: "AUDIT" | "DEBUG" | "INFO" | "WARNING" | "ERROR" | "CRITICAL";
  /** Name of the event type as MAAS shows it: "Deploying", "Node changed status". */
  type: string;
  description: string;
  /** ISO time. */
  created: string;
}

/** A user of the region. */
export interface UserRecord {
  id: number;
  username: string;
  email: string;
  isSuperuser: boolean;
}

/** One API key of a user. The consumer secret is empty, as in every MAAS key. */
export interface TokenRecord {
  user: string;
  name: string;
  consumerKey: string;
  tokenKey: string;
  tokenSecret: string;
}

/** An address held by a rack controller. */
export interface RackAddressRecord {
  linkId: number;
  ip: string;
  subnetId: number;
  user: string | null;
  created: string;
  updated: string;
}

/** A rack controller with its one interface and the addresses it holds. */
export interface RackControllerRecord {
  systemId: string;
  hostname: string;
  domainId: number;
  zoneId: number;
  vlanId: number;
  macAddress: string;
  interfaceId: number;
  interfaceName: string;
  addresses: RackAddressRecord[];
  /** The rest of its answer, which nothing changes. */
  details: JsonObject;
  /** The rest of its interface's answer. */
  interfaceDetails: JsonObject;
}

/** A boot resource (image) of the region. */
export interface BootResourceRecord {
  id: number;
  /** "Synced", "Uploaded". */
  type: string;
  /** "ubuntu/jammy". */
  name: string;
  /** "amd64/ga-22.04". */
  architecture: string;
  /** Kernel flavours that it serves, comma separated: "generic,hwe-22.04,ga-22.04". */
  subarches: string;
  /** "22.04 LTS Jammy Jellyfish". */
  title: string;
  /** ISO time, or null. */
  lastDeployed: string | null;
  /** Bytes. */
  size: number;
  /** False while the image is being downloaded. */
  complete: boolean;
}

/** Everything of a region but its machines. Plain data: it is the state file's content. */
export interface SiteState {
  /** What `version/` answers: "3.6.0" and the package's addition to it. */
  version: string;
  subversion: string;
  pools: PoolRecord[];
  zones: ZoneRecord[];
  fabrics: FabricRecord[];
  vlans: VlanRecord[];
  spaces: SpaceRecord[];
  subnets: SubnetRecord[];
  ipRanges: IpRangeRecord[];
  staticRoutes: StaticRouteRecord[];
  domains: DomainRecord[];
  dnsResources: DnsResourceRecord[];
  dnsResourceRecords: DnsDataRecord[];
  reservedAddresses: ReservedAddressRecord[];
  tags: TagRecord[];
  /** Settings that differ from MAAS's defaults. */
  config: Record<string, JsonValue>;
  rackControllers: RackControllerRecord[];
  events: EventRecord[];
  users: UserRecord[];
  tokens: TokenRecord[];
  bootResources: BootResourceRecord[];
  /** Ids of what MAAS treats as the defaults. */
  defaults: { poolId: number; zoneId: number; fabricId: number; domainId: number };
}
