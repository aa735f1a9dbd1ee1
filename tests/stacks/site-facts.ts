import type { MachineFacts, ObservedMachine } from "../../providers/maas/look-ups/machine-facts";
import type { SubnetAnswer, VlanAnswer } from "../../providers/maas/client/site-types";
import type { SiteObjects } from "../../providers/maas/look-ups/site-objects";
import type { SiteFacts } from "../../stacks/preflight/site-facts";

const hostnames = [
  ...Array.from({ length: 4 }, (_, index) => `cp-${index + 1}`),
  ...Array.from({ length: 6 }, (_, index) => `worker-${index + 1}`),
  "other-1",
];

/** A Ready machine of the class that its hostname says: 2 NICs on a control plane, 4 on others. Its system id is the hostname without dashes. */
export function machineFact(hostname: string): MachineFacts {
  const controlPlane = hostname.startsWith("cp-");
  const nics = controlPlane ? ["enp1s0", "enp2s0"] : ["enp1s0", "enp2s0", "enp1s1", "enp2s1"];
  const index = hostnames.indexOf(hostname);
  const interfaces = nics.map((name, position) => ({
    name,
    type: "physical",
    macAddress: `52:54:00:00:${index.toString(16).padStart(2, "0")}:0${position}`,
    vid: 0,
    fabric: "fabric-0",
    linkSpeedMbps: controlPlane ? 10_000 : 25_000,
    linkConnected: true,
    parents: [],
  }));
  const disk = { id: 1, name: "sda", serial: "S1", model: "SSD", type: "physical", tags: [] };
  return {
    systemId: hostname.replaceAll("-", ""),
    hostname,
    fqdn: `${hostname}.maas`,
    tags: [],
    macAddresses: interfaces.map(({ macAddress }) => macAddress),
    status: 4,
    statusName: "Ready",
    statusMessage: "",
    locked: false,
    owner: "",
    pool: "default",
    zone: "default",
    domain: "maas",
    description: "",
    architecture: "amd64/generic",
    powerType: "ipmi",
    powerState: "off",
    cpuCount: controlPlane ? 8 : 48,
    memoryMebibytes: controlPlane ? 16_384 : 262_144,
    bootMacAddress: interfaces[0]?.macAddress ?? "",
    interfaces,
    disks: [{ ...disk, idPath: "/dev/disk/by-id/ata-1", sizeBytes: 480e9, boot: true }],
    observed: {
      status_name: "Ready",
      interface_set: interfaces.map(observedNic),
      boot_interface: { id: 1, mac_address: interfaces[0]?.macAddress ?? "" },
      default_gateways: { ipv4: { link_id: null } },
      boot_disk: { id: 1 },
      // The layout that commissioning sets: flat, on the boot disk.
      blockdevice_set: [
        {
          ...disk,
          id_path: "/dev/disk/by-id/ata-1",
          size: 480e9,
          available_size: 0,
          partition_table_type: "GPT",
          partitions: [
            { id: 1, size: 480e9, bootable: true, filesystem: { fstype: "ext4", mount_point: "/" }, used_for: "" },
          ],
          filesystem: null,
          used_for: "GPT partitioned with 1 partition",
        },
      ],
      current_installation_result_id: null,
    },
  };
}

/** A NIC as commissioning leaves it: the one that the machine boots from has an Auto assign link to the subnet that it booted in. */
function observedNic(
  { name, macAddress }: { readonly name: string; readonly macAddress: string },
  index: number,
): ObservedMachine["interface_set"][number] {
  const subnet = {
    cidr: "192.168.0.0/22",
    gateway_ip: null,
    dns_servers: [],
    vlan: { fabric: "fabric-0", vid: 0, mtu: 1500 },
  };
  return {
    id: index + 1,
    name,
    type: "physical",
    mac_address: macAddress,
    vlan: {
      id: 1,
      vid: 0,
      name: "untagged",
      mtu: 1500,
      dhcp_on: true,
      fabric: "fabric-0",
      fabric_id: 0,
      space: "undefined",
      primary_rack: null,
      secondary_rack: null,
      relay_vlan: null,
    },
    enabled: true,
    tags: [],
    parents: [],
    params: {},
    links: index === 0 ? [{ id: 1, mode: "auto", subnet }] : [],
    discovered: index === 0 ? [{ ip_address: "192.168.1.9", subnet }] : null,
    effective_mtu: 1500,
    link_connected: true,
  };
}

/** A VLAN of the fabric `fabric-0`, the one that MAAS always has. */
export function vlanFact(vid: number, changes: Partial<VlanAnswer> = {}): VlanAnswer {
  return {
    id: 5001 + vid,
    vid,
    name: vid === 0 ? "untagged" : null,
    mtu: 1500,
    dhcp_on: false,
    fabric: "fabric-0",
    fabric_id: 0,
    space: "undefined",
    primary_rack: null,
    secondary_rack: null,
    relay_vlan: null,
    ...changes,
  };
}

/** A subnet on the untagged VLAN of `fabric-0`, as MAAS discovers one. */
export function subnetFact(cidr: string, changes: Partial<SubnetAnswer> = {}): SubnetAnswer {
  return {
    id: 1,
    name: cidr,
    description: "",
    vlan: vlanFact(0),
    cidr,
    rdns_mode: 2,
    gateway_ip: null,
    dns_servers: [],
    allow_dns: true,
    allow_proxy: true,
    active_discovery: false,
    managed: true,
    ...changes,
  };
}

/** What MAAS holds before anybody wrote to it: the boot subnet that it discovered, and its own defaults. */
export function siteObjects(changes: Partial<SiteObjects> = {}): SiteObjects {
  return {
    pools: [{ id: 0, name: "default", description: "Default pool" }],
    zones: [{ id: 1, name: "default", description: "" }],
    domains: [{ id: 0, name: "maas", authoritative: true, ttl: null, is_default: true, resource_record_count: 0 }],
    fabrics: [{ id: 0, name: "fabric-0", class_type: null, vlans: [vlanFact(0)] }],
    subnets: [subnetFact("192.168.0.0/22")],
    ranges: [],
    staticRoutes: [],
    tags: [],
    settings: { enable_disk_erasing_on_release: false },
    ...changes,
  };
}

/** What the look-ups find at a site that fits the minimal description; `change` may alter each machine. */
export function siteFacts(change: (machine: MachineFacts) => MachineFacts = (machine) => machine): SiteFacts {
  return {
    maas: {
      machines: hostnames.map(machineFact).map(change),
      images: [{ name: "ubuntu/jammy", architecture: "amd64", type: "Synced", complete: true }],
      rackControllers: [{ systemId: "rack01", hostname: "rack-1", vlans: ["fabric-0/0"], deadServices: [] }],
      user: { name: "admin", administrator: true },
      objects: siteObjects(),
      forecasts: [],
    },
    palette: {
      projects: ["vmo"],
      gateways: [{ name: "dc1-gateway", running: true, state: "Running" }],
      clusterState: "Running",
    },
  };
}
