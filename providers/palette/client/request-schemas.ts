import { z } from "zod";
import { InputError } from "../../dynamic/errors";

// Bodies of requests as Palette's published description has them (Swagger 2, definitions in parentheses): only members that we send. Members that are
// optional here are left out where they are not set.

const texts = z.array(z.string());
const textMap = z.record(z.string(), z.string());
const optionalText = z.exactOptional(z.string());
const packType = z.enum(["spectro", "helm", "manifest", "oci"]);
const profileType = z.enum(["cluster", "infra", "add-on", "system"]);

/** A MAAS cloud account's fields (`v1MaasCloudAccount`); null subnets, as the vendor's client sends them, are none. */
const accountSpec = z.strictObject({ apiEndpoint: z.string(), apiKey: z.string(), preferredSubnets: texts.nullable() });

/** A new account (`v1MaasAccount`). */
export const accountCreateSchema = z.strictObject({
  metadata: z.strictObject({ name: z.string(), annotations: textMap }),
  spec: accountSpec,
});

/** An account that is replaced (`v1MaasAccount`). */
export const accountUpdateSchema = z.strictObject({
  metadata: z.strictObject({ name: z.string(), uid: z.string(), annotations: textMap, labels: textMap }),
  spec: accountSpec,
});

/** An account that Palette tries (`v1MaasCloudAccountValidateEntity`). */
export const accountValidateSchema = z.strictObject({ account: accountSpec });

/** A manifest; one that exists already is named by its uid (`v1ManifestRefUpdateEntity`). */
const manifest = z.strictObject({ name: z.string(), content: z.string(), uid: optionalText });

/** A layer of an import (`v1PackImportEntity`). */
export const importedPackSchema = z.strictObject({
  name: z.string(),
  type: z.string(),
  layer: z.string(),
  version: z.string(),
  tag: z.string(),
  values: z.string(),
  registry: z.exactOptional(
    z.strictObject({ metadata: z.strictObject({ uid: z.string(), name: z.string(), kind: z.string() }) }),
  ),
  manifests: z.array(z.strictObject({ name: z.string(), content: z.string() })),
});

/** A layer of an update (`v1PackManifestUpdateEntity`). */
export const updatedPackSchema = z.strictObject({
  name: z.string(),
  type: packType,
  layer: z.string(),
  tag: z.string(),
  uid: z.string(),
  registryUid: optionalText,
  values: z.string(),
  manifests: z.array(manifest),
});

/** A variable of a profile (`v1Variable`). */
export const variableEntitySchema = z.strictObject({
  name: z.string(),
  displayName: optionalText,
  description: optionalText,
  format: z.exactOptional(z.enum(["string", "number", "boolean", "ipv4", "ipv4cidr", "ipv6", "version", "base64"])),
  defaultValue: optionalText,
  required: z.exactOptional(z.boolean()),
  immutable: z.exactOptional(z.boolean()),
  isSensitive: z.exactOptional(z.boolean()),
  regex: optionalText,
  hidden: z.exactOptional(z.boolean()),
  inputType: z.exactOptional(z.enum(["text", "dropdown", "multiline"])),
  options: z.exactOptional(z.array(z.strictObject({ value: z.string(), label: z.string(), description: z.string() }))),
});

/** A profile that is imported (`v1ClusterProfileImportEntity`). */
export const profileImportSchema = z.strictObject({
  metadata: z.strictObject({ name: z.string(), description: z.string(), labels: textMap }),
  spec: z.strictObject({
    version: z.string(),
    template: z.strictObject({ type: z.string(), cloudType: z.string(), packs: z.array(importedPackSchema) }),
    variables: z.array(variableEntitySchema),
  }),
});

/** A profile that is replaced (`v1ClusterProfileUpdateEntity`). */
export const profileUpdateSchema = z.strictObject({
  metadata: z.strictObject({ name: z.string(), labels: textMap, annotations: textMap }),
  spec: z.strictObject({
    version: z.string(),
    template: z.strictObject({ type: profileType, packs: z.array(updatedPackSchema) }),
  }),
});

