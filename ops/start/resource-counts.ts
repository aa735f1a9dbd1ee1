/** The layers of a datacenter, from the ground up. */
export type Layer = "MAAS" | "Palette" | "Virtualization";

/** A resource of the engine's state, as far as it is counted. */
export interface StateResource {
  /** `pulumi-nodejs:dynamic/maas:Zone`, `kubernetes:core/v1:Secret` */
  readonly type: string;
}

/** How many resources of a layer there are, in words: `2 resource pools`. */
export type CountsByLayer = Readonly<Record<Layer, readonly string[]>>;

/** What is counted, in the order in which it is told: the type in the state, its layer, one of it, several of it. */
const counted: readonly (readonly [type: string, layer: Layer, one: string, several: string])[] = [
  ["pulumi-nodejs:dynamic/maas:ResourcePool", "MAAS", "resource pool", "resource pools"],
  ["pulumi-nodejs:dynamic/maas:Zone", "MAAS", "zone", "zones"],
  ["pulumi-nodejs:dynamic/maas:Fabric", "MAAS", "fabric", "fabrics"],
  ["pulumi-nodejs:dynamic/maas:Vlan", "MAAS", "VLAN", "VLANs"],
  ["pulumi-nodejs:dynamic/maas:Subnet", "MAAS", "subnet", "subnets"],
  ["pulumi-nodejs:dynamic/maas:IpRange", "MAAS", "IP range", "IP ranges"],
  ["pulumi-nodejs:dynamic/maas:StaticRoute", "MAAS", "static route", "static routes"],
  ["pulumi-nodejs:dynamic/maas:VlanDhcp", "MAAS", "VLAN with DHCP", "VLANs with DHCP"],
  ["pulumi-nodejs:dynamic/maas:Domain", "MAAS", "DNS domain", "DNS domains"],
  ["pulumi-nodejs:dynamic/maas:Tag", "MAAS", "tag", "tags"],
  ["pulumi-nodejs:dynamic/maas:Setting", "MAAS", "setting", "settings"],
  ["pulumi-nodejs:dynamic/palette:CloudAccount", "Palette", "cloud account", "cloud accounts"],
  ["pulumi-nodejs:dynamic/palette:ClusterProfile", "Palette", "cluster profile", "cluster profiles"],
  ["pulumi-nodejs:dynamic/palette:Cluster", "Palette", "cluster", "clusters"],
  ["cdi.kubevirt.io/v1beta1:StorageProfilePatch", "Virtualization", "StorageProfile", "StorageProfiles"],
  ["k8s.cni.cncf.io/v1:NetworkAttachmentDefinition", "Virtualization", "network", "networks"],
  ["cdi.kubevirt.io/v1beta1:DataVolume", "Virtualization", "golden image", "golden images"],
  ["instancetype.kubevirt.io/v1beta1:VirtualMachineClusterPreference", "Virtualization", "preference", "preferences"],
  ["spectrocloud.com/v1:VmTemplate", "Virtualization", "VM template", "VM templates"],
];

/** Counts the resources that an operator asks about, by layer; those that are not there are left out. Pure. */
export function countsByLayer(resources: readonly StateResource[]): CountsByLayer {
  const counts: Record<Layer, string[]> = { MAAS: [], Palette: [], Virtualization: [] };
  for (const [type, layer, one, several] of counted) {
    const count = resources.filter(
      (resource) => resource.type === type || resource.type === `kubernetes:${type}`,
    ).length;
    if (count > 0) counts[layer].push(`${count} ${count === 1 ? one : several}`);
  }
  return counts;
}
