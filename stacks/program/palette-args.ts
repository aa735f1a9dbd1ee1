import type * as pulumi from "@pulumi/pulumi";
import type { PaletteArgs, ProfileArgs } from "../../components/palette/palette";
import { pureSecretManifest } from "../../profiles/render/pure-secret";
import { type ProfileFiles, profileFolders, readProfileFiles } from "../../profiles/render/profile-files";
import { renderProfile, type RenderedProfile } from "../../profiles/render/render-profile";
import { hostGroupOf } from "../derived/all-hosts";
import { machinePools, type PlacedPool } from "../derived/machine-pools";
import { workerCount } from "../derived/node-count";
import type { ClusterSection } from "../description/cluster";
import type { Datacenter } from "../description/datacenter";
import type { PaletteSection, Registries } from "../description/palette";
import { hostNetworks } from "../description/all-networks";
import { layoutValues } from "./layout-values";
import { profileAlternatives } from "./profile-alternatives";
import { loadBalancerAddresses, profileParameters } from "./profile-parameters";

/** Secrets of the stack that Palette's part needs. */
export interface PaletteSecrets {
  maasApiKey: pulumi.Input<string>;
  /** API tokens of FlashArrays by the key of their stack secret. */
  flashArrayTokens: Readonly<Record<string, string>>;
  grafanaAdminPassword: string;
  /** Key of the Portworx SaaS licence; needed with `storage.license: saas`. */
  portworxSaasKey?: string;
  /** Text of the secret `vxflexos-config`; needed with `storage.provider: dell-powerflex`. */
  powerFlexConfig?: string;
}

/** Palette's part of the datacenter, from the description. Pure but for the secrets that it passes on. */
export function paletteArgs(
  datacenter: Datacenter,
  palette: PaletteSection,
  cluster: ClusterSection,
  secrets: PaletteSecrets,
  toSecret: (value: Record<string, string>) => pulumi.Input<Record<string, string>>,
): PaletteArgs {
  const parameters = profileParameters(datacenter, cluster);
  const alternatives = profileAlternatives(datacenter, cluster);
  const rendered = (files: ProfileFiles, chosen: readonly string[]): RenderedProfile =>
    fromRegistries(renderProfile(files, parameters, chosen), palette.registries);
  const infra = rendered(readProfileFiles(profileFolders.infra), alternatives.infra);
  const core = rendered(readProfileFiles(profileFolders.core), alternatives.core);
  return {
    adopt: palette.adopt,
    account: {
      name: palette.account.name,
      gateway: palette.gateway,
      apiEndpoint: palette.account.maasUrl,
      apiKey: secrets.maasApiKey,
      preferredSubnets: preferredSubnets(datacenter, palette),
    },
    profiles: [
      {
        ...infraProfile(infra, datacenter, cluster, toSecret(pureSecrets(datacenter, secrets))),
        secretValues: toSecret(storageSecretValues(infra, secrets)),
      },
      coreProfile(core, datacenter, cluster),
    ],
    cluster: {
      name: cluster.name,
      domain: datacenter.domain,
      podCidr: datacenter.networks.pods,
      serviceCidr: datacenter.networks.services,
      sshKeys: [...cluster.sshKeys],
      ntpServers: [...cluster.ntpServers],
      pools: machinePools(cluster).map((placed) => pool(placed, datacenter, cluster)),
      secretVariables: toSecret(secretVariables(infra, core, secrets)),
      approveRepave: cluster.approveRepave,
      forceDelete: cluster.forceDelete,
      forceDeleteAfterMinutes: cluster.forceDeleteAfterMinutes,
      timeoutMinutes: cluster.waitMinutes,
      timezone: cluster.timezone,
      componentUpgrades: cluster.componentUpgrades,
      osPatch: { ...cluster.osPatch },
      protect: datacenter.protect,
    },
  };
}

/** A profile whose layers take their packs from the registries of the description. */
function fromRegistries(profile: RenderedProfile, { packs, layers }: Registries): RenderedProfile {
  return {
    ...profile,
    layers: profile.layers.map((layer) =>
      layer.pack.registry === null
        ? layer
        : { ...layer, pack: { ...layer.pack, registry: layers[layer.pack.name] ?? packs } },
    ),
  };
}

