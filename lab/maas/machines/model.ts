/** What an address row is for, as MAAS stores it (`alloc_type` in answers). */
export type AllocationType = "auto" | "sticky" | "user_reserved" | "dhcp" | "discovered";

/** `alloc_type` numbers of answers. */
export const ALLOCATION_TYPE_NUMBERS: Record<AllocationType, number> = {
  auto: 0,
  sticky: 1,
  user_reserved: 4,
  dhcp: 5,
  discovered: 6,
};

/**
 * An address of an interface: a link of the API, or (type `discovered`) an address that commissioning saw. A `sticky` one
 * without address is the API's LINK_UP.
 */
export interface AddressRecord {
  /** The link id. Addresses of DNS resources draw from the same sequence ("address"). */
  id: number;
  allocationType: AllocationType;
  ip: string | null;
  subnetId: number | null;
  /** ISO times. */
  created: string;
  updated: string;
}

/** Kind of an interface. */
export type InterfaceType = "physical" | "bond" | "bridge" | "vlan";

/** Netplan parameters that were set; a key is absent when it never was. */
export type InterfaceParameters = Record<string, string | number | boolean>;

/** The columns of an interface: what one save writes. Relations (parents, addresses) are kept apart, as in MAAS. */
export interface InterfaceColumns {
  name: string;
  type: InterfaceType;
  macAddress: string | null;
  /** Null: disconnected. */
  vlanId: number | null;
  params: InterfaceParameters;
  tags: string[];
  enabled: boolean;
  /** Made for an allocation (a bridge of an Allocated machine); vanishes at release. */
  acquired: boolean;
  vendor: string | null;
  product: string | null;
  firmwareVersion: string | null;
  linkConnected: boolean;
  /** Mbit/s. */
  interfaceSpeed: number;
  linkSpeed: number;
  /** Index of the NUMA node; null for what is not physical. */
  numaNode: number | null;
  sriovMaxVf: number;
}

/** An interface of a machine. */
export interface InterfaceRecord extends InterfaceColumns {
  id: number;
  /** Ids of the interfaces below (bond members, the port of a bridge, what a VLAN interface sits on). */
  parents: number[];
  /** In the order of their ids. */
  addresses: AddressRecord[];
}

/** A file system, LVM physical volume or bcache part on a disk or partition. */
export interface FilesystemRecord {
  id: number;
  fstype: string;
  label: string | null;
  uuid: string;
  mountPoint: string | null;
  mountOptions: string | null;
  /** The volume group, bcache, RAID or datastore that it is part of. */
  filesystemGroupId: number | null;
  /** The bcache cache set that it is part of. */
  cacheSetId: number | null;
  /** The copy that an allocation makes: it is what shows while the machine is somebody's. */
  acquired: boolean;
}

/** A partition of a disk. */
export interface PartitionRecord {
  id: number;
  /** Number on the disk: `sda-part1`. */
  index: number;
  uuid: string;
  /** Bytes. */
  size: number;
  bootable: boolean;
  tags: string[];
  /** At most one that is not acquired and one that is. */
  filesystems: FilesystemRecord[];
}

/** A disk, or a virtual one (logical volume, bcache device). */
export interface BlockDeviceRecord {
  id: number;
  type: "physical" | "virtual";
  name: string;
  idPath: string | null;
  /** Bytes. */
  size: number;
  blockSize: number;
  tags: string[];
  model: string | null;
  serial: string | null;
  firmwareVersion: string | null;
  numaNode: number | null;
  /** Of virtual ones only. */
  uuid: string | null;
  /** Of virtual ones only: what it is cut from. */
  filesystemGroupId: number | null;
  partitionTableType: "GPT" | "MBR" | null;
  partitions: PartitionRecord[];
  /** At most one that is not acquired and one that is. */
  filesystems: FilesystemRecord[];
}

/** A volume group, RAID, bcache or VMFS datastore. */
export interface FilesystemGroupRecord {
  id: number;
  uuid: string;
  groupType: "lvm-vg" | "raid-0" | "raid-1" | "raid-5" | "raid-6" | "raid-10" | "bcache" | "vmfs6";
  name: string;
  cacheMode: string | null;
  cacheSetId: number | null;
}

/** A NUMA node: `memory` MiB and core numbers. */
export interface NumaNodeRecord {
  index: number;
  memory: number;
  cores: number[];
}

/** A NIC as commissioning saw it: what `restore_networking_configuration` goes back to. */
export interface CommissionedNic {
  name: string;
  macAddress: string;
  linkConnected: boolean;
  interfaceSpeed: number;
  linkSpeed: number;
  numaNode: number;
  vendor: string | null;
  product: string | null;
  firmwareVersion: string | null;
  sriovMaxVf: number;
  /** Addresses that it held then, as `ip/prefix length`. */
  addresses: string[];
}

/** Result of one kind of script run; `status` -1 Unknown, 0 Pending, 1 Running, 2 Passed, 3 Failed. */
export interface ScriptOutcome {
  resultId: number | null;
  status: number;
  storageStatus: number;
}

/** The last event with a level of INFO or above: a machine's `status_action` and `status_message`. */
export interface StatusEvent {
  action: string;
  /** "Deploying", "Failed to query node's BMC". */
  type: string;
  description: string;
}

/** A machine of the simulated region. Plain data: it is part of the state file. */
export interface MachineRecord {
  /** The database number: lists come in its order. */
  id: number;
  systemId: string;
  hostname: string;
  domainId: number;
  description: string;
  zoneId: number;
  poolId: number;
  /** A number of `status.ts`. */
  status: number;
  previousStatus: number;
  owner: string | null;
  agentName: string;
  locked: boolean;
  architecture: string;
  minHweKernel: string | null;
  hweKernel: string | null;
  cpuCount: number;
  cpuSpeed: number;
  /** MiB. */
  memory: number;
  swapSize: number | null;
  osystem: string;
  distroSeries: string;
  ephemeralDeploy: boolean;
  enableKernelCrashDump: boolean;
  enableHardwareSync: boolean;
  errorDescription: string;
  netboot: boolean;
  powerType: string;
  powerParameters: Record<string, string>;
  powerState: "on" | "off" | "unknown" | "error";
  biosBootMethod: string | null;
  hardwareUuid: string | null;
  /** Only what is known (`mainboard_vendor` …); the rest shows as "Unknown". */
  hardwareInfo: Record<string, string>;
  addressTtl: number | null;
  tagNames: string[];
  /** Workload annotations (`owner_data`). */
  ownerData: Record<string, string>;
  bootInterfaceId: number | null;
  bootDiskId: number | null;
  gatewayLinkIpv4Id: number | null;
  gatewayLinkIpv6Id: number | null;
  interfaces: InterfaceRecord[];
  /** In the order of their ids. */
  blockDevices: BlockDeviceRecord[];
  filesystemGroups: FilesystemGroupRecord[];
  /** Ids of bcache cache sets. */
  cacheSets: number[];
  specialFilesystems: FilesystemRecord[];
  numaNodes: NumaNodeRecord[];
  commissionedNics: CommissionedNic[];
  commissioning: ScriptOutcome;
  testing: ScriptOutcome;
  installationResultId: number | null;
  statusEvent: StatusEvent | null;
}
