import { z } from "zod";
import { canonicalMacAddress } from "../../addressing/mac-address";
import { defined } from "./defined";
import { checkedText, labelField, macAddressField, placeNameField, tagNameField, withoutRepetition } from "./fields";
import { HOST_LAYOUTS, type HostLayoutName } from "./host-layout-names";
import {
  addressesField,
  bondField,
  bondsField,
  nicsField,
  resolveBond,
  resolveStorage,
  storageField,
  type BondOverrides,
  type BondSettings,
  type HostStorage,
  type NicChoice,
} from "./host-settings";
import { expandHostnames, hostnameRangeProblem } from "./hostname-range";
import type { NetworkRole } from "./networks";

/** How a machine is found in MAAS: exactly one of four. */
export type MachineReference =
  | { readonly hostname: string }
  | { readonly systemId: string }
  | { readonly macAddress: string }
  | { readonly tag: string };

/** One machine with everything resolved. */
export interface Host {
  /** What it is called here: the hostname, else system id, MAC address or tag. */
  readonly name: string;
  /** How it is found in MAAS. */
  readonly find: MachineReference;
  /** The host group that it belongs to. */
  readonly group: string;
  /** Where it is described, below `vmo-metal:datacenter`. */
  readonly path: string;
  /** The MAAS resource pool that it enters last. */
  readonly resourcePool: string;
  /** MAAS tags that it gets together with the pool. */
  readonly tags: readonly string[];
  /**
   * The MAAS zone (availability zone). Where the description states none: the zone that the machine was given before, else one of its group's by
   * round robin.
   */
  readonly zone: string;
  /** Whether the description states the zone of this machine. */
  readonly zoneFixed: boolean;
  /** Left out of every run, and not counted for machine pools; its place (zone, addresses) stays its own. */
  readonly outOfService: boolean;
  /** The interface layout. */
  readonly layout: HostLayoutName;
  /** NICs by bond, where they differ from the layout's own names. */
  readonly nics: Readonly<Record<string, readonly NicChoice[]>>;
  /** Parameters of all its bonds. */
  readonly bond: BondSettings;
  /** What single bonds have differently, by name; wins over `bond`. */
  readonly bonds: Readonly<Record<string, BondOverrides>>;
  /** Fixed addresses by network; a network that is missing is Auto assign. */
  readonly addresses: Readonly<Partial<Record<NetworkRole, string>>>;
  /** The storage layout. */
  readonly storage: HostStorage;
}

/** Hosts of one kind: a MAAS resource pool. */
export interface HostGroup {
  /** Its key under `hosts`. */
  readonly name: string;
  /** The MAAS resource pool. */
  readonly resourcePool: string;
  /** MAAS tags that its hosts get together with the pool, and by which Palette chooses them. */
  readonly tags: readonly string[];
  /** Zones over which its hosts are spread, in order. */
  readonly zones: readonly string[];
  /** Its hosts in the order of the description. */
  readonly hosts: readonly Host[];
}

const hostnameField = checkedText(hostnameRangeProblem, "Hostname, or a range of them", ["cp-1", "worker-[1-6]"]);
const layoutField = z.enum(HOST_LAYOUTS).optional();
const zoneField = placeNameField("Zone (availability zone)", "az1");

const machineObject = z
  .strictObject({
    hostname: hostnameField.optional(),
    systemId: z
      .string()
      .regex(/^[a-z0-9]{1,12}$/, {
        error: "is not a system id: it is the short text at the end of a machine's page in MAAS",
      })
      .optional()
      .meta({ description: "System id in MAAS" }),
    macAddress: macAddressField("MAC address of one of its NICs").transform(canonicalMacAddress).optional(),
    tag: tagNameField("A MAAS tag that only this machine has", "rack-7-slot-3").optional(),
    zone: zoneField
      .optional()
      .meta({ description: "Zone of this machine; default the one that it was given when it was first configured" }),
    outOfService: z.boolean().default(false).meta({
      description: "Leaves the machine out of every run while it is repaired or replaced; it keeps its place",
    }),
    layout: layoutField.meta({ description: "Layout of this machine; default the group's" }),
    nics: nicsField,
    bond: bondField,
    bonds: bondsField,
    addresses: addressesField,
    storage: storageField,
  })
  .refine(
    (machine) =>
      [machine.hostname, machine.systemId, machine.macAddress, machine.tag].filter((by) => by !== undefined).length ===
      1,
    {
      error: "does not say which machine: give one of hostname, systemId, macAddress and tag",
    },
  )
  .meta({ description: "One machine, or a range of hostnames, with what it has differently" });

