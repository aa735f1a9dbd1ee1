import type {
  BondParameters,
  BridgeParameters,
  VlanReference,
} from "../../../../providers/maas/host-network/host-interface";
import type { PresentNetwork } from "../../../../providers/maas/host-network/present-network";

/** A network as plain data without ids: two that are equal here look the same to everybody but MAAS's own tables. */
export function withoutIds(network: PresentNetwork): Record<string, unknown> {
  const gateway = network.defaultGatewayLinkId;
  const entries = [...network.interfaces.values()].map(({ id: _id, links, ...item }): [string, unknown] => [
    item.name,
    {
      ...item,
      links: links
        .filter((link) => link.mode !== "LINK_UP")
        .map(({ id, ...link }) => ({ ...link, gateway: id === gateway })),
    },
  ]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Parameters that tests put on every bond. */
export const BOND: BondParameters = {
  mode: "802.3ad",
  miimon: 100,
  updelay: 0,
  downdelay: 0,
  lacpRate: "fast",
  xmitHashPolicy: "layer3+4",
  numGratArp: 1,
};

/** Parameters that tests put on every bridge. */
export const BRIDGE: BridgeParameters = { type: "standard", stp: false, forwardDelay: 15 };

/** Subnets of the VLANs 0 (untagged), 10 and 20. */
export const SUBNETS = ["192.168.0.0/22", "172.16.0.0/22", "10.20.0.0/16"] as const;

/** A VLAN of the fabric that tests use. */
export function vlan(vid: number): VlanReference {
  return { fabric: "datacenter", vid };
}
