/** A NIC of a seeded machine. */
export interface NicSeed {
  name: string;
  macAddress: string;
  /** VLAN that it is plugged into; null: disconnected. */
  vlanId: number | null;
  /** Mbit/s. */
  speed: number;
  /** Address that it got by DHCP when it was commissioned; absent when it had none. The first such NIC is the boot NIC. */
  discoveredIp?: string;
}

/** A disk of a seeded machine. The first one is the boot disk. */
export interface DiskSeed {
  name: string;
  /** Bytes. */
  size: number;
  model: string;
  serial: string;
  /** Path below /dev/disk/by-id/. */
  idPath: string;
  tags: string[];
}

/** A machine that the lab starts with: commissioned, Ready, with the flat storage layout on its boot disk. */
export interface MachineSeed {
  hostname: string;
  poolName: string;
  zoneName: string;
  /** "amd64/generic". */
  architecture: string;
  cpuCount: number;
  memoryMebibytes: number;
  /** What dmidecode says. */
  vendor: string;
  product: string;
  serial: string;
  /** A MAAS power driver: "ipmi", "redfish", "manual". */
  powerType: string;
  powerParameters: Record<string, string>;
  tags: string[];
  nics: NicSeed[];
  disks: DiskSeed[];
}
