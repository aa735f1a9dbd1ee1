import { z } from "zod";
import { canonicalCidr } from "../../addressing/network";
import { parseAddressRange, type AddressRange } from "../../addressing/range";
import { formatVlanSet, parseVlanSet } from "../../addressing/vlan-set";
import {
  addressField,
  checkedText,
  cidrField,
  mtuField,
  patternText,
  rangeField,
  subnetNameField,
  vlanIdField,
  vlanSetField,
  withoutRepetition,
} from "./fields";
import { lineField, lineProblem } from "../../model/plain-text";
import type { Note } from "./problem";

/** A network behind a gateway of another one; becomes the destination subnet of a static route. */
export interface RemoteNetwork {
  /** The destination, canonical. */
  readonly cidr: string;
  /** The next hop, in the network that the route belongs to. */
  readonly gateway: string;
  /** Order among routes to one destination; lower wins. */
  readonly metric: number;
}

/** Addresses that MAAS must not give to machines by itself. */
export interface ReservedRange extends AddressRange {
  /** What they are for. */
  readonly comment: string;
}

/** What MAAS does about DHCP on a network's VLAN. */
export interface DhcpSettings {
  /** Whether MAAS answers DHCP there. */
  readonly enabled: boolean;
  /** Hostname or system id of the rack controller that answers; null = none named. */
  readonly primaryRack: string | null;
  /** The second rack controller for high availability; null = none. */
  readonly secondaryRack: string | null;
}

/** A network that hosts have addresses in: a VLAN and a subnet of MAAS. */
export interface HostNetworkSection {
  /** Which of the networks this is. */
  readonly role: NetworkRole;
  /** The name of the subnet in MAAS. */
  readonly name: string;
  /** VLAN id on the wire; 0 = untagged (native). */
  readonly vlan: number;
  /** The subnet, canonical. */
  readonly cidr: string;
  /** MTU of the VLAN and of the host interfaces on it, bytes. */
  readonly mtu: number;
  /** The router; null = none (only one network of a host has the default gateway). */
  readonly gateway: string | null;
  /** DNS servers for machines in it; empty = MAAS's own. */
  readonly dnsServers: readonly string[];
  /** Addresses that MAAS must not give out. */
  readonly reservedRanges: readonly ReservedRange[];
  /** Addresses for DHCP while machines are commissioned and deployed. */
  readonly dynamicRanges: readonly AddressRange[];
  /** DHCP; null = left as MAAS has it. */
  readonly dhcp: DhcpSettings | null;
  /** Networks reached through a gateway in this one. */
  readonly remote: readonly RemoteNetwork[];
  /**
   * Which of the fields with a default the description states. The others are the defaults of what is created here; of an object that
   * exists already they are not managed.
   */
  readonly described: readonly DefaultedField[];
  /** Whether existing objects of this network (VLAN, subnet, ranges) may be changed; null = as `maas.adopt`. */
  readonly adopt: boolean | null;
  /** Whether this stack writes to the network in MAAS; false = a network team owns it: compared, never written. */
  readonly managed: boolean;
  /** First part of the names of VLAN interfaces on hosts; null = the name of the interface below. */
  readonly shortName: string | null;
}

/** Fields of a network that have a default. */
export type DefaultedField = "name" | "mtu" | "gateway" | "dnsServers";

/** The RA's networks that hosts have addresses in; `storage` exists only for layouts with a storage bond. */
export type NetworkRole = "provisioning" | "management" | "data" | "storage";

/** All networks (RA, Network configuration, first table). */
export interface NetworksSection {
  /** Bare metal deployment: PXE. */
  readonly provisioning: HostNetworkSection;
  /** Kubernetes hosts: node addresses, pod overlay, storage replication. */
  readonly management: HostNetworkSection;
  /** End user access: default gateway, MetalLB. */
  readonly data: HostNetworkSection;
  /** Storage traffic of its own (six-NIC layout); null = none. */
  readonly storage: HostNetworkSection | null;
  /** VLANs of virtual machines. */
  readonly virtualMachines: VirtualMachineVlans;
  /** The pod overlay, canonical. */
  readonly pods: string;
  /** Cluster services, canonical. */
  readonly services: string;
  /** Addresses that MetalLB hands out; reserved in MAAS. */
  readonly loadBalancer: readonly AddressRange[];
}

