import { profileInterfaces } from "../../components/bare-metal/layouts/profile-interfaces";
import { formatVlanSet, vlanSetOf } from "../../addressing/vlan-set";
import { controlPlaneHosts, workerHosts } from "../derived/all-hosts";
import { hostNetworks } from "../description/all-networks";
import type { Datacenter } from "../description/datacenter";

/** Interface names and choices that follow from the host layout of the workers. */
export interface LayoutValues {
  portworxManagementInterface: string;
  portworxDataInterface: string;
  metalLbInterface: string;
  ciliumBridgePreset: "vmo-auto" | "vmo-br0";
  bridge: string;
  /** VLANs of the host itself on the bridge, e.g. `1` or `1,20`; empty for none. */
  vlansOnBridge: string;
}

/**
 * Returns whether MetalLB may announce addresses from every node: workers and control planes have the data network on an interface of one name.
 * MetalLB elects one node for an address, whether or not that node has the interface.
 */
export function allNodesAnnounce(datacenter: Datacenter): boolean {
  const networks = hostNetworks(datacenter.networks);
  const layoutsInUse = new Set(
    [...workerHosts(datacenter), ...controlPlaneHosts(datacenter)].map(({ layout }) => layout),
  );
  const names = [...layoutsInUse].map((layout) => profileInterfaces({ layout, networks, nics: {} }).metalLbInterface);
  return new Set(names).size <= 1;
}

/** The bridge of the RA, for a datacenter without workers. */
const defaultBridge = "br0";

/** What the profiles take from the layout of the workers. All workers of a cluster share it (a preflight rule), so the first one tells. */
export function layoutValues(datacenter: Datacenter): LayoutValues {
  const layout = workerHosts(datacenter)[0]?.layout ?? "four-nic";
  const derived = profileInterfaces({ layout, networks: hostNetworks(datacenter.networks), nics: {} });
  return {
    portworxManagementInterface: derived.portworxManagementInterface,
    portworxDataInterface: derived.portworxDataInterface,
    metalLbInterface: derived.metalLbInterface,
    ciliumBridgePreset: derived.ciliumBridgePreset,
    bridge: derived.bridge ?? defaultBridge,
    vlansOnBridge: derived.vlansOnBridge.length === 0 ? "" : formatVlanSet(vlanSetOf(derived.vlansOnBridge)),
  };
}
