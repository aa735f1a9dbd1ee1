import { describePresent } from "../../providers/maas/host-network/describe-present";
import { diffHostInterfaces } from "../../providers/maas/host-network/diff-host-interfaces";
import type { HostInterfaces, HostLink, VlanReference } from "../../providers/maas/host-network/host-interface";
import { sameVlan } from "../../providers/maas/host-network/host-interface";
import type { PresentInterface, PresentLink } from "../../providers/maas/host-network/present-network";
import { readHostNetwork } from "../../providers/maas/host-network/read-host-network";
import type { DiskFacts, MachineFacts } from "../../providers/maas/look-ups/machine-facts";
import { type Changes, changesOf } from "../../providers/maas/machine-state/changes";
import type { PendingChange } from "../../providers/maas/machine-state/pending-change";
import { layoutDifferences } from "../../providers/maas/storage-layout/layout-differences";
import type { LayoutWish } from "../../providers/maas/storage-layout/layout-wish";
import { machineOsDisk } from "../../providers/maas/storage-layout/machine-os-disk";
import { presentLayout, rootDisks } from "../../providers/maas/storage-layout/present-layout";
import { unmark } from "../../providers/maas/marker";

import type { RenamedFabric } from "../derived/observed-fabrics";

/** A host as it is observed, and as it is described. */
export interface ForecastArgs {
  /** The host's name in the description. */
  readonly host: string;
  readonly machine: MachineFacts;
  /** The described network, every default filled in. */
  readonly interfaces: HostInterfaces;
  /** The described storage layout. */
  readonly storage: LayoutWish;
  /** Name of the datacenter: its marker tells whether the host is in this stack already. */
  readonly datacenter: string;
  /** Settings of the site that the machine gets only when it is deployed again. Default: none. */
  readonly sitePending?: readonly PendingChange[];
  /** A fabric that this run gives another name: nothing on it moves. Absent: none. */
  readonly renamedFabric?: RenamedFabric | undefined;
  /** Names of fabrics that have one interface only, see `fabricsOfOneNic`. */
  readonly fabricsOfOneNic?: ReadonlySet<string>;
}

/** An interface that leaves its VLAN. */
export interface VlanForecast {
  readonly interface: string;
  readonly from: VlanReference | undefined;
  /** Whether it is alone on a fabric that MAAS made for it, as NICs are that were commissioned without an address. */
  readonly alone: boolean;
  readonly to: VlanReference | undefined;
}

/** Where the operating system of a host goes, and where it is now. */
export interface OsDiskForecast {
  /** The disk that gets the operating system. */
  readonly target: DiskFacts;
  /** The disks that carry the root file system now; none on a machine without a layout. */
  readonly current: readonly DiskFacts[];
  /** The layout that is there now. */
  readonly layout: "flat" | "lvm" | "blank" | "custom";
  /** Whether the root file system goes from other disks to this one. */
  readonly moves: boolean;
}

/** The effects of an update on one host. Without effects (`isSettled`), the host is as described. */
export interface HostForecast {
  readonly host: string;
  /** Whether the host is in this stack already. */
  readonly ours: boolean;
  /** The state of its machine: `Ready`, `Deployed`, `locked`. */
  readonly state: string;
  /** When changes of its network are applied. */
  readonly network: Changes;
  /** When changes of its storage layout are applied. */
  readonly storage: Changes;
  /** The disk of the operating system, on a host that is new here or whose layout changes; else undefined. */
  readonly osDisk: OsDiskForecast | undefined;
  /** Interfaces that leave their VLAN. */
  readonly vlans: readonly VlanForecast[];
  /** Bonds, bridges and VLAN interfaces that are not described, and are removed. */
  readonly removed: readonly {
    readonly interface: string;
    readonly type: string;
    readonly parents: readonly string[];
  }[];
  /** Addresses that the host has now and does not keep on any interface. */
  readonly addresses: readonly { readonly interface: string; readonly mode: string; readonly address: string }[];
  /** Interfaces whose MTU changes; bytes. */
  readonly mtus: readonly { readonly interface: string; readonly from: number; readonly to: number }[];
  /** Differences that are recorded, and applied when the machine is released. */
  readonly pending: readonly PendingChange[];
}