/** The VLANs that virtual machines may be put on. */
export interface VirtualMachineVlans {
  /** The ids in canonical text, e.g. `21-100,200`. */
  readonly vlans: string;
  /** Whether MAAS shows them as VLANs of the fabric too. */
  readonly asMaasObjects: boolean;
  /** MTU of those MAAS VLANs, bytes. */
  readonly mtu: number;
  /** Whether the description states `mtu`; otherwise the MTU of a VLAN that exists already is not managed. */
  readonly mtuDescribed: boolean;
}

const remoteSchema = z.strictObject({
  cidr: cidrField("The network to reach", "10.99.0.0/16"),
  gateway: addressField("The router that leads there, in this network", "172.16.0.1"),
  metric: z.int().min(0).default(0).meta({ description: "Order among routes to one destination; lower wins" }),
});

const dhcpSchema = z
  .strictObject({
    enabled: z.boolean().default(true).meta({ description: "Whether MAAS answers DHCP on this VLAN" }),
    primaryRack: lineField("Rack controller")
      .nullable()
      .default(null)
      .meta({ description: "Rack controller that answers: hostname or system id" }),
    secondaryRack: lineField("Rack controller")
      .nullable()
      .default(null)
      .meta({ description: "Second rack controller, for high availability" }),
  })
  .nullable()
  .default(null)
  .meta({ description: "DHCP of MAAS on this VLAN; left as it is when not said" });

const commentText = checkedText((text) => (text === "" ? undefined : lineProblem(text)));

const reservedSchema = z.strictObject({
  range: rangeField("Addresses that MAAS must not give to machines"),
  comment: commentText.default("").meta({ description: "What they are for" }),
});

/** The RA's gateway of the data network; the other networks have none. */
const DATA_GATEWAY = "10.20.30.1";

/** What `networks.<role>` may hold; the RA's value is the default of everything that has one. */
function hostNetworkSchema(
  role: NetworkRole,
  defaults: { vlan: number; cidr: string; gateway: string | null },
  description: string,
) {
  return z
    .strictObject({
      ...hostNetworkFields(role),
      vlan: vlanIdField("VLAN id on the wire; 0 = untagged (native)").default(defaults.vlan),
      cidr: cidrField("The subnet", defaults.cidr).default(defaults.cidr),
      gateway: addressField(
        `The router; null = none, which removes the gateway of a subnet that has one. Not written: ${defaults.gateway ?? "none"} on a subnet that is created, unchanged on one that exists`,
        "10.20.30.1",
      )
        .nullable()
        .optional(),
    })
    .prefault({})
    .meta({ description });
}

function hostNetworkFields(role: NetworkRole) {
  return {
    name: subnetNameField(
      `Name of the subnet in MAAS. Not written: ${role} on a subnet that is created, unchanged on one that exists`,
      role,
    ).optional(),
    mtu: mtuField(
      "MTU of the VLAN and of the host interfaces on it, bytes. Not written: 1500; a VLAN that exists keeps its own",
    ).optional(),
    dnsServers: z.array(addressField("A DNS server", "10.20.0.53")).superRefine(withoutRepetition).optional().meta({
      description:
        "DNS servers for machines; an empty list = MAAS's own. Not written: MAAS's own on a subnet that is created, unchanged on one that exists",
    }),
    adopt: z.boolean().optional().meta({
      description:
        "Allow changes of this network's VLAN, subnet and ranges where they exist already; default maas.adopt",
    }),
    managed: z.boolean().optional().meta({
      description:
        "Whether this stack writes to this network in MAAS; with false a network team owns it: compared, never written. Default maas.networks.managed",
    }),
    shortName: patternText(
      /^[A-Za-z0-9_-]{1,10}$/,
      "is not a first part of an interface's name: up to 10 letters, digits, dashes and underscores",
      "First part of the name of its VLAN interface on hosts, where `interface.vlan` would be longer than 15 characters",
      ["stor"],
    ).optional(),
    reservedRanges: z
      .array(reservedSchema)
      .default([])
      .meta({ description: "Addresses that MAAS must not give to machines" }),
    dynamicRanges: z
      .array(rangeField("Addresses for DHCP"))
      .default([])
      .meta({ description: "Addresses for DHCP while machines are commissioned and deployed" }),
    dhcp: dhcpSchema,
    remote: z
      .array(remoteSchema)
      .default([])
      .meta({ description: "Networks reached through a gateway in this one (static routes of MAAS)" }),
  };
}

