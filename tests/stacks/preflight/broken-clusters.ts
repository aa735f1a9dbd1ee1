import { secrets, type BrokenDescriptions } from "./broken";

/** The smallest change of the minimal description that breaks each rule about clusters, storage, virtualization and secrets. */
export const brokenClusters: BrokenDescriptions = {
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
  CLU025: [
    {
      changes: { cluster: { access: "direct" } },
      path: "cluster.consoleBaseAddress",
      message: /browsers do not find the consoles/,
    },
    {
      changes: { cluster: { consoleBaseAddress: "https://vms.example.com/v1" } },
      path: "cluster.consoleBaseAddress",
      message: /has no effect/,
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
  STO007: [
    { changes: { storage: { flashArrays: [] } }, path: "storage.flashArrays", message: /is empty/ },
    {
      changes: { storage: { provider: "portworx-csi", flashArrays: [] } },
      path: "storage.flashArrays",
      message: /is empty/,
    },
  ],
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
  STO011: {
    changes: { storage: { provider: "dell-powerflex" } },
    path: "storage.powerFlex",
    message: /would not know where the PowerFlex system is/,
  },
  STO012: {
    changes: { storage: { provider: "portworx-csi" } },
    path: "storage.stateVolumes",
    message: /would wait for the volume of their TPM/,
  },
  STO013: {
    changes: { storage: { provider: "longhorn" } },
    path: "storage.provider",
    message: /Longhorn gives Windows VMs a state volume .* over NFS/,
  },
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
    {
      changes: {
        virtualization: {
          networks: [
            { vlans: "30-31", namespace: "shop" },
            { vlans: "30-31", namespace: "team-b" },
          ],
          templates: { "vmtemplate-ubuntu-2204": { network: "nad-vlan-31" } },
        },
      },
      path: "virtualization.templates.vmtemplate-ubuntu-2204.network",
      message: /is a network of several namespaces: shop, team-b/,
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
  VRT010: {
    changes: { virtualization: { templates: { "vmtemplate-windows-2022": { cpuCores: 1 } } } },
    path: "virtualization",
    message: /VmTemplate vmtemplate-windows-2022: .*1 virtual CPUs; vmcp-generic-windows requires 2/,
  },
  VRT011: {
    changes: { virtualization: { delivery: "profile", networks: [{ vlan: 30, namespace: "networks" }] } },
    path: "virtualization",
    message: /namespace "networks", which nobody makes/,
  },
  VRT012: {
    changes: { virtualization: { instanceTypes: { "u1.medium": { cpuCores: 1, memoryGibibytes: 4 } } } },
    path: "virtualization.instanceTypes.u1.medium",
    message: /KubeVirt uses/,
  },
  VRT013: [
    {
      changes: { virtualization: { templates: { ["a".repeat(64)]: { image: "dv-ubuntu-2204" } } } },
      path: `virtualization.templates.${"a".repeat(64)}`,
      message: /name of 64 characters/,
    },
    {
      changes: {
        virtualization: {
          templates: {
            "web.1": { image: "dv-ubuntu-2204", network: "pod", publish: { ports: [80] } },
            "web-1": { image: "dv-ubuntu-2204", network: "pod", publish: { ports: [80] } },
          },
        },
      },
      path: "virtualization.templates.web-1.publish",
      message: /the Service "web-1", which another template makes/,
    },
  ],
  VRT014: {
    changes: {
      virtualization: { images: { "dv-tag": { operatingSystem: "linux", url: "docker://registry.example.com/os:1" } } },
    },
    path: "virtualization.images.dv-tag.url",
    message: /names a tag/,
  },
  VRT015: {
    changes: { virtualization: { users: [{ group: "team", role: "user", namespaces: ["shop"] }] } },
    path: "virtualization.users[0].namespaces",
    message: /names shop, where no virtual machines run/,
  },
  VRT009: {
    changes: {},
    path: "virtualization.templates.vmtemplate-ubuntu-2204.sshKeys",
    message: /nobody can log in/,
    secrets: secrets.slice(0, 3),
  },
};
