import { z } from "zod";
import { interfaceNameProblem } from "../../addressing/interface-name";
import { canonicalMacAddress, isMacAddress } from "../../addressing/mac-address";
import { BOND_MODES, XMIT_HASH_POLICIES, type BondParameters } from "../../providers/maas/host-network/host-interface";
import { defaultLayout } from "../../providers/maas/storage-layout/layout-wish";
import { type DiskRule, noDiskRule } from "../../providers/maas/storage-layout/os-disk";
import type { ProblemOf } from "../../model/checked-text";
import { bootSizeProblem, diskSizeProblem, lvmNameProblem } from "../../model/disk-size";
import { lineField } from "../../model/plain-text";
import { addressField, checkedText, macAddressField, mtuField, withoutRepetition } from "./fields";

/** How a NIC is chosen. By speed: all NICs of that link speed, in order of name. */
export type NicChoice = { readonly name: string } | { readonly macAddress: string } | { readonly speedMbps: number };

/** A bond's parameters that may be overridden, and its MTU. */
export type BondOverrides = Partial<BondParameters & { readonly mtu: number }>;

/** A bond's parameters with the defaults filled in. */
export interface BondSettings extends BondParameters {
  /** MTU of the bond and of the bridge on it, bytes; null = the largest MTU of the networks on it. */
  readonly mtu: number | null;
}

/** The storage layout of a host. Only the disk of the operating system is in it (RA, Canonical MAAS configuration). */
export interface HostStorage {
  /** MAAS's storage layout. */
  readonly layout: "flat" | "lvm" | "blank";
  /** Which disk gets it. */
  readonly disk: DiskRule;
  /** Whether the host boots from a SAN LUN. */
  readonly sanBoot: boolean;
  /** Size of the root filesystem (flat) or volume group (lvm) as MAAS takes it, e.g. `100G`; null = the whole disk. */
  readonly rootSize: string | null;
  /** Size of a separate /boot, e.g. `1G`; null = none. */
  readonly bootSize: string | null;
  /** lvm: name of the volume group; null = MAAS's default. */
  readonly volumeGroup: string | null;
  /** lvm: name of the logical volume; null = MAAS's default. */
  readonly logicalVolume: string | null;
  /** lvm: size of the logical volume, e.g. `80G`; null = the whole group. */
  readonly logicalVolumeSize: string | null;
}

/** Parts of a host's storage as they may be overridden. */
export type HostStorageOverrides = Partial<Omit<HostStorage, "disk">> & { readonly disk?: Partial<DiskRule> };

const nicObject = z
  .strictObject({
    name: checkedText(interfaceNameProblem, "Name in MAAS", ["enp1s0"]).optional(),
    macAddress: macAddressField("MAC address").transform(canonicalMacAddress).optional(),
    speedMbps: z
      .int()
      .positive()
      .optional()
      .meta({ description: "Link speed: all NICs that have it, in order of name", examples: [25000] }),
  })
  .refine((nic) => Object.values(nic).filter((value) => value !== undefined).length === 1, {
    error: "does not choose a NIC: give one of name, macAddress and speedMbps",
  })
  .transform((nic): NicChoice => {
    if (nic.name !== undefined) return { name: nic.name };
    if (nic.macAddress !== undefined) return { macAddress: nic.macAddress };
    return { speedMbps: nic.speedMbps ?? 0 };
  });

const nicText = checkedText(
  (text) => (isMacAddress(text) ? undefined : interfaceNameProblem(text)),
  "Name or MAC address",
  ["enp1s0"],
).transform((text): NicChoice => (isMacAddress(text) ? { macAddress: canonicalMacAddress(text) } : { name: text }));

const bondName = checkedText(interfaceNameProblem, "Name of a bond of the layout", ["bond_mgmt", "bond_data", "bond0"]);

function withoutSameNic(nics: readonly NicChoice[], context: z.RefinementCtx): void {
  withoutRepetition(
    nics.map((nic) => ("name" in nic ? nic.name : "macAddress" in nic ? nic.macAddress : `${nic.speedMbps} Mbit/s`)),
    context,
  );
}

/** NICs by the bond that they form. */
export const nicsField = z
  .record(
    bondName,
    z
      .array(z.union([nicText, nicObject]))
      .min(1)
      .superRefine(withoutSameNic),
  )
  .default({})
  .meta({
    description:
      "NICs by the bond that they form, where they differ from the RA's names; key uplink for the control-plane-vm layout",
    examples: [{ bond_mgmt: ["eno1", "eno2"], bond_data: ["ens1f0", "ens1f1"] }],
  });

