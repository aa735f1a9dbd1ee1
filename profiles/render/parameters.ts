/**
 * What the description decides in the profiles' data: the values behind `@{name}`. All are derived, never typed twice: interface names come from
 * the host layout, versions from the version table, reservations from the kubelet settings.
 */
export interface ProfileParameters {
  /** Tags of the packs in their registry, e.g. `LTS__22.04`, `1.32.4`. */
  ubuntuTag: string;
  kubernetesTag: string;
  ciliumTag: string;
  portworxTag: string;
  metallbTag: string;
  nginxTag: string;
  prometheusTag: string;
  virtualMachineOrchestratorTag: string;
  rookCephTag: string;
  dellCsmTag: string;
  /** Canonical CIDRs. */
  podCidr: string;
  serviceCidr: string;
  /** CIDR of the management network: a node's address in it becomes its InternalIP. */
  managementCidr: string;
  /** `palette`, `oidc` or `noauth`. */
  identityProvider: string;
  /** Of an OIDC provider of your own; empty where there is none. */
  oidcIssuerUrl: string;
  oidcClientId: string;
  oidcUsernameClaim: string;
  oidcGroupsClaim: string;
  /** PEM certificates of authorities that all nodes trust. */
  certificateAuthorities: readonly string[];
  /** Whether control plane nodes are tuned for virtual machines too. */
  tunedNodes: "workers" | "all-nodes";
  /** `vmo-auto`, or `vmo-br0` where nodes sit on the bridge. */
  ciliumBridgePreset: "vmo-auto" | "vmo-br0";
  portworxNamespace: string;
  /** E.g. `["size=1024"]`. */
  portworxDeviceSpecs: readonly string[];
  portworxMetadataDeviceSpec: string;
  portworxJournalDeviceSpec: string;
  portworxManagementInterface: string;
  portworxDataInterface: string;
  /** `FC` or `ISCSI`. */
  sanType: string;
  storageClass: string;
  /** A class that can do ReadWriteMany with Filesystem, for TPM and UEFI state. */
  vmStateStorageClass: string;
  /** Parameters of that class with Portworx CSI: FlashArray File Services, or FlashBlade. */
  vmStateParameters: Readonly<Record<string, string>>;
  /** CSI provisioner of the storage provider. */
  storageProvisioner: string;
  /** Of a Dell PowerFlex system; empty where there is none. `powerFlexManagers` are addresses with commas. */
  powerFlexSystemId: string;
  powerFlexStoragePool: string;
  powerFlexManagers: string;
  /** CPU set, e.g. `0-7`. */
  reservedCores: string;
  maxPods: number;
  /** The kubelet's `reservedMemory`. */
  reservedMemory: readonly { numaNode: number; limits: { memory: string } }[];
  systemReservedMemory: string;
  kubeReservedMemory: string;
  evictionHardMemory: string;
  /** First block of addresses of the load balancer, `first-last`: the value of the profile variable. */
  loadBalancerAddresses: string;
  /** All blocks as the pool names them: the profile variable, then the others. */
  loadBalancerBlocks: readonly string[];
  loadBalancerInterface: string;
  /** AS numbers of nodes and router, and the router's address; 0 and empty where addresses are announced by ARP. */
  bgpLocalAsn: number;
  bgpPeerAsn: number;
  bgpPeerAddress: string;
  /** DNS name of Grafana. */
  grafanaHost: string;
  /** DNS names of KubeVirt's export service and of CDI's upload service behind the ingress. */
  exportHost: string;
  uploadHost: string;
  /** Where browsers reach the consoles of VMs with direct access; empty where it is not described. */
  consoleBaseAddress: string;
  bridge: string;
  goldenImagesNamespace: string;
  virtualMachineNamespaces: readonly string[];
}
