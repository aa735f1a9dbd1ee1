import { hostWith, workers, type BrokenDescriptions } from "./broken";

/** The smallest change of the minimal description that breaks each rule about networks and hosts. */
export const brokenNetworks: BrokenDescriptions = {
  HST001: [
    {
      changes: hostWith({ addresses: { management: "172.17.0.11" } }),
      path: "hosts.worker-pool.machines[1].addresses.management",
      message: /no host address of 172\.16\.0\.0\/22/,
    },
    {
      changes: hostWith({ addresses: { data: "10.20.30.1" } }),
      path: "hosts.worker-pool.machines[1].addresses.data",
      message: /used by the gateway/,
    },
    {
      changes: hostWith({ addresses: { data: "10.20.40.50" } }),
      path: "hosts.worker-pool.machines[1].addresses.data",
      message: /lies in the range 10\.20\.40\.10-10\.20\.40\.99/,
    },
    {
      changes: {
        hosts: {
          "worker-pool": {
            machines: [
              "worker-[1-4]",
              { hostname: "a", addresses: { data: "10.20.1.1" } },
              { hostname: "b", addresses: { data: "10.20.1.1" } },
            ],
          },
        },
      },
      path: "hosts.worker-pool.machines[2].addresses.data",
      message: /10\.20\.1\.1 of b is already used by a/,
    },
  ],
  HST002: {
    changes: { networks: { management: { cidr: "172.16.0.0/29" } } },
    path: "networks.management.cidr",
    message: /6 addresses .* 10 hosts/,
  },
  HST003: {
    changes: { hosts: { "worker-pool": { machines: ["worker-[1-6]", "cp-2"] } } },
    path: "hosts.worker-pool.machines[1]",
    message: /cp-2 is described in hosts\.control-plane\.machines already/,
  },
  HST004: {
    changes: hostWith({ zone: "az9" }),
    path: "hosts.worker-pool.machines[1].zone",
    message: /"az9" is none of the zones az1, az2, az3/,
  },
  HST005: {
    changes: { hosts: { "worker-pool": { zones: ["az1", "az2"] } }, cluster: { workers: [{ zones: ["az1", "az3"] }] } },
    path: "cluster.workers[0].zones",
    message: /is in az3/,
  },
  HST006: {
    changes: {
      hosts: { "worker-pool": { resourcePool: "vmo" }, "control-plane": { resourcePool: "vmo", tags: ["a"] } },
    },
    path: "hosts.worker-pool.resourcePool",
    message: /share the resource pool "vmo"/,
  },
  HST007: {
    changes: { hosts: { "worker-pool": { resourcePool: "default" } } },
    path: "hosts.worker-pool.resourcePool",
    message: /is "default"/,
  },
  HST010: [
    {
      changes: workers({ bonds: { bond_data: { mtu: 1400 } } }),
      path: "hosts.worker-pool",
      message:
        /worker-1 and 5 more: the layout four-nic gives bond_data\.20\.mtu: 1500 is more than the 1400 of bond_data/,
    },
    {
      changes: workers({ nics: { bond_data: ["enp1s0", "enp2s1"] } }),
      path: "hosts.worker-pool",
      message: /enp1s0: is a member of/,
    },
    {
      changes: workers({ layout: "six-nic" }, { networks: { storage: { cidr: "172.17.0.0/22", vlan: 1500 } } }),
      path: "hosts.worker-pool",
      message: /"bond_storage\.1500" has 17 characters/,
    },
    {
      changes: workers({ layout: "six-nic" }, { networks: { storage: { cidr: "172.17.0.0/22", vlan: 300 } } }),
      path: "hosts.worker-pool",
      message: /"bond_storage\.300" has 16 characters/,
    },
  ],
  HST011: {
    changes: workers({ layout: "two-nic", nics: { bond_mgmt: ["eno1"] } }),
    path: "hosts.worker-pool",
    message: /"bond_mgmt" is no bond of the layout two-nic, which has bond0/,
  },
  HST012: {
    changes: workers({ bonds: { bond_data: { mode: "balance-alb" } } }),
    path: "hosts.worker-pool",
    message: /worker-1 and 5 more: bond_data has mode balance-alb/,
  },
  HST013: {
    changes: workers({ layout: "control-plane" }),
    path: "hosts.worker-pool",
    message: /worker-1 and 5 more: is a worker with the layout control-plane/,
  },
  HST014: {
    changes: hostWith({ layout: "two-nic" }),
    path: "hosts.worker-pool.machines[1]",
    message: /worker-6 \(two-nic\) has other interfaces than worker-1 \(four-nic\)/,
  },
  HST015: [
    { changes: workers({ layout: "six-nic" }), path: "networks.storage", message: /is missing: worker-1/ },
    {
      changes: { networks: { storage: { cidr: "172.17.0.0/22" } } },
      path: "networks.storage",
      message: /no host has a place/,
    },
  ],
  HST016: {
    changes: workers({ layout: "node-on-bridge" }),
    path: "networks.management.vlan",
    message: /is 10, so worker-1 would have its node address on br0\.10/,
  },
  NET001: [
    {
      changes: { networks: { services: "100.64.32.0/20" } },
      path: "networks.services",
      message: /overlaps the pod network 100\.64\.0\.0\/18/,
    },
    {
      changes: { networks: { management: { remote: [{ cidr: "10.20.5.0/24", gateway: "172.16.0.1" }] } } },
      path: "networks.management.remote[0].cidr",
      message: /overlaps the data network/,
    },
  ],
  NET002: { changes: { networks: { pods: "127.0.0.0/18" } }, path: "networks.pods", message: /loopback/ },
  NET003: [
    {
      changes: { networks: { data: { gateway: "10.21.0.1" } } },
      path: "networks.data.gateway",
      message: /10\.21\.0\.1 is no host address of 10\.20\.0\.0\/16/,
    },
    {
      changes: { networks: { data: { gateway: "10.20.0.0" } } },
      path: "networks.data.gateway",
      message: /10\.20\.0\.0 is no host address/,
    },
  ],
  NET004: { changes: { networks: { data: { gateway: null } } }, path: "networks.data.gateway", message: /is empty/ },
  NET006: {
    changes: { networks: { provisioning: { dynamicRanges: ["192.168.8.10-192.168.8.99"] } } },
    path: "networks.provisioning.dynamicRanges[0]",
    message: /does not lie in 192\.168\.0\.0\/22/,
  },
  NET007: [
    {
      changes: { networks: { data: { reservedRanges: [{ range: "10.20.40.90-10.20.40.120" }] } } },
      path: "networks.loadBalancer[0]",
      message: /overlaps 10\.20\.40\.90-10\.20\.40\.120/,
    },
    {
      changes: {
        networks: { provisioning: { gateway: "192.168.0.20", dynamicRanges: ["192.168.0.10-192.168.0.99"] } },
      },
      path: "networks.provisioning.dynamicRanges[0]",
      message: /holds the gateway 192\.168\.0\.20/,
    },
  ],
  NET008: {
    changes: { networks: { provisioning: { dhcp: { primaryRack: "rack-1" } } } },
    path: "networks.provisioning.dynamicRanges",
    message: /is missing/,
  },
  NET010: [
    {
      changes: { networks: { loadBalancer: ["10.21.40.10-10.21.40.99"] } },
      path: "networks.loadBalancer[0]",
      message: /does not lie in the data network/,
    },
    {
      changes: {
        networks: { loadBalancer: ["172.16.1.0/28"] },
        cluster: { bgp: { localAsn: 64512, peerAsn: 64513, peerAddress: "10.20.30.1" } },
      },
      path: "networks.loadBalancer[0]",
      message: /overlaps the management network 172\.16\.0\.0\/22/,
    },
    {
      changes: { networks: { loadBalancer: ["10.20.30.0/24"] } },
      path: "networks.loadBalancer[0]",
      message: /holds 10\.20\.30\.1/,
    },
  ],
  NET011: {
    changes: { networks: { management: { remote: [{ cidr: "10.99.0.0/16", gateway: "172.17.0.1" }] } } },
    path: "networks.management.remote[0].gateway",
    message: /172\.17\.0\.1 is no host address of the management network/,
  },
  NET017: {
    changes: { networks: { loadBalancer: ["10.20.40.10-10.20.40.99", "10.20.40.90-10.20.40.120"] } },
    path: "networks.loadBalancer",
    message: /10\.20\.40\.90-10\.20\.40\.120 overlaps 10\.20\.40\.10-10\.20\.40\.99/,
  },
  NET012: { changes: { networks: { pods: "100.64.0.0/21" } }, path: "networks.pods", message: /8 slices .* 8 nodes/ },
  NET013: {
    changes: { networks: { services: "100.65.0.0/29" } },
    path: "networks.services",
    message: /between \/12 and \/28/,
  },
  NET014: {
    changes: { networks: { pods: "100.64.0.0/20", services: "100.64.16.0/20" } },
    path: "networks.services",
    message: /cannot be doubled/,
  },
  NET009: {
    changes: { networks: { data: { vlan: 10 } } },
    path: "networks.data.vlan",
    message: /is 10, which is the management network's/,
  },
  NET015: [
    {
      changes: { networks: { virtualMachines: { vlans: "20-100" } } },
      path: "networks.virtualMachines.vlans",
      message: /holds 20, but hosts with the layout four-nic have a VLAN interface for it on bond_data/,
    },
    {
      changes: workers({ layout: "two-nic" }, { networks: { virtualMachines: { vlans: "10,30" } } }),
      path: "networks.virtualMachines.vlans",
      message: /holds 10, but hosts with the layout two-nic/,
    },
  ],
  NET018: [
    {
      changes: workers({ layout: "two-nic" }, { networks: { virtualMachines: { vlans: "1,21-100" } } }),
      path: "networks.virtualMachines.vlans",
      message: /holds 1, but hosts with the layout two-nic have an untagged network on br0/,
    },
    {
      changes: workers(
        { layout: "node-on-bridge" },
        { networks: { management: { vlan: 0 }, virtualMachines: { vlans: "1-9" } } },
      ),
      path: "networks.virtualMachines.vlans",
      message: /layout node-on-bridge/,
    },
  ],
  NET019: [
    {
      changes: workers({ layout: "two-nic" }, { networks: { virtualMachines: { mtu: 9216 } } }),
      path: "networks.provisioning.mtu",
      message: /is 1500, but hosts of worker-pool have this network untagged on br0, which has MTU 9216/,
    },
    {
      changes: { networks: { management: { mtu: 9000 } } },
      path: "networks.provisioning.mtu",
      message: /hosts of control-plane, worker-pool have this network untagged on bond_mgmt, which has MTU 9000/,
    },
  ],
  NET016: [
    {
      changes: workers({ layout: "two-nic-shared-data-vlan" }, { networks: { virtualMachines: { vlans: "20-100" } } }),
      path: "networks.virtualMachines.vlans",
      message: /holds 20, the VLAN of the data network/,
    },
    {
      changes: { networks: { virtualMachines: { vlans: "10,30" } } },
      path: "networks.virtualMachines.vlans",
      message: /holds 10, the VLAN of the management network/,
    },
  ],
};