const milliseconds = (description: string) =>
  z
    .int()
    .min(0)
    .optional()
    .meta({ description: `${description}, milliseconds` });

const bondObject = z.strictObject({
  mode: z
    .enum(BOND_MODES)
    .optional()
    .meta({ description: "Bond mode; under a bridge 802.3ad, balance-xor or active-backup" }),
  mtu: mtuField("MTU of the bond and of the bridge on it, bytes; default the largest of the networks on it").optional(),
  miimon: milliseconds("How often links are checked"),
  updelay: milliseconds("How long a link must be up before it is used"),
  downdelay: milliseconds("How long a link must be down before it is left"),
  lacpRate: z.enum(["fast", "slow"]).optional().meta({ description: "How often LACP packets are asked for (802.3ad)" }),
  xmitHashPolicy: z
    .enum(XMIT_HASH_POLICIES)
    .optional()
    .meta({ description: "How traffic is spread over the NICs (802.3ad, balance-xor)" }),
  numGratArp: z
    .int()
    .min(0)
    .max(255)
    .optional()
    .meta({ description: "Peer notifications after a failover (active-backup)" }),
});

/** What every bond of a host gets. */
export const bondField = bondObject.default({}).meta({ description: "Parameters of all bonds of a host" });

/** What one bond of a host gets. */
export const bondsField = z
  .record(bondName, bondObject)
  .default({})
  .meta({ description: "Parameters of single bonds, by name" });

/** Fixed addresses of one machine, by network; a network that is not named gives one by itself (MAAS's Auto assign). */
export const addressesField = z
  .strictObject({
    provisioning: addressField("In the provisioning network", "192.168.0.11").optional(),
    management: addressField("In the management network", "172.16.0.11").optional(),
    data: addressField("In the data network", "10.20.1.11").optional(),
    storage: addressField("In the storage network", "172.17.0.11").optional(),
  })
  .default({})
  .meta({ description: "Fixed addresses of this machine; the others are Auto assign" });

const size = (description: string, problemOf: ProblemOf = diskSizeProblem) =>
  checkedText(problemOf, description, ["100G"], /^\d+(\.\d+)?[KMGTPkmgtp]?$/).optional();

const lvmName = (description: string) => checkedText(lvmNameProblem, description, ["vg0"]).optional();

const gigabytes = (description: string) =>
  z
    .number()
    .positive()
    .optional()
    .meta({ description: `${description}, GB` });

/** The storage layout of a group's hosts or of one host. */
export const storageField = z
  .strictObject({
    layout: z.enum(["flat", "lvm", "blank"]).optional().meta({ description: "MAAS storage layout; default flat" }),
    disk: z
      .strictObject({
        serial: lineField("Serial number").optional(),
        idPath: lineField("Path below /dev/disk/by-id/").optional(),
        model: lineField("Model").optional(),
        minimumGigabytes: gigabytes("Smallest size"),
        maximumGigabytes: gigabytes("Largest size"),
      })
      .optional()
      .meta({
        description:
          "Which disk gets the operating system: the one that all given parts match; default MAAS's boot disk",
      }),
    sanBoot: z
      .boolean()
      .optional()
      .meta({ description: "The host boots from a SAN LUN; otherwise no LUN is ever taken" }),
    rootSize: size("Size of the root filesystem or volume group; default the whole disk"),
    bootSize: size("Size of a separate /boot; default none", bootSizeProblem),
    volumeGroup: lvmName("lvm: name of the volume group"),
    logicalVolume: lvmName("lvm: name of the logical volume"),
    logicalVolumeSize: size("lvm: size of the logical volume; default the whole group"),
  })
  .default({})
  .meta({
    description: "Storage layout: only the operating system's disk is in it, all others are taken out and never erased",
  });

/** Bond parameters with the defaults filled in: 802.3ad (RA); layer3+4 so that VXLAN flows spread over the links; LACP fast. */
export function resolveBond(overrides: BondOverrides): BondSettings {
  return {
    mode: "802.3ad",
    mtu: null,
    miimon: 100,
    updelay: 0,
    downdelay: 0,
    lacpRate: "fast",
    xmitHashPolicy: "layer3+4",
    numGratArp: 1,
    ...overrides,
  };
}

/** Storage with the defaults filled in; a machine's own parts win over its group's. */
export function resolveStorage(group: HostStorageOverrides, machine: HostStorageOverrides): HostStorage {
  return {
    ...defaultLayout,
    ...group,
    ...machine,
    disk: { ...noDiskRule, ...(machine.disk ?? group.disk) },
  };
}
