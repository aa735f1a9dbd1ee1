import { z } from "zod";
import { vlanSchema } from "./site-types";

/**
 * Schemas of MAAS's answers about machines. One machine is about 30 KB of JSON, most of it the same VLAN again and again, so only what is read
 * here is validated and kept.
 */

/** The parameters that were ever set on an interface. */
const parametersSchema = z.looseObject({
  mtu: z.exactOptional(z.int().nullable()),
  bond_mode: z.exactOptional(z.string()),
  bond_miimon: z.exactOptional(z.int()),
  bond_updelay: z.exactOptional(z.int()),
  bond_downdelay: z.exactOptional(z.int()),
  bond_lacp_rate: z.exactOptional(z.string()),
  bond_xmit_hash_policy: z.exactOptional(z.string()),
  bond_num_grat_arp: z.exactOptional(z.int()),
  bridge_type: z.exactOptional(z.string()),
  bridge_stp: z.exactOptional(z.boolean()),
  bridge_fd: z.exactOptional(z.int()),
});

/** What is read of the subnet of a link: machines get its gateway, DNS servers and MTU when they are deployed. */
const linkedSubnetSchema = z.object({
  cidr: z.string().min(1),
  gateway_ip: z.exactOptional(z.string().nullable()),
  dns_servers: z.exactOptional(z.array(z.string()).nullable()),
  vlan: z.exactOptional(
    z
      .object({
        fabric: z.exactOptional(z.string()),
        vid: z.exactOptional(z.int()),
        mtu: z.exactOptional(z.int()),
      })
      .nullable(),
  ),
});

/** A link of an interface to a subnet. Some modes have no subnet or address. */
const linkSchema = z.object({
  id: z.int(),
  /** Lower case in answers. */
  mode: z.string(),
  subnet: z.exactOptional(linkedSubnetSchema.nullable()),
  ip_address: z.exactOptional(z.string().nullable()),
});

/** An address that an interface had during commissioning. */
const discoveredSchema = z.object({
  ip_address: z.exactOptional(z.string().nullable()),
  subnet: z.exactOptional(linkedSubnetSchema.nullable()),
});

/** An interface of a machine (GET /nodes/{system_id}/interfaces/). */
export const interfaceSchema = z
  .object({
    id: z.int(),
    name: z.string(),
    type: z.string(),
    mac_address: z.string().nullable(),
    vlan: vlanSchema.nullable(),
    enabled: z.boolean(),
    tags: z.array(z.string()),
    parents: z.array(z.string()),
    /** `{}` or `""` when none was ever set. */
    params: z.union([parametersSchema, z.literal(""), z.null()]),
    links: z.array(linkSchema),
    /** Mbit/s; 0 when not known. */
    link_speed: z.exactOptional(z.int()),
    interface_speed: z.exactOptional(z.int()),
    link_connected: z.exactOptional(z.boolean()),
    /** The MTU that is in effect, whoever set it. */
    effective_mtu: z.exactOptional(z.int()),
    /** Addresses that a DHCP server gave it during commissioning; null or absent when none did. */
    discovered: z.exactOptional(z.array(discoveredSchema).nullable()),
  })
  .describe("an interface");

/** What is read of the answer that creates an interface. */
export const createdInterfaceSchema = z.object({ id: z.int() }).describe("an interface");

const filesystemSchema = z.object({ fstype: z.string(), mount_point: z.string().nullable() });

const partitionSchema = z.object({
  id: z.int(),
  size: z.number(),
  bootable: z.boolean(),
  filesystem: filesystemSchema.nullable(),
  /** In words: `LVM volume for vgroot`. */
  used_for: z.exactOptional(z.string()),
});

const textOrNull = z
  .string()
  .nullable()
  .transform((text) => text ?? "");

/** A disk, or what a storage layout made of disks (GET /machines/{system_id}/, `blockdevice_set`). Sizes are bytes. */
const blockDeviceSchema = z.object({
  id: z.int(),
  name: z.string(),
  /** `physical` or `virtual` (a logical volume, RAID, bcache). */
  type: z.string(),
  id_path: z.string().nullable(),
  serial: textOrNull,
  model: textOrNull,
  size: z.number(),
  /** Bytes that no partition takes. */
  available_size: z.exactOptional(z.number()),
  tags: z.array(z.string()),
  partition_table_type: z.string().nullable(),
  partitions: z.array(partitionSchema),
  filesystem: filesystemSchema.nullable(),
  used_for: z.string(),
});

const named = z.object({ name: z.string() });

/** A machine (GET /machines/). */
export const machineSchema = z
  .object({
    system_id: z.string().min(1),
    hostname: z.string(),
    fqdn: z.string(),
    status: z.int(),
    status_name: z.string(),
    status_message: z.exactOptional(z.string().nullable()),
    error_description: z.exactOptional(z.string()),
    locked: z.boolean(),
    owner: z.string().nullable(),
    description: z.string(),
    architecture: z.string(),
    cpu_count: z.int(),
    /** MiB. */
    memory: z.number(),
    power_type: z.string(),
    power_state: z.string(),
    pool: named,
    zone: named,
    domain: named,
    tag_names: z.array(z.string()),
    interface_set: z.array(interfaceSchema),
    boot_interface: z.object({ id: z.int(), mac_address: z.string() }).nullable(),
    default_gateways: z.object({ ipv4: z.object({ link_id: z.int().nullable() }) }),
    boot_disk: z.object({ id: z.int() }).nullable(),
    blockdevice_set: z.array(blockDeviceSchema),
    /** Changes with every deployment; null on a machine that was never deployed, absent where MAAS does not answer it. */
    current_installation_result_id: z.exactOptional(z.int().nullable()),
  })
  .describe("a machine");

/** A machine's events (GET /events/?op=query), newest first. */
export const eventsSchema = z
  .object({
    events: z.array(z.object({ level: z.string(), type: z.string(), description: z.string(), created: z.string() })),
  })
  .describe("a list of events");

/** The parameters of a machine's power driver (GET /machines/{system_id}/?op=power_parameters). */
export const powerParametersSchema = z.record(z.string(), z.unknown()).describe("power parameters");

/** See {@link interfaceSchema}. */
export type MachineInterfaceAnswer = z.infer<typeof interfaceSchema>;
/** See {@link machineSchema}. */
export type MachineAnswer = z.infer<typeof machineSchema>;
/** A disk of a machine, see {@link machineSchema}. */
export type BlockDeviceAnswer = z.infer<typeof blockDeviceSchema>;
/** A partition of a disk. */
export type PartitionAnswer = z.infer<typeof partitionSchema>;
/** A file system on a disk or partition. */
export type FilesystemAnswer = z.infer<typeof filesystemSchema>;
/** An address that an interface had during commissioning. */
export type DiscoveredAnswer = z.infer<typeof discoveredSchema>;
/** One entry of a machine's events. */
export type EventAnswer = z.infer<typeof eventsSchema>["events"][number];
