import { z } from "zod";
import { clusterSchema } from "./cluster-schema";
import type { ClusterSection } from "./cluster";
import { existingClusterSchema, type ExistingCluster } from "./existing-cluster";
import { checkedText, labelField, patternText, withoutRepetition, placeNameField } from "./fields";
import { machineDomainProblem } from "../../model/dns-names";
import { MAAS_NAMES, fabricNameProblem } from "../../model/maas-names";
import { hostsSchema, type HostGroup } from "./hosts";
import { maasSchema, type MaasSection } from "./maas";
import { networksSchema, type NetworksSection } from "./networks";
import { paletteSchema, type PaletteSection } from "./palette";
import { storageSchema, type StorageSection } from "./storage";
import { virtualizationSchema } from "./virtualization-schema";
import type { VirtualizationSection } from "./virtualization";

/** What MAAS does with disks when a machine is released. */
export interface DiskErasing {
  /** Erase nodes' disks prior to releasing. Off, so that LUNs survive a repave (RA). */
  readonly onRelease: boolean;
  /** Use the disks' own secure erase; null = left as MAAS has it. */
  readonly secure: boolean | null;
  /** Erase only the beginning and end of disks; null = left as MAAS has it. */
  readonly quick: boolean | null;
}

/** The fabric that all VLANs are in. */
export interface FabricSection {
  /** Its name in MAAS; while it is not described, the default, until the site was observed. */
  readonly name: string;
  /** Whether the description names it; otherwise the fabric that holds the boot subnet keeps its name. */
  readonly described: boolean;
  /** The described name, else the default; unlike `name` it does not depend on what was observed. */
  readonly key: string;
}

/** A finding of the preflight that the operator knows about. */
export interface Silence {
  /** The code of a warning. */
  readonly code: string;
  /** Why it is all right here. */
  readonly reason: string;
}

/** The datacenter with everything defaulted and normalised: plain data, no secrets. */
export interface Datacenter {
  /** Its name; also in the names of environment variables with its keys. */
  readonly name: string;
  /** Whether live objects (machines, cluster) are protected from deletion. */
  readonly protect: boolean;
  /** How MAAS is reached; null = virtualization only, on a cluster that exists. */
  readonly maas: MaasSection | null;
  /** How Palette is reached; null = it makes no cluster. */
  readonly palette: PaletteSection | null;
  /** A cluster that exists and that the stack does not make; null = none. */
  readonly existingCluster: ExistingCluster | null;
  /** MAAS zones (availability zones), in order. */
  readonly zones: readonly string[];
  /** The DNS domain of the machines; empty where no metal is described. */
  readonly domain: string;
  /** The one fabric with all VLANs. */
  readonly fabric: FabricSection;
  /** All networks, canonical. */
  readonly networks: NetworksSection;
  /** Disk erasing of MAAS. */
  readonly diskErasing: DiskErasing;
  /** Hosts by group, in the order of the description. */
  readonly hostGroups: readonly HostGroup[];
  /** The cluster that Palette makes; null = none. */
  readonly cluster: ClusterSection | null;
  /** Storage of the cluster; means nothing without one. */
  readonly storage: StorageSection;
  /** Networks, images and templates of virtual machines; null = metal only. */
  readonly virtualization: VirtualizationSection | null;
  /** Warnings that are known to be all right here. */
  readonly silence: readonly Silence[];
}

const leftAsItIs = (description: string) => z.boolean().nullable().default(null).meta({ description });

/** The whole description as it is written in the stack file under `vmo-metal:datacenter`. */
export const datacenterSchema = z
  .strictObject({
    name: labelField("Name of the datacenter, used in names and for its keys' environment variables", "dc1"),
    protect: z.boolean().optional().meta({
      description: "Protect machines and the cluster from deletion; default true but for a datacenter named dev",
    }),
    maas: maasSchema.optional(),
    palette: paletteSchema.nullable().default(null),
    existingCluster: existingClusterSchema,
    zones: z
      .array(placeNameField("A zone", "az1"))
      .min(1)
      .superRefine(withoutRepetition)
      .default(["az1", "az2", "az3"])
      .meta({ description: "MAAS zones (availability zones): one per rack, aisle or room" }),
    domain: checkedText(
      machineDomainProblem,
      "DNS domain of the machines: a subdomain of the company's that is delegated to MAAS; required with maas",
      ["metal.example.com"],
      /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/,
    ).optional(),
    fabric: z
      .strictObject({
        name: checkedText(
          fabricNameProblem,
          "Name of the fabric. Not written: the fabric that holds the boot subnet, under the name that it has; datacenter where there is none. A name fabric-N is MAAS's own and must exist",
          ["datacenter"],
          MAAS_NAMES.fabric,
        ).optional(),
      })
      .prefault({})
      .meta({ description: "The one fabric with all VLANs; all NICs are put on its untagged VLAN" }),
    networks: networksSchema,
    diskErasing: z
      .strictObject({
        onRelease: z
          .boolean()
          .default(false)
          .meta({ description: "Erase nodes' disks prior to releasing; must stay off so that data survives a repave" }),
        secure: leftAsItIs("Use the disks' own secure erase; left as MAAS has it when not said"),
        quick: leftAsItIs("Erase only the beginning and end of disks; left as MAAS has it when not said"),
      })
      .prefault({})
      .meta({ description: "Disk erasing of MAAS. A destroy never switches it on again" }),
    hosts: hostsSchema.optional(),
    cluster: clusterSchema,
    storage: storageSchema,
    virtualization: virtualizationSchema,
    silence: z
      .array(
        z.strictObject({
          code: patternText(
            /^[A-Z]{3}\d{3}$/,
            "is not a code: three letters and three digits, like NET009",
            "Code of a warning",
            ["NET009"],
          ),
          reason: patternText(
            /^.*\S.{8,}\S.*$/s,
            "is not a reason: say in a few words why the warning does not matter here",
            "Why it is all right here",
            ["the switches of this site have no LACP"],
          ),
        }),
      )
      .default([])
      .meta({ description: "Warnings of the preflight that are known to be all right here" }),
  })
  .meta({ title: "vmo-metal:datacenter", description: "A datacenter, from racked servers to VM templates" });
