import assert from "node:assert/strict";
import { DESCRIPTION_RULES } from "../../../stacks/preflight/all-rules";
import { preflight } from "../../../stacks/preflight/preflight";
import { datacenterWith, withSettings, type Settings } from "../descriptions";
import { siteFacts } from "../site-facts";

const secrets = ["flashArrayApiToken", "grafanaAdminPassword", "windowsAdministratorPassword", "guestPassword"];

interface Broken {
  /** What is changed in the minimal description. */
  readonly changes: Settings;
  /** Where the rule finds it. */
  readonly path: string;
  /** What its message says. */
  readonly message: RegExp;
  readonly secrets?: readonly string[];
  readonly plaintext?: readonly string[];
}

/** The smallest change of the minimal description that breaks each rule. */
const broken: Record<string, Broken | Broken[]> = {
  CFG001: [
    {
      changes: {},
      path: "vmo-metal:flashArrayApiToken",
      message: /API token of the FlashArray 172\.16\.200\.50/,
      secrets: secrets.slice(1),
    },
    {
      changes: {},
      path: "vmo-metal:grafanaAdminPassword",
      message: /Grafana/,
      secrets: secrets.filter((key) => !key.startsWith("grafana")),
    },
    {
      changes: {},
      path: "vmo-metal:windowsAdministratorPassword",
      message: /Windows/,
      secrets: secrets.filter((key) => !key.startsWith("windows")),
    },
  ],
  CFG004: {
    changes: {},
    path: "vmo-metal:maasApiKey",
    message: /unencrypted/,
    plaintext: ["maasApiKey"],
  },
  CLU001: {
    changes: { cluster: { workers: [{ hostGroup: "workers", size: 5 }] } },
    path: "cluster.workers[0].hostGroup",
    message: /"workers": hosts has control-plane, worker-pool/,
  },
  CLU002: [
    { changes: { cluster: { controlPlane: { size: 1 } } }, path: "cluster.controlPlane.size", message: /is 1/ },
    { changes: { cluster: { controlPlane: { size: 4 } } }, path: "cluster.controlPlane.size", message: /is 4/ },
  ],
  CLU003: { changes: { cluster: { workers: [{ size: 3 }] } }, path: "cluster.workers", message: /3 workers/ },
  CLU004: { changes: { cluster: { workers: [{ size: 4 }] } }, path: "cluster.workers", message: /4 workers/ },
  CLU005: {
    changes: { cluster: { workers: [{ size: 7 }] } },
    path: "cluster.workers[0].size",
    message: /7 machines .* has 6/,
  },
  CLU006: { changes: { cluster: { workers: [{ size: 6 }] } }, path: "cluster.workers[0].size", message: /all 6 hosts/ },
  CLU007: {
    changes: {
      storage: { provider: "rook-ceph" },
      cluster: { workers: [{ size: 5, updateStrategy: "RollingUpdateScaleOut" }] },
    },
    path: "cluster.workers[0].updateStrategy",
    message: /Rook-Ceph/,
  },
  CLU008: {
    changes: { cluster: { workers: [{ size: 5, name: "control-plane" }] } },
    path: "cluster.workers[0].name",
    message: /"control-plane"/,
  },
  CLU010: [
    {
      changes: { cluster: { controlPlane: { minimum: { memoryGigabytes: 4 } } } },
      path: "cluster.controlPlane.minimum",
      message: /4 GB are less than the 4 cores and 8 GB/,
    },
    { changes: { cluster: { namespaces: 5000 } }, path: "cluster.namespaces", message: /beyond the RA's table/ },
  ],
  CLU011: {
    changes: { cluster: { workers: [{ minimum: { memoryGigabytes: 20 } }] } },
    path: "cluster.workers[0].minimum",
    message: /20 GB are less/,
  },
  CLU012: [
    {
      changes: { cluster: { workers: [{ minimum: { cpuCores: 8 } }] } },
      path: "cluster.kubelet.reservedCores",
      message: /"0-7" .* 8 cores.*none is left/,
    },
    {
      changes: { cluster: { kubelet: { reservedCores: "30-31" }, workers: [{ minimum: { cpuCores: 16 } }] } },
      path: "cluster.kubelet.reservedCores",
      message: /CPU 31 does not exist/,
    },
  ],
  CLU013: [
    {
      changes: { cluster: { kubelet: { numaMemoryMebibytes: [6000, 6000] } } },
      path: "cluster.kubelet.numaMemoryMebibytes",
      message: /12000 MiB, but .* 12388 MiB/,
    },
    {
      changes: {
        cluster: { kubelet: { systemReservedMebibytes: 0, kubeReservedMebibytes: 0, evictionHardMebibytes: 0 } },
      },
      path: "cluster.kubelet.systemReservedMebibytes",
      message: /no memory/,
    },
    {
      changes: { cluster: { kubelet: { systemReservedMebibytes: 16_384 } } },
      path: "cluster.kubelet.systemReservedMebibytes",
      message: /less than a third/,
    },
  ],
  CLU014: { changes: { cluster: { kubelet: { maxPods: 500 } } }, path: "cluster.kubelet.maxPods", message: /is 500/ },
  CLU015: {
    changes: { virtualization: { plannedVirtualMachines: [{ count: 900 }] } },
    path: "virtualization.plannedVirtualMachines",
    message: /900 virtual machines are planned, but \d+ /,
  },
  CLU016: {
    changes: {
      virtualization: { plannedVirtualMachines: [{ count: 1100, cpuCores: 1, memoryGibibytes: 1 }] },
      cluster: { workers: [{ minimum: { cpuCores: 128, memoryGigabytes: 2048 } }] },
    },
    path: "virtualization.plannedVirtualMachines",
    message: /recommends at most 992/,
  },
  CLU020: [
    {
      changes: { palette: { account: { preferredSubnets: ["provisioning", "management"] } } },
      path: "palette.account.preferredSubnets",
      message: /"provisioning" comes first/,
    },
    {
      changes: { palette: { account: { preferredSubnets: ["mgmt"] } } },
      path: "palette.account.preferredSubnets",
      message: /"mgmt" is none/,
    },
  ],
  CLU021: {
    changes: { cluster: { identityProvider: "none" } },
    path: "cluster.identityProvider",
    message: /full permissions/,
  },
  CLU022: {
    changes: { palette: { url: "api.spectrocloud.com" }, cluster: { access: "direct" } },
    path: "cluster.access",
    message: /Spectro proxy/,
  },
  CLU023: [
    {
      changes: { cluster: { versions: { kubernetes: "1.33.1", virtualMachineOrchestrator: "4.8.0" } } },
      path: "cluster.versions.kubernetes",
      message: /Portworx/,
    },
    {
      changes: { cluster: { versions: { kubernetes: "1.29.9", portworx: "3.4.0" } } },
      path: "cluster.versions.kubernetes",
      message: /KubeVirt 1\.5.*1\.30 to 1\.32/,
    },
  ],
  CLU024: {
    changes: { cluster: { versions: { metallb: "0.14.9" } } },
    path: "cluster.versions.metallb",
    message: /0\.14\.9 is not the 0\.15\.2/,
  },
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
  NET005: {
    changes: { networks: { management: { gateway: "172.16.0.1" } } },
    path: "networks.management.gateway",
    message: /second gateway/,
  },
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
  STO001: {
    changes: { storage: { accessMode: "ReadWriteOnce" } },
    path: "storage.accessMode",
    message: /live migrated/,
  },
  STO002: { changes: { storage: { volumeMode: "Filesystem" } }, path: "storage.volumeMode", message: /less overhead/ },
  STO003: {
    changes: { storage: { provider: "piraeus" } },
    path: "storage.provider",
    message: /appliance and agent modes only/,
  },
  STO004: {
    changes: { storage: { directAccess: true } },
    path: "storage.directAccess",
    message: /do not support ReadWriteMany/,
  },
  STO005: { changes: { storage: { provider: "longhorn" } }, path: "storage.migratable", message: /is false/ },
  STO006: {
    changes: { diskErasing: { onRelease: true } },
    path: "diskErasing.onRelease",
    message: /erase the array's LUNs/,
  },
  STO007: { changes: { storage: { flashArrays: [] } }, path: "storage.flashArrays", message: /is empty/ },
  STO008: [
    {
      changes: { storage: { metadataDeviceGigabytes: 32 } },
      path: "storage.metadataDeviceGigabytes",
      message: /is 32 GB/,
    },
    { changes: { storage: { deviceGigabytes: [1024, 100] } }, path: "storage.deviceGigabytes", message: /of 100 GB/ },
  ],
  STO009: {
    changes: { storage: { maxStorageNodes: 3 } },
    path: "storage.maxStorageNodes",
    message: /is 3, but there are 5 workers/,
  },
  STO010: { changes: { storage: { provider: "hitachi" } }, path: "storage.provider", message: /no cluster profile/ },
  VRT001: {
    changes: { virtualization: { networks: [{ vlan: 30 }, { vlan: 130 }] } },
    path: "virtualization.networks[1]",
    message: /VLAN 130, which is none of the VM VLANs 21-100/,
  },
  VRT002: {
    changes: { virtualization: { networks: [{ vlan: 30 }, { vlans: "29-30" }] } },
    path: "virtualization.networks[2]",
    message: /"default\/nad-vlan-30" is there already/,
  },
  VRT003: {
    changes: { virtualization: { images: { "dv-windows-2022": { url: undefined, checksum: undefined } } } },
    path: "virtualization.images.dv-windows-2022",
    message: /no public bootable disk/,
  },
  VRT004: {
    changes: { virtualization: { images: { "dv-windows-2022": { checksum: undefined } } } },
    path: "virtualization.images.dv-windows-2022.checksum",
    message: /is missing/,
  },
  VRT005: {
    changes: { virtualization: { templates: { "vmtemplate-ubuntu-2204": { diskGibibytes: 20 } } } },
    path: "virtualization.templates.vmtemplate-ubuntu-2204.diskGibibytes",
    message: /is 20, but .* 50 GiB/,
  },
  VRT006: [
    {
      changes: { virtualization: { templates: { "vmtemplate-ubuntu-2204": { preference: "vmcp-linux" } } } },
      path: "virtualization.templates.vmtemplate-ubuntu-2204.preference",
      message: /no preference "vmcp-linux"/,
    },
    {
      changes: { virtualization: { templates: { "vmtemplate-ubuntu-2204": { preference: "vmcp-generic-windows" } } } },
      path: "virtualization.templates.vmtemplate-ubuntu-2204.preference",
      message: /is for windows/,
    },
    {
      changes: { virtualization: { templates: { "vmtemplate-ubuntu-2204": { network: "vlan-31" } } } },
      path: "virtualization.templates.vmtemplate-ubuntu-2204.network",
      message: /no network "vlan-31"/,
    },
  ],
  VRT007: {
    changes: { virtualization: { templates: { "vmtemplate-ubuntu-2204": { network: "pod" } } } },
    path: "virtualization.templates.vmtemplate-ubuntu-2204.network",
    message: /cuts its connections/,
  },
  VRT008: {
    changes: { virtualization: { preferences: { "windows.2k22": "windows" } } },
    path: "virtualization.preferences.windows.2k22",
    message: /KubeVirt uses/,
  },
  VRT009: {
    changes: {},
    path: "virtualization.templates.vmtemplate-ubuntu-2204.sshKeys",
    message: /nobody can log in/,
    secrets: secrets.slice(0, 3),
  },
};

/** All workers with other settings, and more. */
function workers(settings: Settings, more: Settings = {}): Settings {
  return { hosts: { "worker-pool": settings }, ...more };
}

/** Five workers as a range, and a sixth with settings of its own. */
function hostWith(settings: Settings): Settings {
  return { hosts: { "worker-pool": { machines: ["worker-[1-5]", { hostname: "worker-6", ...settings }] } } };
}

describe("stacks/preflight/rules", () => {
  it("find nothing in a datacenter by the reference architecture", () => {
    const report = preflight(datacenterWith(), { secrets });
    assert.deepEqual(report, { errors: [], warnings: [], silenced: [] });
  });

  it("find nothing that only a cluster needs where there is metal only", () => {
    const metal = datacenterWith({ palette: null, storage: undefined, virtualization: undefined });
    assert.deepEqual(preflight(metal, { secrets: [] }).errors, []);
  });

  const layouts: [string, Settings][] = [
    ["four-nic", {}],
    ["two-nic", {}],
    ["two-nic-shared-data-vlan", {}],
    ["six-nic", { networks: { storage: { cidr: "172.17.0.0/22", mtu: 9000 } } }],
    ["node-on-bridge", { networks: { management: { vlan: 0 } } }],
  ];
  for (const [layout, more] of layouts)
    for (const vlan of [0, 5])
      it(`find nothing with the layout ${layout} and ${vlan === 0 ? "untagged" : "tagged"} PXE`, () => {
        const changes = withSettings({ networks: { provisioning: { vlan } } }, withSettings(more, workers({ layout })));
        const report = preflight(datacenterWith(changes), { secrets });
        assert.deepEqual(report, { errors: [], warnings: [], silenced: [] });
      });

  it("find nothing with control planes that are virtual machines, and bonds without LACP", () => {
    const changes = {
      hosts: { "control-plane": { layout: "control-plane-vm" }, "worker-pool": { bond: { mode: "active-backup" } } },
    };
    assert.deepEqual(preflight(datacenterWith(changes), { secrets }), { errors: [], warnings: [], silenced: [] });
  });

  it("are found by the preflight as a whole, however many rules a description breaks", () => {
    for (const [code, cases] of Object.entries(broken))
      for (const { changes, secrets: given = secrets, plaintext = [] } of [cases].flat()) {
        const args = { secrets: given, plaintextSecrets: plaintext, facts: siteFacts() };
        const { errors, warnings } = preflight(datacenterWith(changes), args);
        assert.ok(
          [...errors, ...warnings].some((finding) => finding.code === code),
          code,
        );
      }
  });

  for (const rule of DESCRIPTION_RULES) {
    describe(`${rule.code} (${rule.severity}) ${rule.rule}`, () => {
      const cases = [broken[rule.code] ?? []].flat();
      it("has a case that breaks it", () => assert.notEqual(cases.length, 0));
      for (const { changes, path, message, secrets: given = secrets, plaintext = [] } of cases) {
        it(`finds ${message.source}`, () => {
          const hits = rule.check(datacenterWith(changes), {
            secrets: new Set(given),
            plaintextSecrets: new Set(plaintext),
          });
          assert.deepEqual(
            hits.map((hit) => hit.path),
            [path],
          );
          assert.match(hits[0]?.message ?? "", message);
          assert.match(hits[0]?.fix ?? "", /^[A-Z].*[.)\w]$/s, "the fix is a sentence");
        });
      }
    });
  }
});
