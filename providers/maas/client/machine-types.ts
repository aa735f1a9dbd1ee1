import type { InterfaceAnswer, LinkedSubnetAnswer, MachineNetworkAnswer } from "../host-network/read-host-network";
import type { VlanAnswer } from "./site-types";

/** What of an interface the look-ups tell, beyond its configuration. */
export interface MachineInterfaceAnswer extends Omit<InterfaceAnswer, "vlan"> {
  readonly vlan: VlanAnswer | null;
  /** Mbit/s; 0 when not known. */
  readonly link_speed?: number;
  readonly interface_speed?: number;
  readonly link_connected?: boolean;
  /** The MTU that is in effect, whoever set it. */
  readonly effective_mtu?: number;
  /** Addresses that a DHCP server gave it during commissioning; `null` or absent when none did. */
  readonly discovered?: readonly DiscoveredAnswer[] | null;
}

/** An address that an interface had during commissioning. */
export interface DiscoveredAnswer {
  readonly ip_address?: string | null;
  readonly subnet?: LinkedSubnetAnswer | null;
}

/** A file system on a disk or partition. */
export interface FilesystemAnswer {
  readonly fstype: string;
  readonly mount_point: string | null;
}

/** A partition of a disk. */
export interface PartitionAnswer {
  readonly id: number;
  readonly size: number;
  readonly bootable: boolean;
  readonly filesystem: FilesystemAnswer | null;
  /** In words: `LVM volume for vgroot`. */
  readonly used_for?: string;
}

/** A disk, or what a storage layout made of disks (GET /machines/{system_id}/, `blockdevice_set`). */
export interface BlockDeviceAnswer {
  readonly id: number;
  readonly name: string;
  /** `physical` or `virtual` (a logical volume, RAID, bcache). */
  readonly type: string;
  readonly id_path: string | null;
  readonly serial: string;
  readonly model: string;
  /** Bytes. */
  readonly size: number;
  /** Bytes that no partition takes. */
  readonly available_size?: number;
  readonly tags: readonly string[];
  readonly partition_table_type: string | null;
  readonly partitions: readonly PartitionAnswer[];
  readonly filesystem: FilesystemAnswer | null;
  readonly used_for: string;
}

/** A machine (GET /machines/). */
export interface MachineAnswer extends Omit<MachineNetworkAnswer, "interface_set" | "boot_interface"> {
  readonly system_id: string;
  readonly hostname: string;
  readonly fqdn: string;
  readonly status: number;
  readonly status_name: string;
  readonly status_message?: string | null;
  readonly error_description?: string;
  readonly locked: boolean;
  readonly owner: string | null;
  readonly description: string;
  readonly architecture: string;
  readonly cpu_count: number;
  /** MiB. */
  readonly memory: number;
  readonly power_type: string;
  readonly power_state: string;
  readonly pool: { readonly name: string };
  readonly zone: { readonly name: string };
  readonly domain: { readonly name: string };
  readonly tag_names: readonly string[];
  readonly interface_set: readonly MachineInterfaceAnswer[];
  readonly boot_interface: { readonly id: number; readonly mac_address: string } | null;
  readonly boot_disk: { readonly id: number } | null;
  readonly blockdevice_set: readonly BlockDeviceAnswer[];
  /** Changes with every deployment; `null` on a machine that was never deployed, absent where MAAS does not answer it. */
  readonly current_installation_result_id?: number | null;
}

/** One entry of a machine's events. */
export interface EventAnswer {
  readonly level: string;
  readonly type: string;
  readonly description: string;
  readonly created: string;
}
