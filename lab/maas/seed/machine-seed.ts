/** A NIC of a seeded machine, as commissioning saw it. */
export interface NicSeed {
  name: string;
  macAddress: string;
  /** Mbit/s. */
  speed: number;
  /**
   * Address that it got by DHCP while the machine was commissioned, as `ip/prefix length`; MAAS puts the NIC on the VLAN of that subnet.
   * The first such NIC is the boot NIC. Absent: nobody answered, and MAAS puts the NIC on a fabric of its own.
   */
  address?: string;
  /** False: no cable was in it, so the NIC is on no VLAN (its cable came later). Default true. */
  cabled?: boolean;
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
  /** Its place in the seed; MAC and BMC addresses and the serial follow from it. */
  number: number;
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