/** Values of sensitive variables by `profile/variable`, for those that the profiles have. */
function secretVariables(
  infra: RenderedProfile,
  core: RenderedProfile,
  secrets: PaletteSecrets,
): Record<string, string> {
  const usesSaas = infra.variables.some(({ name }) => name === "portworxSaasKey");
  return {
    [`${core.name}/grafanaAdminPassword`]: secrets.grafanaAdminPassword,
    ...(usesSaas ? { [`${infra.name}/portworxSaasKey`]: secrets.portworxSaasKey ?? "" } : {}),
  };
}

/** Palette takes CIDRs; the description names networks. */
function preferredSubnets(datacenter: Datacenter, palette: PaletteSection): string[] {
  const networks = hostNetworks(datacenter.networks);
  return palette.account.preferredSubnets.map(
    (name) => networks.find((network) => network.name === name)?.cidr ?? name,
  );
}

function infraProfile(
  rendered: RenderedProfile,
  datacenter: Datacenter,
  cluster: ClusterSection,
  secretManifests: pulumi.Input<Record<string, string>>,
): ProfileArgs {
  const maxStorageNodes = datacenter.storage.portworx.maxStorageNodes ?? workerCount(cluster);
  return {
    rendered,
    version: cluster.profileVersions.infra,
    secretManifests,
    variables: onlyOf(rendered, { maxStorageNodes: String(maxStorageNodes) }),
  };
}

/** Values of the variables that a profile has: an alternative may have taken some away. */
function onlyOf(rendered: RenderedProfile, values: Record<string, string>): Record<string, string> {
  const names = new Set(rendered.variables.map(({ name }) => name));
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
}

function pureSecrets(datacenter: Datacenter, secrets: PaletteSecrets): Record<string, string> {
  if (!datacenter.storage.provider.startsWith("portworx")) return {};
  const { flashArrays, namespace } = datacenter.storage.portworx;
  if (flashArrays.length === 0) return {};
  const arrays = flashArrays.map(({ managementEndpoint, apiTokenSecret }) => ({
    managementEndpoint,
    apiToken: secrets.flashArrayTokens[apiTokenSecret] ?? "",
  }));
  return { "csi-portworx-generic/px-pure-secret": pureSecretManifest(namespace, arrays) };
}

/** The login of a PowerFlex system, which its pack takes among its values. */
function storageSecretValues(infra: RenderedProfile, secrets: PaletteSecrets): Record<string, string> {
  const pack = "csi-dell-csm-operator";
  return infra.layers.some((layer) => layer.pack.name === pack)
    ? { [`${pack}/charts/csm-operator/csm/config/secret/value`]: secrets.powerFlexConfig ?? "" }
    : {};
}

function coreProfile(rendered: RenderedProfile, datacenter: Datacenter, cluster: ClusterSection): ProfileArgs {
  const layout = layoutValues(datacenter);
  return {
    rendered,
    version: cluster.profileVersions.core,
    secretManifests: {},
    variables: onlyOf(rendered, {
      loadBalancerAddresses: loadBalancerAddresses(datacenter),
      loadBalancerInterface: layout.metalLbInterface,
      virtualMachineVlans: datacenter.networks.virtualMachines.vlans,
      allowVlansOnSelf: String(layout.vlansOnBridge !== ""),
      vlansOnBridge: layout.vlansOnBridge === "" ? "1" : layout.vlansOnBridge,
    }),
  };
}

function pool(
  { pool: section, controlPlane }: PlacedPool,
  datacenter: Datacenter,
  cluster: ClusterSection,
): PaletteArgs["cluster"]["pools"][number] {
  const group = hostGroupOf(datacenter, section);
  return {
    name: section.name,
    controlPlane,
    workloads: controlPlane && cluster.workloadsOnControlPlane,
    size: section.size,
    resourcePool: group?.resourcePool ?? section.hostGroup,
    zones: [...section.zones].sort(),
    minimumCpuCores: section.minimum.cpuCores,
    minimumMemoryMebibytes: section.minimum.memoryMebibytes,
    minimumDiskGibibytes: section.minimum.diskGigabytes,
    machineTags: [...(group?.tags ?? [])].sort(),
    labels: { ...section.labels },
    taints: section.taints.map((taint) => ({ ...taint })),
    updateStrategy: section.updateStrategy,
    nodeRepaveInterval: 0,
  };
}
