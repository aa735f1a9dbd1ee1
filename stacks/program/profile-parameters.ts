import type { ProfileParameters } from "../../profiles/render/parameters";
import { referenceVersions } from "../../profiles/render/reference-versions";
import { formatAddressRange } from "../../addressing/range";
import type { ClusterSection, IdentityProvider } from "../description/cluster";
import type { Datacenter } from "../description/datacenter";
import type { StateVolumes } from "../description/storage";
import { STORAGE_PROVIDER_TABLE } from "../description/storage-providers";
import { kubeletReservations } from "../sizing/kubelet-reservations";
import { layoutValues } from "./layout-values";

/** StorageClass for persistent TPM and UEFI state: a file system that all nodes can mount. */
const vmStateStorageClass = "spectro-vm-state";

/** The values behind the `@{…}` places of the profiles' data. Pure. */
export function profileParameters(datacenter: Datacenter, cluster: ClusterSection): ProfileParameters {
  const { networks, storage, virtualization } = datacenter;
  const { versions, kubelet } = cluster;
  const { portworx } = storage;
  const layout = layoutValues(datacenter);
  return {
    ubuntuTag: `LTS__${versions.operatingSystem}`,
    kubernetesTag: versions.kubernetes,
    ciliumTag: versions.cilium,
    portworxTag: versions.portworx,
    metallbTag: versions.metallb,
    nginxTag: versions.nginx,
    prometheusTag: versions.prometheus,
    virtualMachineOrchestratorTag: versions.virtualMachineOrchestrator,
    rookCephTag: alternativeTag("rookCeph"),
    dellCsmTag: alternativeTag("dellCsm"),
    podCidr: networks.pods,
    serviceCidr: networks.services,
    managementCidr: networks.management.cidr,
    identityProvider: identityProvider(cluster.identityProvider),
    ...oidc(cluster.identityProvider),
    certificateAuthorities: cluster.certificateAuthorities.map((certificate) => certificate.trim()),
    tunedNodes: cluster.workloadsOnControlPlane ? "all-nodes" : "workers",
    ciliumBridgePreset: layout.ciliumBridgePreset,
    consoleBaseAddress: cluster.consoleBaseAddress ?? "",
    portworxNamespace: portworx.namespace,
    portworxDeviceSpecs: portworx.deviceGigabytes.map((size) => `size=${size}`),
    portworxMetadataDeviceSpec: `size=${portworx.metadataDeviceGigabytes}`,
    portworxJournalDeviceSpec: `size=${portworx.journalDeviceGigabytes}`,
    portworxManagementInterface: layout.portworxManagementInterface,
    portworxDataInterface: layout.portworxDataInterface,
    sanType: portworx.sanType,
    storageClass: storage.storageClass,
    vmStateStorageClass,
    vmStateParameters: vmStateParameters(portworx.stateVolumes),
    storageProvisioner: STORAGE_PROVIDER_TABLE[storage.provider].provisioner,
    powerFlexSystemId: storage.powerFlex?.systemId ?? "",
    powerFlexStoragePool: storage.powerFlex?.storagePool ?? "",
    powerFlexManagers: (storage.powerFlex?.managers ?? []).join(","),
    reservedCores: kubelet.reservedCores,
    maxPods: kubelet.maxPods,
    reservedMemory: kubeletReservations(kubelet).numaMemory.map(({ numaNode, mebibytes }) => ({
      numaNode,
      limits: { memory: `${mebibytes}Mi` },
    })),
    systemReservedMemory: `${kubelet.systemReservedMebibytes}Mi`,
    kubeReservedMemory: `${kubelet.kubeReservedMebibytes}Mi`,
    evictionHardMemory: `${kubelet.evictionHardMebibytes}Mi`,
    loadBalancerAddresses: loadBalancerAddresses(datacenter),
    loadBalancerBlocks: loadBalancerBlocks(datacenter),
    loadBalancerInterface: layout.metalLbInterface,
    bgpLocalAsn: cluster.bgp?.localAsn ?? 0,
    bgpPeerAsn: cluster.bgp?.peerAsn ?? 0,
    bgpPeerAddress: cluster.bgp?.peerAddress ?? "",
    grafanaHost: `grafana.${cluster.name}.${datacenter.domain}`,
    exportHost: `export.${cluster.name}.${datacenter.domain}`,
    uploadHost: `upload.${cluster.name}.${datacenter.domain}`,
    bridge: layout.bridge,
    goldenImagesNamespace: virtualization?.goldenImagesNamespace ?? "vmo-golden-images",
    virtualMachineNamespaces: virtualization?.virtualMachineNamespaces ?? ["default", "virtual-machines"],
  };
}

/** PX-CSI StorageClass reference: `pure_file` is FlashBlade, `pure_fa_file` FlashArray File Services with policy and file system of the array. */
function vmStateParameters(volumes: StateVolumes | null): Record<string, string> {
  return volumes === null || volumes === "flashBlade"
    ? { backend: "pure_file" }
    : { backend: "pure_fa_file", pure_nfs_policy: volumes.nfsPolicy, pure_fa_file_system: volumes.fileSystem };
}

/** MetalLB's first block: the value of the profile variable, which holds one. */
export function loadBalancerAddresses(datacenter: Datacenter): string {
  const [first] = datacenter.networks.loadBalancer;
  return first === undefined ? "" : formatAddressRange(first);
}

/** All of MetalLB's blocks: the profile variable for the first, the others as they are. */
function loadBalancerBlocks(datacenter: Datacenter): string[] {
  const [, ...others] = datacenter.networks.loadBalancer;
  return ["{{.spectro.var.loadBalancerAddresses}}", ...others.map(formatAddressRange)];
}

/** Settings of an OIDC provider of your own; empty texts where there is none, so that data that needs them shows it. */
function oidc(
  provider: IdentityProvider,
): Pick<ProfileParameters, "oidcIssuerUrl" | "oidcClientId" | "oidcUsernameClaim" | "oidcGroupsClaim"> {
  const own = provider.kind === "oidc" ? provider : undefined;
  return {
    oidcIssuerUrl: own?.issuerUrl ?? "",
    oidcClientId: own?.clientId ?? "",
    oidcUsernameClaim: own?.usernameClaim ?? "",
    oidcGroupsClaim: own?.groupsClaim ?? "",
  };
}

function alternativeTag(name: string): string {
  return referenceVersions.alternatives[name]?.tag ?? "";
}

function identityProvider(provider: IdentityProvider): string {
  switch (provider.kind) {
    case "palette":
      return "palette";
    case "oidc":
      return "oidc";
    case "none":
      return "noauth";
  }
}