/** The `networks` section as it is written. */
export const networksSchema = z
  .strictObject({
    provisioning: hostNetworkSchema(
      "provisioning",
      { vlan: 0, cidr: "192.168.0.0/22", gateway: null },
      "Bare metal deployment (PXE)",
    ),
    management: hostNetworkSchema(
      "management",
      { vlan: 10, cidr: "172.16.0.0/22", gateway: null },
      "Kubernetes hosts: node addresses and pod overlay",
    ),
    data: hostNetworkSchema(
      "data",
      { vlan: 20, cidr: "10.20.30.0/16", gateway: DATA_GATEWAY },
      "End user access: default gateway and MetalLB",
    ),
    storage: z
      .strictObject({
        ...hostNetworkFields("storage"),
        vlan: vlanIdField("VLAN id on the wire; 0 = untagged (native)").default(0),
        cidr: cidrField("The subnet", "172.17.0.0/22"),
        gateway: z.null().default(null).meta({ description: "Always empty: storage traffic is not routed" }),
      })
      .nullable()
      .default(null)
      .meta({ description: "Storage traffic of its own, for the six-nic layout; the RA names no values for it" }),
    virtualMachines: z
      .strictObject({
        vlans: vlanSetField("VLANs that virtual machines may be put on; default 21-100").default("21-100"),
        asMaasObjects: z.boolean().default(false).meta({ description: "Show them in MAAS as VLANs of the fabric too" }),
        mtu: mtuField("MTU of those MAAS VLANs, bytes. Not written: 1500; a VLAN that exists keeps its own").optional(),
      })
      .prefault({})
      .meta({ description: "VLANs of virtual machines" }),
    pods: cidrField("The pod overlay; each node takes a /24 of it", "100.64.0.0/18").default("100.64.0.0/18"),
    services: cidrField("Cluster services", "100.64.64.0/18").default("100.64.64.0/18"),
    loadBalancer: z
      .array(rangeField("Addresses in the data network"))
      .min(1)
      .default(["10.20.40.10-10.20.40.99"])
      .meta({ description: "Addresses that MetalLB hands out; reserved in MAAS" }),
  })
  .prefault({})
  .meta({ description: "Networks (RA, Network configuration)" });

/**
 * Makes networks canonical; each one that was written with host bits gets a note.
 *
 * @param managed the default of each network's `managed`
 */
export function resolveNetworks(
  section: z.output<typeof networksSchema>,
  notes: Note[],
  managed: boolean,
): NetworksSection {
  const canonical = (path: string, cidr: string): string => {
    const wanted = canonicalCidr(cidr);
    if (wanted !== cidr)
      notes.push({
        path,
        message: `${cidr} is written as ${wanted}, because a network address has no bits beyond its prefix`,
      });
    return wanted;
  };
  const network = (role: NetworkRole, written: WrittenNetwork): HostNetworkSection => ({
    ...written,
    role,
    name: written.name ?? role,
    mtu: written.mtu ?? 1500,
    gateway: written.gateway === undefined ? (role === "data" ? DATA_GATEWAY : null) : written.gateway,
    dnsServers: written.dnsServers ?? [],
    described: (["name", "mtu", "gateway", "dnsServers"] as const).filter((field) => written[field] !== undefined),
    adopt: written.adopt ?? null,
    managed: written.managed ?? managed,
    shortName: written.shortName ?? null,
    cidr: canonical(`networks.${role}.cidr`, written.cidr),
    reservedRanges: written.reservedRanges.map(({ range, comment }) => ({ ...parseAddressRange(range), comment })),
    dynamicRanges: written.dynamicRanges.map(parseAddressRange),
    remote: written.remote.map((remote, index) => ({
      ...remote,
      cidr: canonical(`networks.${role}.remote[${index}].cidr`, remote.cidr),
    })),
  });
  const { provisioning, management, data, storage, virtualMachines } = section;
  return {
    provisioning: network("provisioning", provisioning),
    management: network("management", management),
    data: network("data", data),
    storage: storage === null ? null : network("storage", { ...storage, gateway: undefined }),
    virtualMachines: {
      ...virtualMachines,
      vlans: formatVlanSet(parseVlanSet(virtualMachines.vlans)),
      mtu: virtualMachines.mtu ?? 1500,
      mtuDescribed: virtualMachines.mtu !== undefined,
    },
    pods: canonical("networks.pods", section.pods),
    services: canonical("networks.services", section.services),
    loadBalancer: section.loadBalancer.map(parseAddressRange),
  };
}

/** A network as it is written, with the defaults of what is not about MAAS's objects. */
type WrittenNetwork = z.output<typeof networksSchema>["data"];
