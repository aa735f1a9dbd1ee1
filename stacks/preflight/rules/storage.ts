import { workerCount } from "../../derived/node-count";
import { STORAGE_PROVIDER_TABLE } from "../../description/storage-providers";
import type { Datacenter } from "../../description/datacenter";
import type { DescriptionRule, Hit } from "../rule";

/** A rule about the storage of a cluster; nothing to say about metal only. */
function storageRule(
  head: Pick<DescriptionRule, "code" | "severity" | "rule">,
  check: (datacenter: Datacenter & { cluster: NonNullable<Datacenter["cluster"]> }) => Hit | undefined,
): DescriptionRule {
  return {
    ...head,
    check: (datacenter) => {
      const { cluster } = datacenter;
      const hit = cluster === null ? undefined : check({ ...datacenter, cluster });
      return hit === undefined ? [] : [hit];
    },
  };
}

/** A rule about the volumes of virtual machines, on whosever cluster. */
function volumeRule(
  head: Pick<DescriptionRule, "code" | "severity" | "rule">,
  check: (datacenter: Datacenter) => Hit | undefined,
): DescriptionRule {
  return {
    ...head,
    check: (datacenter) => {
      const hit = datacenter.virtualization === null ? undefined : check(datacenter);
      return hit === undefined ? [] : [hit];
    },
  };
}

/** RA: live migration of a virtual machine is only possible with RWX volumes. */
export const readWriteMany = volumeRule(
  {
    code: "STO001",
    severity: "error",
    rule: "Volumes are ReadWriteMany, so that virtual machines can be live migrated.",
  },
  ({ storage }) =>
    storage.accessMode === "ReadWriteMany"
      ? undefined
      : {
          path: "storage.accessMode",
          message: `is ${storage.accessMode}: a virtual machine on such a volume cannot be live migrated, so no node could be drained (RA, Enabling Live Migration)`,
          fix: "Leave it out (ReadWriteMany).",
        },
);

/** RA: Block is preferred when available, as it has less overhead; all providers of its table have it. */
export const blockVolumes = volumeRule(
  { code: "STO002", severity: "warning", rule: "Volumes are in Block mode." },
  ({ storage }) =>
    storage.volumeMode === "Block"
      ? undefined
      : {
          path: "storage.volumeMode",
          message: `is Filesystem: ${STORAGE_PROVIDER_TABLE[storage.provider].title} offers ReadWriteMany in Block mode, which has less overhead (RA)`,
          fix: "Leave it out (Block).",
        },
);

/** RA's table: Piraeus in Appliance/Agent mode only. */
export const piraeusRefused = storageRule(
  {
    code: "STO003",
    severity: "error",
    rule: "Piraeus is not used on a cluster of MAAS machines (agent and appliance mode only).",
  },
  ({ storage }) =>
    storage.provider !== "piraeus"
      ? undefined
      : {
          path: "storage.provider",
          message:
            "Piraeus works in Palette's appliance and agent modes only (RA, storage table), and this cluster is made by Cluster API",
          fix: "Choose another provider of the table, such as portworx-flasharray.",
        },
);

/** RA: cannot use Direct Access volumes, as those do not support RWX. */
export const noDirectAccess = storageRule(
  { code: "STO004", severity: "error", rule: "Portworx Enterprise does not use FlashArray Direct Access volumes." },
  ({ storage }) =>
    storage.provider !== "portworx-flasharray" || !storage.portworx.directAccess
      ? undefined
      : {
          path: "storage.directAccess",
          message:
            "is true, but Direct Access volumes of Portworx Enterprise do not support ReadWriteMany (RA, Selected solution)",
          fix: "Leave it out, or use the provider portworx-csi, which is made for Direct Access.",
        },
);

/** CDI and KubeVirt: Longhorn offers RWX Block for migratable classes only; others bind and never attach. */
export const longhornMigratable = volumeRule(
  { code: "STO005", severity: "error", rule: 'Longhorn\'s StorageClass is migratable ("migratable": "true").' },
  ({ storage }) =>
    storage.provider !== "longhorn" || storage.migratable
      ? undefined
      : {
          path: "storage.migratable",
          message:
            'is false: only a Longhorn StorageClass with migratable: "true" has ReadWriteMany volumes in Block mode that attach',
          fix: "Set it to true.",
        },
);

/** RA, Canonical MAAS configuration: must be disabled so that LUNs do not get erased when nodes are repaved. */
export const diskErasingOff: DescriptionRule = {
  code: "STO006",
  severity: "error",
  rule: "MAAS does not erase disks on release.",
  check: ({ diskErasing, cluster, storage }) =>
    !diskErasing.onRelease || cluster === null
      ? []
      : [
          {
            path: "diskErasing.onRelease",
            message:
              STORAGE_PROVIDER_TABLE[storage.provider].kind === "array"
                ? "is true: with every repaved node MAAS would erase the array's LUNs that it sees (RA, Canonical MAAS configuration)"
                : "is true: with every repaved node MAAS would erase the disks that hold the cluster's data",
            fix: "Leave it out (false).",
          },
        ],
};

/** The secret px-pure-secret would be empty. */
export const flashArrayGiven = storageRule(
  { code: "STO007", severity: "error", rule: "Portworx on FlashArray names at least one FlashArray." },
  ({ storage }) =>
    !storage.provider.startsWith("portworx-") || storage.portworx.flashArrays.length > 0
      ? undefined
      : {
          path: "storage.flashArrays",
          message: "is empty, so Portworx would have no array to take its disks from",
          fix: "Add one: flashArrays: [{ managementEndpoint: <address> }], and its token: pulumi config set --secret vmo-metal:flashArrayApiToken",
        },
);

