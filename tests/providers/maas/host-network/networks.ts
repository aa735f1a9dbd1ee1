import { applyCalls } from "../../../../providers/maas/host-network/apply-call";
import type {
  BondParameters,
  BridgeParameters,
  HostInterfaces,
  VlanReference,
} from "../../../../providers/maas/host-network/host-interface";
import { hostInterfacesSchema } from "../../../../providers/maas/host-network/host-interfaces-schema";
import { planHostNetwork } from "../../../../providers/maas/host-network/plan-host-network";
import type {
  PresentInterface,
  PresentLink,
  PresentNetwork,
} from "../../../../providers/maas/host-network/present-network";

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

/** NICs as commissioning leaves them: on the untagged VLAN, the first one with an AUTO link, no MTU set. */
export function freshNetwork(...names: string[]): PresentNetwork {
  const nics = names.map((name, index): PresentInterface => {
    const link: PresentLink =
      index === 0 ? { id: 1, mode: "AUTO", subnet: SUBNETS[0] } : { id: index + 1, mode: "LINK_UP" };
    return {
      id: index + 1,
      name,
      type: "physical",
      macAddress: `52:54:00:00:00:0${index + 1}`,
      vlan: vlan(0),
      enabled: true,
      tags: [],
      parents: [],
      links: [link],
    };
  });
  return { interfaces: new Map(nics.map((nic) => [nic.name, nic])), bootInterfaceId: 1, bridgeTakesLinks: false };
}

/** The network that a description leads to from fresh NICs, with ids as MAAS would have given them. */
export function builtNetwork(nics: readonly string[], wanted: HostInterfaces): PresentNetwork {
  const fresh = freshNetwork(...nics);
  return withRealIds(applyCalls(planHostNetwork(fresh, wanted), fresh));
}

/** A network with some fields of one interface changed by hand. */
export function edited(network: PresentNetwork, name: string, fields: Partial<PresentInterface>): PresentNetwork {
  const item = network.interfaces.get(name);
  if (item === undefined) throw new Error(`no ${name}`);
  return { ...network, interfaces: new Map(network.interfaces).set(name, { ...item, ...fields }) };
}

/** The ids that MAAS would have given to what calls of the model made. */
export function withRealIds(network: PresentNetwork): PresentNetwork {
  const items = [...network.interfaces.values()];
  const highest = Math.max(0, ...items.flatMap((item) => [item.id, ...item.links.map((link) => link.id)]));
  const real = (id: number) => (id < 0 ? highest - id : id);
  const gateway = network.defaultGatewayLinkId;
  return {
    ...network,
    ...(gateway === undefined ? {} : { defaultGatewayLinkId: real(gateway) }),
    interfaces: new Map(
      [...network.interfaces].map(([name, item]) => [
        name,
        { ...item, id: real(item.id), links: item.links.map((link) => ({ ...link, id: real(link.id) })) },
      ]),
    ),
  };
}

/** The four-NIC worker of the reference architecture, all defaults filled in. */
export const FOUR_NIC: HostInterfaces = hostInterfacesSchema.parse({
  enp1s0: { type: "physical", vlan: vlan(0) },
  enp2s0: { type: "physical", vlan: vlan(0) },
  enp1s1: { type: "physical", vlan: vlan(0) },
  enp2s1: { type: "physical", vlan: vlan(0) },
  bond_mgmt: { type: "bond", parents: ["enp1s0", "enp2s0"], links: [{ mode: "AUTO", subnet: SUBNETS[0] }] },
  "bond_mgmt.10": {
    type: "vlan",
    vlan: vlan(10),
    parents: ["bond_mgmt"],
    links: [{ mode: "AUTO", subnet: SUBNETS[1] }],
  },
  bond_data: { type: "bond", parents: ["enp1s1", "enp2s1"] },
  br0: { type: "bridge", parents: ["bond_data"] },
  "bond_data.20": {
    type: "vlan",
    vlan: vlan(20),
    parents: ["bond_data"],
    links: [{ mode: "AUTO", subnet: SUBNETS[2], defaultGateway: true }],
  },
});

/** Its NICs. */
export const FOUR_NICS = ["enp1s0", "enp2s0", "enp1s1", "enp2s1"] as const;

/** The four-NIC worker as its own description built it. */
export function fourNicNetwork(): PresentNetwork {
  return builtNetwork(FOUR_NICS, FOUR_NIC);
}