const hostGroupSchema = z
  .strictObject({
    resourcePool: placeNameField("MAAS resource pool; default the group's name", "worker-pool").optional(),
    tags: z
      .array(tagNameField("A MAAS tag", "vmo-worker"))
      .superRefine(withoutRepetition)
      .default([])
      .meta({ description: "MAAS tags that its hosts get together with the pool, and by which Palette chooses them" }),
    zones: z.array(zoneField).min(1).superRefine(withoutRepetition).optional().meta({
      description: "Zones over which its new hosts are spread; a host stays in the zone that it has. Default all",
    }),
    layout: layoutField.meta({
      description: "Interface layout; default control-plane for the group of the control plane, four-nic for others",
    }),
    machines: z.union([hostnameField, z.array(z.union([hostnameField, machineObject])).min(1)]).meta({
      description:
        "The machines: a range of hostnames, or a list of hostnames, ranges and machines with settings of their own",
    }),
    nics: nicsField,
    bond: bondField,
    bonds: bondsField,
    storage: storageField,
  })
  .meta({ description: "Hosts of one kind: a MAAS resource pool" });

/** The `hosts` section as it is written: groups by name. */
export const hostsSchema = z.record(labelField("Name of a host group", "worker-pool"), hostGroupSchema).meta({
  description: "Hosts by group; required with maas. The RA has the groups control-plane and worker-pool",
  examples: [{ "control-plane": { machines: "cp-[1-4]" }, "worker-pool": { machines: "worker-[1-6]" } }],
});

type Written = z.output<typeof hostGroupSchema>;
type WrittenMachine = z.output<typeof machineObject>;

/** What a machine has that is written as a bare hostname. */
const PLAIN: Omit<WrittenMachine, "hostname"> = {
  outOfService: false,
  nics: {},
  bond: {},
  bonds: {},
  addresses: {},
  storage: {},
};

/** Every machine of a list by itself, with the place where it is written. */
function machinesOf(group: Written, path: string): { machine: WrittenMachine; path: string }[] {
  const list = typeof group.machines === "string" ? [group.machines] : group.machines;
  return list.flatMap((entry, index) => {
    const at = typeof group.machines === "string" ? `${path}.machines` : `${path}.machines[${index}]`;
    const machine: WrittenMachine = typeof entry === "string" ? { ...PLAIN, hostname: entry } : entry;
    if (machine.hostname === undefined) return [{ machine, path: at }];
    return expandHostnames(machine.hostname).map((hostname) => ({ machine: { ...machine, hostname }, path: at }));
  });
}

function reference(machine: WrittenMachine): { name: string; find: MachineReference } {
  const { hostname, systemId, macAddress, tag = "" } = machine;
  if (hostname !== undefined) return { name: hostname, find: { hostname } };
  if (systemId !== undefined) return { name: systemId, find: { systemId } };
  if (macAddress !== undefined) return { name: macAddress.replaceAll(":", "-"), find: { macAddress } };
  return { name: tag, find: { tag } };
}

/**
 * Fills in what hosts take from their group. A zone that is not described is proposed round robin by the machine's place in the list; the proposal
 * only counts for a machine that has been given no zone yet.
 */
export function resolveHosts(
  groups: z.output<typeof hostsSchema>,
  datacenter: { zones: readonly string[]; controlPlaneGroup: string },
): HostGroup[] {
  return Object.entries(groups).map(([name, group]) => {
    const zones = group.zones ?? datacenter.zones;
    const resourcePool = group.resourcePool ?? name;
    const layout = group.layout ?? (name === datacenter.controlPlaneGroup ? "control-plane" : "four-nic");
    const hosts = machinesOf(group, `hosts.${name}`).map(({ machine, path }, index): Host => ({
      ...reference(machine),
      group: name,
      path,
      resourcePool,
      tags: group.tags,
      zone: machine.zone ?? zones[index % zones.length] ?? "default",
      zoneFixed: machine.zone !== undefined,
      outOfService: machine.outOfService,
      layout: machine.layout ?? layout,
      nics: { ...group.nics, ...machine.nics },
      bond: resolveBond({ ...defined(group.bond), ...defined(machine.bond) }),
      bonds: mergeBonds(group.bonds, machine.bonds),
      addresses: defined(machine.addresses),
      storage: resolveStorage(storageOverrides(group.storage), storageOverrides(machine.storage)),
    }));
    return { name, resourcePool, tags: group.tags, zones, hosts };
  });
}

function mergeBonds(group: Written["bonds"], machine: Written["bonds"]): Record<string, BondOverrides> {
  const names = new Set([...Object.keys(group), ...Object.keys(machine)]);
  return Object.fromEntries(
    [...names].map((name) => [name, { ...defined(group[name] ?? {}), ...defined(machine[name] ?? {}) }]),
  );
}

function storageOverrides({ disk, ...storage }: Written["storage"]) {
  return { ...defined(storage), ...(disk === undefined ? {} : { disk: defined(disk) }) };
}