/** Forecasts the effects of an update on one host. Pure. */
export function forecastHost(args: ForecastArgs): HostForecast {
  const { host, datacenter, interfaces, storage } = args;
  const machine = withRenamedFabric(args.machine, args.renamedFabric);
  const [network, disks] = [changesOf(machine, "network"), changesOf(machine, "storage")];
  const ours = unmark(machine.description).datacenter === datacenter;
  const differences = networkDifferencesOf(machine, interfaces);
  const layout = layoutDifferences(machine.observed, storage);
  const pending = [
    ...(network.when === "onRepave" ? differences : []),
    ...(args.sitePending ?? []),
    ...(disks.when === "onRepave" ? layout : []),
  ];
  const applied = (network.when === "now" || network.when === "afterMaas") && differences.length > 0;
  return {
    host,
    ours,
    state: machine.locked ? "locked" : machine.statusName,
    network,
    storage: disks,
    osDisk: !ours || (disks.when !== "onRepave" && layout.length > 0) ? forecastOsDisk(machine, storage) : undefined,
    ...(applied
      ? networkEffects(machine, interfaces, args.fabricsOfOneNic ?? new Set())
      : { vlans: [], removed: [], addresses: [], mtus: [] }),
    pending,
  };
}

/** Whether an update changes nothing of a host that a reader has to know. */
export function isSettled({ osDisk, vlans, removed, addresses, mtus, pending }: HostForecast): boolean {
  return osDisk === undefined && [vlans, removed, addresses, mtus, pending].every((list) => list.length === 0);
}

function networkDifferencesOf(machine: MachineFacts, desired: HostInterfaces): PendingChange[] {
  return diffHostInterfaces(describePresent(readHostNetwork(machine.observed), desired), desired);
}

function withRenamedFabric(machine: MachineFacts, renamed: ForecastArgs["renamedFabric"]): MachineFacts {
  if (renamed === undefined) return machine;
  const interface_set = machine.observed.interface_set.map((item) =>
    item.vlan?.fabric === renamed.from ? { ...item, vlan: { ...item.vlan, fabric: renamed.to } } : item,
  );
  return { ...machine, observed: { ...machine.observed, interface_set } };
}

/**
 * Forecasts where the operating system of a machine goes, and where it is now; undefined for a blank layout, and when the rule chooses no
 * disk. Pure.
 */
export function forecastOsDisk(
  machine: Pick<MachineFacts, "disks" | "observed">,
  storage: LayoutWish,
): OsDiskForecast | undefined {
  if (storage.layout === "blank") return undefined;
  const choice = machineOsDisk(machine.observed, storage);
  const target = "disk" in choice ? machine.disks.find(({ id }) => id === choice.disk.id) : undefined;
  if (target === undefined) return undefined;
  const devices = machine.observed.blockdevice_set;
  const names = rootDisks(devices);
  const current = machine.disks.filter(({ name }) => names.includes(name));
  return {
    target,
    current,
    layout: presentLayout(devices).layout,
    moves: current.length > 0 && !names.includes(target.name),
  };
}

function networkEffects(
  machine: MachineFacts,
  desired: HostInterfaces,
  lonely: ReadonlySet<string>,
): Pick<HostForecast, "vlans" | "removed" | "addresses" | "mtus"> {
  const present = [...readHostNetwork(machine.observed).interfaces.values()];
  const effective = new Map(machine.observed.interface_set.map(({ name, effective_mtu: mtu }) => [name, mtu]));
  return {
    vlans: present.flatMap(({ name, vlan }) => {
      const to = desired[name];
      if (to === undefined || sameVlan(vlan, to.vlan)) return [];
      return [{ interface: name, from: vlan, alone: vlan !== undefined && lonely.has(vlan.fabric), to: to.vlan }];
    }),
    removed: present.flatMap(({ name, type, parents }) =>
      type === "physical" || desired[name] !== undefined ? [] : [{ interface: name, type, parents }],
    ),
    addresses: present.flatMap((item) => givenUp(item, desired)),
    mtus: present.flatMap(({ name, mtu }) => {
      const from = mtu ?? effective.get(name);
      const to = desired[name]?.mtu;
      return from === undefined || to === undefined || from === to ? [] : [{ interface: name, from, to }];
    }),
  };
}

/** The addresses of an interface that no desired link of the host keeps. */
function givenUp(item: PresentInterface, desired: HostInterfaces): HostForecast["addresses"] {
  // A physical NIC that the description does not name is left as it is, unless it becomes part of something.
  const used = Object.entries(desired).some(
    ([name, wish]) => name === item.name || (wish.type !== "physical" && wish.parents.includes(item.name)),
  );
  if (item.type === "physical" && !used) return [];
  const links = Object.values(desired).flatMap((wish) => wish.links);
  return item.links.flatMap((link) =>
    link.mode === "LINK_UP" || links.some((wish) => keeps(wish, link))
      ? []
      : [{ interface: item.name, mode: link.mode, address: link.ipAddress ?? link.subnet ?? "any subnet" }],
  );
}

/** Whether a desired link keeps the address of a present one, on whichever interface. */
function keeps(wish: HostLink, link: PresentLink): boolean {
  if (link.ipAddress !== undefined) return wish.ipAddress === link.ipAddress;
  return wish.subnet === link.subnet;
}
