import { dataDisk, hostSeeds, otherSeed } from "../hardware";
import type { MachineSeed } from "../machine-seed";
import { makeNetworks, type NetworkSeed } from "../networks";
import type { Operator } from "../operator";
import type { SiteSeed } from "../site-seed";
import { commissionUsual, PROVISIONING, usualCabling } from "./default";

/** Networks that were there before: the dev stack's own, named and routed by a network team, and networks of other teams. */
const NETWORKS: readonly NetworkSeed[] = [
  { ...PROVISIONING, vlan: { name: "pxe" } },
  {
    fabric: "fabric-0",
    vid: 10,
    vlan: { name: "oob-mgmt", space: "mgmt" },
    subnets: {
      "172.16.0.0/22": { name: "mgmt-hosts", gateway_ip: "172.16.0.1", dns_servers: ["172.16.0.53", "172.16.1.53"] },
    },
  },
  {
    fabric: "fabric-0",
    vid: 20,
    vlan: { name: "data-prod", mtu: 9000, space: "production" },
    subnets: {
      "10.20.0.0/16": {
        name: "prod-data",
        description: "Production data, asked for in NET-1042",
        gateway_ip: "10.20.30.1",
        dns_servers: ["10.20.0.53"],
        allow_proxy: false,
        rdns_mode: 1,
      },
    },
  },
  {
    fabric: "fabric-0",
    vid: 107,
    vlan: { name: "vm-production", mtu: 9000, space: "production" },
    subnets: {
      "10.21.0.0/21": { name: "vm-prod", gateway_ip: "10.21.0.1", dns_servers: ["10.20.0.53", "172.16.0.53"] },
      "2001:db8:107::/64": { name: "vm-prod-v6", gateway_ip: "2001:db8:107::1" },
    },
  },
  {
    fabric: "fabric-0",
    vid: 300,
    vlan: { name: "branch-offices" },
    subnets: {
      "10.30.0.0/24": {
        name: "branch",
        managed: false,
        description: "Addresses come from IPAM",
        gateway_ip: "10.30.0.1",
      },
    },
  },
  {
    fabric: "san-a",
    vid: 0,
    vlan: { name: "iscsi", mtu: 9000 },
    subnets: { "10.31.0.0/24": { name: "iscsi-a", managed: false } },
  },
  {
    fabric: "fabric-0",
    vid: 60,
    vlan: { name: "north-data" },
    subnets: {
      "10.60.0.0/24": { name: "north-data", description: "Data network [vmo-metal north]", gateway_ip: "10.60.0.1" },
    },
  },
];

/** Addresses that other teams keep for themselves. */
const RANGES = [
  { type: "reserved", start_ip: "192.168.0.10", end_ip: "192.168.0.30", comment: "Out-of-band tools, network team" },
  { type: "dynamic", start_ip: "192.168.1.200", end_ip: "192.168.1.250", comment: "PXE" },
  { type: "reserved", start_ip: "10.20.200.0", end_ip: "10.20.200.255", comment: "Firewalls, network team" },
  {
    type: "reserved",
    start_ip: "10.21.4.0",
    end_ip: "10.21.4.255",
    comment: "Virtual servers of the load balancer, team blue",
  },
  { type: "reserved", start_ip: "10.60.0.10", end_ip: "10.60.0.99", comment: "Load balancer [vmo-metal north]" },
];

/** Number of the other teams' machines. */
const OTHERS = { blue1: 5, blue2: 6, north: 7, other: 10 };

function makeObjects(operator: Operator): void {
  for (const name of ["mgmt", "production"]) operator.post("spaces/", { name, description: "Network team" });
  operator.post("fabrics/", { name: "san-a", class_type: "10g" });
  makeNetworks(operator, NETWORKS);
  for (const range of RANGES) operator.post("ipranges/", range);
  operator.put("fabrics/fabric-0/vlans/0/", { dhcp_on: true, primary_rack: "rack01" });
  const route = { source: "172.16.0.0/22", destination: "10.21.0.0/21", gateway_ip: "172.16.0.254", metric: 10 };
  operator.post("static-routes/", route);
  operator.post("resourcepools/", { name: "other", description: "Machines of another team" });
  operator.post("resourcepools/", { name: "team-blue", description: "Build farm of team blue" });
  operator.post("resourcepools/", { name: "worker-pool", description: "Bare metal of the platform team" });
  operator.post("resourcepools/", { name: "north-workers", description: "Worker hosts [vmo-metal north]" });
  operator.post("zones/", { name: "az1", description: "Rows 1 to 4, power feed A" });
  operator.post("zones/", { name: "Row 9", description: "Lent to team blue" });
  operator.post("zones/", { name: "north-az1", description: "Zone [vmo-metal north]" });
  operator.post("domains/", { name: "metal.example.test", ttl: 600 });
  operator.post("domains/", { name: "corp.example.test" });
  operator.post("dnsresources/", { fqdn: "gateway.metal.example.test", ip_addresses: "172.16.0.1" });
  operator.post("tags/", { name: "gpu", comment: "Machines with accelerators", kernel_opts: "iommu=pt" });
  operator.post("tags/", { name: "north-worker", comment: "Worker hosts [vmo-metal north]" });
}

