import { z } from "zod";
import { hostProblem } from "../../model/dns-names";
import { layerTextField } from "../../model/plain-text";
import { addressField, checkedText, labelField, patternText, subdomainField, withoutRepetition } from "./fields";
import { STORAGE_PROVIDER_TABLE, STORAGE_PROVIDERS, type StorageProviderName } from "./storage-providers";

/** Where Portworx CSI keeps the state of VMs: FlashBlade, or a file system of FlashArray File Services with its NFS export policy. */
export type StateVolumes = "flashBlade" | { readonly nfsPolicy: string; readonly fileSystem: string };

/** The name of an object on a FlashArray. */
const arrayNameField = (description: string, example: string) =>
  patternText(
    /^[A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?$/,
    "is not a name on a FlashArray: letters, digits, dashes and underscores, at most 63",
    description,
    [example],
  );

/** A Pure Storage FlashArray. */
export interface FlashArray {
  /** Its management address: IPv4, IPv6 in brackets, or a name. */
  readonly managementEndpoint: string;
  /** The key of the stack secret that holds its API token. */
  readonly apiTokenSecret: string;
}

/** Storage of the cluster (RA, Storage configuration). */
export interface StorageSection {
  /** Which of the RA's providers. */
  readonly provider: StorageProviderName;
  /** How volumes of virtual machines are attached. ReadWriteMany is what live migration needs. */
  readonly accessMode: "ReadWriteMany" | "ReadWriteOnce";
  /** Block is what the RA prefers: less overhead. */
  readonly volumeMode: "Block" | "Filesystem";
  /** The StorageClass for virtual machines. */
  readonly storageClass: string;
  /** Longhorn: whether its StorageClass has `migratable: "true"`. */
  readonly migratable: boolean;
  /** Portworx settings. */
  readonly portworx: PortworxSettings;
  /** The PowerFlex system of provider `dell-powerflex`; null = none. */
  readonly powerFlex: PowerFlex | null;
}

/** A Dell PowerFlex system. Its login is the stack secret `powerFlexConfig`: the text of the driver's secret `vxflexos-config`. */
export interface PowerFlex {
  readonly systemId: string;
  readonly storagePool: string;
  /** Addresses of its metadata managers (MDM), which every worker's client asks. */
  readonly managers: readonly string[];
}

/** Portworx on FlashArray (RA, Selected solution; Portworx layer). */
export interface PortworxSettings {
  /** Licence model: `enterprise` or pay as you go (`saas`). */
  readonly license: "enterprise" | "saas";
  /** How workers reach the FlashArray. */
  readonly sanType: "FC" | "ISCSI";
  /** Where Portworx CSI keeps TPM and UEFI state of VMs; null = not described. */
  readonly stateVolumes: StateVolumes | null;
  /** The arrays. */
  readonly flashArrays: readonly FlashArray[];
  /** Whether volumes are FlashArray Direct Access ones; they do not support ReadWriteMany. */
  readonly directAccess: boolean;
  /** Data disks per worker, GB each. */
  readonly deviceGigabytes: readonly number[];
  /** The metadata disk of PX-StoreV2, GB. */
  readonly metadataDeviceGigabytes: number;
  /** The journal disk, GB. */
  readonly journalDeviceGigabytes: number;
  /** Nodes that may hold storage at once; null = the number of workers, so that disks move at once when a node goes. */
  readonly maxStorageNodes: number | null;
  /** Namespace of the StorageCluster and of the secret px-pure-secret, which must be the same. */
  readonly namespace: string;
}

const endpointProblem = (text: string): string | undefined =>
  /^https?:\/\//i.test(text) ? "has a scheme: write the address or host name alone" : hostProblem(text);

const powerFlexSchema = z.strictObject({
  systemId: patternText(/^[A-Za-z0-9]+$/, "is not a system id: letters and digits", "Id of the PowerFlex system", [
    "2b11bb111111bb1b",
  ]),
  storagePool: layerTextField("Storage pool for volumes"),
  managers: z
    .array(addressField("Address of a metadata manager (MDM)", "172.16.0.201"))
    .superRefine(withoutRepetition)
    .min(1)
    .meta({ description: "Addresses of the metadata managers (MDM)" }),
});

const flashArraySchema = z.strictObject({
  managementEndpoint: checkedText(endpointProblem, "Management address: IPv4, IPv6 in brackets, or a name", [
    "172.16.200.50",
  ]),
  apiTokenSecret: patternText(
    /^[A-Za-z][A-Za-z0-9]*$/,
    "is not the key of a stack secret: letters and digits",
    "Key of the stack secret that holds its API token",
    ["flashArrayApiToken"],
  ).default("flashArrayApiToken"),
});

/** The `storage` section as it is written. */
export const storageSchema = z
  .strictObject({
    provider: z
      .enum(STORAGE_PROVIDERS)
      .default("portworx-flasharray")
      .meta({ description: "Storage provider of the RA's table" }),
    accessMode: z
      .enum(["ReadWriteMany", "ReadWriteOnce"])
      .default("ReadWriteMany")
      .meta({ description: "Access mode of volumes; live migration needs ReadWriteMany" }),
    volumeMode: z
      .enum(["Block", "Filesystem"])
      .default("Block")
      .meta({ description: "Volume mode; Block has less overhead" }),
    storageClass: subdomainField(
      "StorageClass for virtual machines; default the provider's",
      "spectro-storage-class",
    ).optional(),
    migratable: z.boolean().default(false).meta({ description: 'Longhorn: its StorageClass has migratable: "true"' }),
    license: z
      .enum(["enterprise", "saas"])
      .default("enterprise")
      .meta({ description: "Portworx licence: enterprise, or saas (pay as you go)" }),
    sanType: z.enum(["FC", "ISCSI"]).default("FC").meta({ description: "How workers reach the FlashArray" }),
    stateVolumes: z
      .union([
        z.literal("flashBlade"),
        z.strictObject({
          nfsPolicy: arrayNameField("NFS export policy, which must exist", "vmo-state"),
          fileSystem: arrayNameField("File system, which must exist", "vmo"),
        }),
      ])
      .nullable()
      .default(null)
      .meta({
        description:
          "Portworx CSI: where TPM and UEFI state of Windows VMs is kept: FlashArray File Services (nfsPolicy and fileSystem), or flashBlade",
      }),
    flashArrays: z.array(flashArraySchema).default([]).meta({ description: "The FlashArrays of Portworx" }),
    directAccess: z.boolean().default(false).meta({ description: "Portworx: FlashArray Direct Access volumes" }),
    deviceGigabytes: z
      .array(z.int().positive())
      .min(1)
      .default([1024])
      .meta({ description: "Portworx: data disks that each worker asks the FlashArray for, GB" }),
    metadataDeviceGigabytes: z
      .int()
      .positive()
      .default(64)
      .meta({ description: "Portworx: metadata disk of PX-StoreV2, GB" }),
    journalDeviceGigabytes: z.int().positive().default(3).meta({ description: "Portworx: journal disk, GB" }),
    maxStorageNodes: z
      .int()
      .positive()
      .nullable()
      .default(null)
      .meta({ description: "Portworx: nodes that may hold storage at once; default the number of workers" }),
    portworxNamespace: labelField("Namespace of the StorageCluster and of px-pure-secret", "portworx").default(
      "portworx",
    ),
    powerFlex: powerFlexSchema.nullable().default(null).meta({
      description: "Dell PowerFlex: the system; its login is the stack secret powerFlexConfig",
    }),
  })
  .prefault({})
  .meta({ description: "Storage of the cluster (RA, Storage configuration)" });

/** Sorts the section's settings. */
export function resolveStorageSection(section: z.output<typeof storageSchema>): StorageSection {
  return {
    provider: section.provider,
    accessMode: section.accessMode,
    volumeMode: section.volumeMode,
    storageClass: section.storageClass ?? STORAGE_PROVIDER_TABLE[section.provider].storageClass,
    migratable: section.migratable,
    portworx: {
      license: section.license,
      sanType: section.sanType,
      stateVolumes: section.stateVolumes,
      flashArrays: section.flashArrays,
      directAccess: section.directAccess,
      deviceGigabytes: section.deviceGigabytes,
      metadataDeviceGigabytes: section.metadataDeviceGigabytes,
      journalDeviceGigabytes: section.journalDeviceGigabytes,
      maxStorageNodes: section.maxStorageNodes,
      namespace: section.portworxNamespace,
    },
    powerFlex: section.powerFlex,
  };
}
