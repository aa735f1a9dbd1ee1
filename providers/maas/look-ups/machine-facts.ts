import type { MachineAnswer } from "../client/machine-types";
import type { Findable } from "./find-machine";

/** One interface of a machine. */
export interface InterfaceFacts {
  readonly name: string;
  readonly type: string;
  /** Lower case. */
  readonly macAddress: string;
  /** VLAN id; null when it is connected to no VLAN. */
  readonly vid: number | null;
  /** Name of the fabric; null when it is connected to no VLAN. */
  readonly fabric: string | null;
  /** Mbit/s; 0 when not known. */
  readonly linkSpeedMbps: number;
  readonly linkConnected: boolean;
  readonly parents: readonly string[];
}

/** One disk of a machine. */
export interface DiskFacts {
  readonly id: number;
  /** `sda` */
  readonly name: string;
  /** `/dev/disk/by-id/…` */
  readonly idPath: string;
  readonly serial: string;
  readonly model: string;
  readonly sizeBytes: number;
  /** `physical` or `virtual`. */
  readonly type: string;
  readonly tags: readonly string[];
  /** Whether the machine boots from it. */
  readonly boot: boolean;
}

/** The parts of a machine's answer from which its network and storage are forecast. */
export type ObservedMachine = Pick<
  MachineAnswer,
  | "status_name"
  | "interface_set"
  | "boot_interface"
  | "default_gateways"
  | "blockdevice_set"
  | "boot_disk"
  | "current_installation_result_id"
>;

/** What the look-ups tell of a machine; plain data. */
export interface MachineFacts extends Findable {
  /** See `machine-state/status`. */
  readonly status: number;
  readonly statusName: string;
  readonly statusMessage: string;
  readonly locked: boolean;
  /** User that holds the machine; empty when nobody does. */
  readonly owner: string;
  readonly pool: string;
  readonly zone: string;
  readonly domain: string;
  /** With the marker of the datacenter that describes it, if any does. */
  readonly description: string;
  /** `amd64/generic` */
  readonly architecture: string;
  readonly powerType: string;
  readonly powerState: string;
  readonly cpuCount: number;
  readonly memoryMebibytes: number;
  /** Empty when MAAS knows no boot interface. */
  readonly bootMacAddress: string;
  readonly interfaces: readonly InterfaceFacts[];
  readonly disks: readonly DiskFacts[];
  /** Its network and storage as MAAS answered them: links, discovered addresses, file systems. */
  readonly observed: ObservedMachine;
}

/** Reads a machine out of MAAS's answer. */
export function machineFacts(answer: MachineAnswer): MachineFacts {
  return {
    systemId: answer.system_id,
    hostname: answer.hostname,
    fqdn: answer.fqdn,
    tags: [...answer.tag_names].sort(),
    macAddresses: macAddresses(answer),
    status: answer.status,
    statusName: answer.status_name,
    statusMessage: answer.error_description || answer.status_message || "",
    locked: answer.locked,
    owner: answer.owner ?? "",
    pool: answer.pool.name,
    zone: answer.zone.name,
    domain: answer.domain.name,
    description: answer.description,
    architecture: answer.architecture,
    powerType: answer.power_type,
    powerState: answer.power_state,
    cpuCount: answer.cpu_count,
    memoryMebibytes: answer.memory,
    bootMacAddress: (answer.boot_interface?.mac_address ?? "").toLowerCase(),
    interfaces: answer.interface_set.map((item) => ({
      name: item.name,
      type: item.type,
      macAddress: (item.mac_address ?? "").toLowerCase(),
      vid: item.vlan?.vid ?? null,
      fabric: item.vlan?.fabric ?? null,
      linkSpeedMbps: item.link_speed || item.interface_speed || 0,
      linkConnected: item.link_connected ?? true,
      parents: [...item.parents],
    })),
    disks: answer.blockdevice_set.map((disk) => ({
      id: disk.id,
      name: disk.name,
      idPath: disk.id_path ?? "",
      serial: disk.serial,
      model: disk.model,
      sizeBytes: disk.size,
      type: disk.type,
      tags: [...disk.tags].sort(),
      boot: disk.id === answer.boot_disk?.id,
    })),
    observed: answer,
  };
}

/** What a machine can be found by. */
export function findableOf(answer: MachineAnswer): Findable {
  return {
    systemId: answer.system_id,
    hostname: answer.hostname,
    fqdn: answer.fqdn,
    tags: answer.tag_names,
    macAddresses: macAddresses(answer),
  };
}

function macAddresses(answer: MachineAnswer): string[] {
  const nics = answer.interface_set.filter((item) => item.type === "physical");
  return nics.map((item) => (item.mac_address ?? "").toLowerCase());
}