/** The variables of a profile, all of them (`v1Variables`). */
export const variablesUpdateSchema = z.strictObject({ variables: z.array(variableEntitySchema) });

/** Values of variables on a cluster (`v1SpectroClusterVariable`). */
const variableValues = z.array(z.strictObject({ name: z.string(), value: z.string() }));

/** A profile of a cluster, with layers that differ there (`v1SpectroClusterProfileEntity`). */
export const attachedProfileSchema = z.strictObject({
  uid: z.string(),
  packValues: z.array(
    z.strictObject({
      name: z.string(),
      tag: z.string(),
      type: packType,
      values: z.string(),
      manifests: z.array(manifest),
    }),
  ),
  variables: variableValues,
  replaceWithProfile: optionalText,
});

/** Profiles that a cluster gets, or is asked about (`v1SpectroClusterProfiles`, `v1SpectroClusterPacksEntity`). */
export const attachedProfilesSchema = z.strictObject({ profiles: z.array(attachedProfileSchema) });

/** Profiles that a cluster loses (`v1SpectroClusterProfilesDeleteEntity`). */
export const detachedProfilesSchema = z.strictObject({ profileUids: texts });

/** New values of variables on a cluster (list of `v1SpectroClusterVariableUpdateEntity`). */
export const clusterVariablesUpdateSchema = z.array(
  z.strictObject({ profileUid: z.string(), variables: variableValues }),
);

/** Patches of the nodes' operating system (`v1OsPatchConfig`). */
const osPatchConfig = z.strictObject({
  patchOnBoot: z.boolean(),
  rebootIfRequired: z.boolean(),
  schedule: optionalText,
  onDemandPatchAfter: optionalText,
});

/** See {@link osPatchConfig} (`v1OsPatchEntity`). */
export const osPatchSchema = z.strictObject({ osPatchConfig });

/** The time zone of a cluster; empty for Palette's (`v1TimezoneUpdateEntity`). */
export const timezoneSchema = z.strictObject({ timezone: z.string() });

/** Whether Palette may upgrade its own components in a cluster (`v1ClusterUpgradeSettingsEntity`). */
export const upgradeSettingsSchema = z.strictObject({ spectroComponents: z.enum(["lock", "unlock"]) });

/** Name, labels and annotations of a cluster (`v1ObjectMetaInputEntitySchema`). */
export const clusterMetadataSchema = z.strictObject({
  metadata: z.strictObject({ name: z.string(), labels: textMap, annotations: textMap }),
});

/** A machine pool (`v1MaasMachinePoolConfigEntity`). */
export const machinePoolEntitySchema = z.strictObject({
  cloudConfig: z.strictObject({
    azs: texts,
    instanceType: z.strictObject({
      minCPU: z.int(),
      minMemInMB: z.int(),
      minDiskSizeInGB: z.exactOptional(z.int()),
    }),
    resourcePool: z.string(),
    tags: texts,
    useLxdVm: z.boolean(),
  }),
  poolConfig: z.strictObject({
    name: z.string(),
    size: z.int(),
    isControlPlane: z.boolean(),
    labels: texts,
    useControlPlaneAsWorker: z.boolean(),
    additionalLabels: textMap,
    additionalAnnotations: z.exactOptional(textMap),
    additionalTags: z.exactOptional(textMap),
    taints: z.array(
      z.strictObject({
        key: z.string(),
        value: z.string(),
        effect: z.enum(["NoSchedule", "PreferNoSchedule", "NoExecute"]),
      }),
    ),
    updateStrategy: z.strictObject({ type: z.enum(["RollingUpdateScaleOut", "RollingUpdateScaleIn"]) }),
    minSize: z.exactOptional(z.int()),
    maxSize: z.exactOptional(z.int()),
    nodeRepaveInterval: z.exactOptional(z.int()),
    overrideKubeadmConfiguration: optionalText,
    overrideClusterAPIConfig: optionalText,
    overrideHealthCheckConfiguration: optionalText,
    skipK8sUpgrade: z.exactOptional(z.enum(["enabled", "disabled"])),
  }),
});