/** Machines of other teams: one in use, two waiting, one that is not commissioned. */
function makeOthers(operator: Operator): void {
  operator.addUser("blue");
  commissionUsual(operator, [
    { ...otherSeed(OTHERS.blue1, "blue-1", "team-blue", usualCabling), zoneName: "Row 9" },
    { ...otherSeed(OTHERS.blue2, "blue-2", "team-blue", usualCabling), zoneName: "Row 9" },
    { ...otherSeed(OTHERS.north, "north-1", "north-workers", usualCabling), zoneName: "north-az1" },
    otherSeed(OTHERS.other, "other-1", "other", usualCabling),
  ]);
  operator.post("machines/", {
    hostname: "arrived-1",
    architecture: "amd64/generic",
    mac_addresses: ["52:54:00:01:00:01"],
    power_type: "manual",
    commission: false,
  });
  bond(operator, "blue-1", { vlan: 20, subnet: "10.20.0.0/16", address: "10.20.9.9" });
  const interfaces = operator.interfaces("blue-1");
  operator.post(`${interfaces}enp1s0/?op=link_subnet`, {
    mode: "STATIC",
    subnet: "192.168.0.0/22",
    ip_address: "192.168.0.40",
    force: true,
  });
  operator.setStatus("blue-1", "deployed", "blue");
}

/** A bond of the two fast NICs with one VLAN on it, made by hand. */
function bond(operator: Operator, host: string, at: { vlan: number; subnet: string; address: string }): void {
  const interfaces = operator.interfaces(host);
  const parents = ["enp1s1", "enp2s1"].map((name) => operator.interface(host, name));
  const { id } = operator.post(`${interfaces}?op=create_bond`, {
    name: "bond0",
    parents,
    bond_mode: "802.3ad",
    bond_xmit_hash_policy: "layer3+4",
    mtu: 9000,
  });
  const { id: vlan } = operator.put(`fabrics/fabric-0/vlans/${at.vlan}/`, {});
  operator.post(`${interfaces}?op=create_vlan`, { parent: Number(id), vlan: Number(vlan) });
  operator.post(`${interfaces}bond0.${at.vlan}/?op=link_subnet`, {
    mode: "STATIC",
    subnet: at.subnet,
    ip_address: at.address,
  });
}

/** What happened to a described host before its datacenter was. */
const PASTS: Readonly<Record<string, (operator: Operator) => void>> = {
  "cp-2": (operator) => {
    operator.post(`${operator.interfaces("cp-2")}enp2s0/?op=link_subnet`, {
      mode: "STATIC",
      subnet: "192.168.0.0/22",
      ip_address: "192.168.0.77",
    });
  },
  "worker-1": (operator) => {
    operator.post("tags/gpu/?op=update_nodes", { add: operator.systemId("worker-1") });
    operator.put(operator.machinePath("worker-1"), { description: "Lent from the AI team until March" });
  },
  "worker-2": (operator) => void operator.put(operator.machinePath("worker-2"), { zone: "az1" }),
  "worker-3": (operator) => bond(operator, "worker-3", { vlan: 107, subnet: "10.21.0.0/21", address: "10.21.2.3" }),
  "worker-5": (operator) => {
    const interfaces = operator.interfaces("worker-5");
    operator.post(`${interfaces}?op=create_bridge`, {
      name: "br-ex",
      parent: operator.interface("worker-5", "enp1s0"),
    });
    operator.post(`${interfaces}br-ex/?op=link_subnet`, { mode: "AUTO", subnet: "192.168.0.0/22" });
  },
  "worker-7": (operator) => {
    operator.post("machines/?op=allocate", { system_id: operator.systemId("worker-7") });
    operator.post(`${operator.machinePath("worker-7")}?op=mark_broken`, { comment: "Memory errors in slot B2" });
  },
  "worker-8": (operator) => {
    operator.post(`${operator.machinePath("worker-8")}?op=set_storage_layout`, {
      storage_layout: "flat",
      root_device: operator.disk("worker-8", "nvme0n1"),
    });
  },
};

function withPast(machine: MachineSeed): MachineSeed {
  return machine.hostname === "worker-8"
    ? { ...machine, disks: [...machine.disks, dataDisk(machine.number)] }
    : machine;
}

/** A MAAS that has been in use for years. */
export const occupiedSite: SiteSeed = {
  description:
    "in use for years: named networks with gateways and MTUs, objects of other teams and of another datacenter, hosts configured by hand, one broken",
  make: (operator, workers) => {
    makeObjects(operator);
    commissionUsual(operator, hostSeeds(workers, usualCabling).map(withPast));
    for (const [host, happen] of Object.entries(PASTS)) if (operator.hasMachine(host)) happen(operator);
    makeOthers(operator);
  },
};