/** RA and Portworx: a dedicated 64 GB drive; data disks are 150 GB at least. */
export const portworxDisks = storageRule(
  {
    code: "STO008",
    severity: "error",
    rule: "Portworx has a metadata disk of 64 GB or more and data disks of 150 GB or more.",
  },
  ({ storage }) => {
    const { metadataDeviceGigabytes, deviceGigabytes } = storage.portworx;
    if (storage.provider !== "portworx-flasharray") return undefined;
    if (metadataDeviceGigabytes < 64)
      return {
        path: "storage.metadataDeviceGigabytes",
        message: `is ${metadataDeviceGigabytes} GB, but PX-StoreV2 needs a metadata disk of 64 GB`,
        fix: "Write 64.",
      };
    const small = deviceGigabytes.find((size) => size < 150);
    return small === undefined
      ? undefined
      : {
          path: "storage.deviceGigabytes",
          message: `has a data disk of ${small} GB, but Portworx needs 150 GB`,
          fix: "Write 150 or more; the RA has 1024.",
        };
  },
);

/** RA: at cluster deployment, set this variable to the number of worker nodes, so that disks are reattached and nothing is rebuilt. */
export const storageNodes = storageRule(
  { code: "STO009", severity: "warning", rule: "Portworx's maxStorageNodes is the number of workers." },
  ({ storage, cluster }) => {
    const { maxStorageNodes } = storage.portworx;
    const workers = workerCount(cluster);
    return storage.provider !== "portworx-flasharray" || maxStorageNodes === null || maxStorageNodes === workers
      ? undefined
      : {
          path: "storage.maxStorageNodes",
          message: `is ${maxStorageNodes}, but there are ${workers} workers: only with their number do disks move to the next node at once during a repave (RA, Portworx layer)`,
          fix: "Leave it out; it then follows the number of workers.",
        };
  },
);

/** The pack would be installed with the addresses of its examples. */
export const powerFlexGiven = storageRule(
  { code: "STO011", severity: "error", rule: "Dell PowerFlex says which system and storage pool." },
  ({ storage }) =>
    storage.provider !== "dell-powerflex" || storage.powerFlex !== null
      ? undefined
      : {
          path: "storage.powerFlex",
          message: "is missing, so the driver would not know where the PowerFlex system is",
          fix: "Add powerFlex: { systemId: <id>, storagePool: <pool>, managers: [<addresses>] }, and the text of its secret: pulumi config set --secret vmo-metal:powerFlexConfig",
        },
);

/** TPM and UEFI state of a Windows VM is a ReadWriteMany volume with a file system, which a FlashArray's block volumes are not. */
export const stateVolumesGiven = storageRule(
  {
    code: "STO012",
    severity: "error",
    rule: "With Portworx CSI and Windows templates the description names where state volumes are kept.",
  },
  ({ storage, virtualization }) =>
    storage.provider === "portworx-csi" &&
    storage.portworx.stateVolumes === null &&
    virtualization?.templates.some(({ operatingSystem }) => operatingSystem === "windows") === true
      ? {
          path: "storage.stateVolumes",
          message: "is missing, so Windows VMs would wait for the volume of their TPM without end",
          fix: "Write stateVolumes: { nfsPolicy: <policy>, fileSystem: <file system> } for FlashArray File Services, or stateVolumes: flashBlade; or take the Windows templates out.",
        }
      : undefined,
);

/**
 * Providers whose volumes that several nodes mount as a file system are NFS mounts of the node. Those of Portworx Enterprise are too, but the RA runs it
 * on the very image that it names.
 */
const overNfs: readonly string[] = ["portworx-csi", "longhorn", "dell-powerflex"];

/** Field reports: without an NFS client in the image of the nodes, a VM with a persistent TPM stays in Scheduling. */
export const stateVolumesOverNfs = storageRule(
  {
    code: "STO013",
    severity: "warning",
    rule: "Where Windows VMs keep TPM state on volumes over NFS, nodes have an NFS client.",
  },
  ({ storage, virtualization }) =>
    overNfs.includes(storage.provider) &&
    virtualization?.templates.some(({ operatingSystem }) => operatingSystem === "windows") === true
      ? {
          path: "storage.provider",
          message: `${STORAGE_PROVIDER_TABLE[storage.provider].title} gives Windows VMs a state volume that the node mounts over NFS: without an NFS client in its image (Ubuntu: nfs-common), they stay in Scheduling`,
          fix: "Check that the image of the nodes has mount.nfs, then silence STO013 with that reason; or take the Windows templates out.",
        }
      : undefined,
);

/** What profiles/ has no layer for would silently not be installed. An exported infra profile may bring it. */
export const storageProfileExists = storageRule(
  {
    code: "STO010",
    severity: "error",
    rule: "There is a cluster profile for the storage provider, of this project or from a file.",
  },
  ({ storage, cluster }) => {
    const provider = STORAGE_PROVIDER_TABLE[storage.provider];
    const available = Object.entries(STORAGE_PROVIDER_TABLE).flatMap(([name, { infraProfile }]) =>
      infraProfile === null ? [] : [name],
    );
    const fromFile = (cluster?.profileFiles ?? []).length > 0;
    return provider.infraProfile !== null || fromFile || storage.provider === "piraeus"
      ? undefined
      : {
          path: "storage.provider",
          message: `${provider.title} can hold virtual machines, but this version has no cluster profile that installs it`,
          fix: `Build an infra profile with it in Palette, export it and name the file in cluster.profileFiles; it then takes the place of ours (docs/profiles.md). Or use ${available.join(" or ")}.`,
        };
  },
);