/** Type of a layer's pack (`v1PackType`). */
export type PackType = z.input<typeof packType>;

/** The type of a layer's pack in an update. @throws InputError for one that Palette's description does not have */
export function packTypeOf(text: string): PackType {
  return known(packType, text, "Layers of a cluster profile have the types");
}

/** The type of a profile in an update. @throws InputError for one that Palette's description does not have */
export function profileTypeOf(text: string): z.input<typeof profileType> {
  return known(profileType, text, "Cluster profiles have the types");
}

function known<Options extends Readonly<Record<string, string>>>(
  schema: z.ZodEnum<Options>,
  text: string,
  rule: string,
): Options[keyof Options] {
  const found = schema.safeParse(text);
  if (found.success) return found.data;
  throw new InputError(`${rule} ${schema.options.join(", ")}, and not "${text}".`);
}

/** See {@link machinePoolEntitySchema}. */
export type MachinePoolEntity = z.input<typeof machinePoolEntitySchema>;
/** See {@link importedPackSchema}. */
export type ImportedPack = z.input<typeof importedPackSchema>;
/** See {@link updatedPackSchema}. */
export type UpdatedPack = z.input<typeof updatedPackSchema>;
/** See {@link variableEntitySchema}. */
export type VariableEntity = z.input<typeof variableEntitySchema>;
/** See {@link attachedProfileSchema}. */
export type AttachedProfileEntity = z.input<typeof attachedProfileSchema>;

/** Settings of a cluster's machines (`v1MaasClusterConfig`). */
const cloudClusterConfig = z.strictObject({
  domain: z.string(),
  sshKeys: texts,
  ntpServers: texts,
  enableLxdVm: z.exactOptional(z.boolean()),
  overrideClusterAPIConfig: optionalText,
  staticIp: z.exactOptional(z.boolean()),
});

/** See {@link cloudClusterConfig} (`v1MaasCloudClusterConfigEntity`). */
export const clusterConfigUpdateSchema = z.strictObject({ clusterConfig: cloudClusterConfig });

const searchFilter = z.strictObject({
  property: z.string(),
  type: z.enum(["string", "bool"]),
  condition: z.strictObject({
    string: z.exactOptional(
      z.strictObject({
        operator: z.literal("eq"),
        negation: z.boolean(),
        ignoreCase: z.boolean(),
        match: z.strictObject({ conjunction: z.literal("or"), values: texts }),
      }),
    ),
    bool: z.exactOptional(z.strictObject({ value: z.boolean() })),
  }),
});

/** A search of clusters (`v1SearchFilterSummarySpec`). */
export const clusterSearchSchema = z.strictObject({
  filter: z.strictObject({
    conjunction: z.literal("and"),
    filterGroups: z.array(z.strictObject({ conjunction: z.literal("and"), filters: z.array(searchFilter) })),
  }),
  sort: z.array(z.never()),
});

/** A search of packs by name (`v1PacksFilterSpec`). */
export const packSearchSchema = z.strictObject({
  filter: z.strictObject({ name: z.strictObject({ eq: z.string() }) }),
  sort: z.array(z.never()),
});

/** A new cluster (`v1SpectroMaasClusterEntity`). */
export const clusterCreateSchema = z.strictObject({
  metadata: z.strictObject({ name: z.string(), labels: textMap, annotations: textMap }),
  spec: z.strictObject({
    cloudAccountUid: z.string(),
    cloudConfig: cloudClusterConfig,
    profiles: z.array(attachedProfileSchema),
    machinepoolconfig: z.array(machinePoolEntitySchema),
    clusterConfig: z.strictObject({
      updateWorkerPoolsInParallel: z.boolean(),
      machineManagementConfig: z.strictObject({ osPatchConfig }),
      timezone: optionalText,
    }),
    policies: z.strictObject({}),
  }),
});
