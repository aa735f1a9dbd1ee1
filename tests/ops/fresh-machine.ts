import type { MachineAnswer, MachineInterfaceAnswer } from "../../providers/maas/client/machine-types";

/** A commissioned machine as MAAS answers it: NICs on VLANs of their own, nothing configured, one disk. */
export function freshMachine(
  hostname: string,
  nics: readonly string[],
  changes: Partial<MachineAnswer> = {},
): MachineAnswer {
  return {
    system_id: `id-${hostname}`,
    hostname,
    fqdn: `${hostname}.maas`,
    status: 4,
    status_name: "Ready",
    locked: false,
    owner: "",
    description: "",
    architecture: "amd64/generic",
    cpu_count: 32,
    memory: 131_072,
    power_type: "ipmi",
    power_state: "off",
    pool: { name: "default" },
    zone: { name: "default" },
    domain: { name: "maas" },
    tag_names: [],
    interface_set: nics.map(nic),
    boot_interface: { id: 1, mac_address: "52:54:00:00:00:01" },
    default_gateways: { ipv4: { link_id: null } },
    boot_disk: null,
    blockdevice_set: [],
    ...changes,
  };
}

function nic(name: string, index: number): MachineInterfaceAnswer {
  return {
    id: index + 1,
    name,
    type: "physical",
    mac_address: `52:54:00:00:00:0${index + 1}`,
    vlan: { id: index + 100, vid: 0, fabric: `fabric-${index}` } as NonNullable<MachineInterfaceAnswer["vlan"]>,
    enabled: true,
    tags: [],
    parents: [],
    params: "",
    links: [],
    link_speed: 25_000,
    link_connected: true,
  };
}
