import { z } from "zod";
import { cronProblem } from "../../model/cron";
import { timeZoneProblem } from "../../model/time-zone";
import { addressField, checkedText } from "./fields";

/** When and how the nodes' operating system is patched between two repaves. */
export interface OperatingSystemPatching {
  /** Patch a node when it boots for the first time. */
  readonly patchOnBoot: boolean;
  /** Cron expression of five fields; null = no schedule. */
  readonly schedule: string | null;
  /** Patch once after this time, RFC 3339; null = never. */
  readonly onDemandPatchAfter: string | null;
  /** Reboot when a patch needs it. */
  readonly rebootIfRequired: boolean;
}

/** The routers that MetalLB advertises addresses to (RA, MetalLB layer). */
export interface BgpRouting {
  /** AS number of the nodes. */
  readonly localAsn: number;
  /** AS number of the router. */
  readonly peerAsn: number;
  /** Address of the router. */
  readonly peerAddress: string;
}

/** How a cluster is run, beyond what it is made of. */
export interface ClusterOperations {
  /** Whether it is approved that nodes are replaced, one after the other: by a repave that waits, or a changed pool. */
  readonly approveRepave: boolean;
  /** Whether a deletion that does not end is forced; machines may then stay deployed in MAAS. */
  readonly forceDelete: boolean;
  /** How long a deletion may take before it is forced, minutes. */
  readonly forceDeleteAfterMinutes: number;
  /** How long a create, update or delete is waited for, minutes. */
  readonly waitMinutes: number;
  /** Time zone of schedules; null = Palette's. */
  readonly timezone: string | null;
  /** `lock` keeps Palette from upgrading its own components in the cluster. */
  readonly componentUpgrades: "lock" | "unlock";
  readonly osPatch: OperatingSystemPatching;
  /** MetalLB with BGP instead of announcements on the data network; null = announcements. */
  readonly bgp: BgpRouting | null;
  /** Whether KubeVirt's exports and CDI's uploads go through the ingress, and take no MetalLB address each. */
  readonly imageIngress: boolean;
}

const asn = (whose: string) =>
  z
    .int()
    .min(1)
    .max(4_294_967_295)
    .meta({ description: `AS number of ${whose}`, examples: [64512] });

const osPatchSchema = z
  .strictObject({
    patchOnBoot: z.boolean().default(false).meta({ description: "Patch a node when it boots for the first time" }),
    schedule: checkedText(cronProblem, "Cron expression of regular patching", ["0 3 * * SUN"]).nullable().default(null),
    onDemandPatchAfter: z.iso
      .datetime({ offset: true, error: "is not a time such as 2030-01-31T03:00:00Z" })
      .nullable()
      .default(null)
      .meta({ description: "Patch once after this time" }),
    rebootIfRequired: z.boolean().default(false).meta({ description: "Reboot when a patch needs it" }),
  })
  .prefault({})
  .meta({ description: "Patching of the nodes' operating system between two repaves; default none" });

/** The fields of the `cluster` section that say how it is run. */
export const operationsFields = {
  approveRepave: z
    .boolean()
    .default(false)
    .meta({ description: "Approve that nodes are replaced, one after the other: by a repave, or a changed pool" }),
  forceDelete: z
    .boolean()
    .default(false)
    .meta({ description: "Force a deletion that does not end; machines that stay deployed in MAAS are then listed" }),
  forceDeleteAfterMinutes: z
    .number()
    .min(0)
    .default(20)
    .meta({ description: "How long a deletion may take before it is forced, minutes; Palette allows it after 15" }),
  waitMinutes: z
    .number()
    .positive()
    .default(180)
    .meta({ description: "How long a create, an update or a delete of the cluster is waited for, minutes" }),
  timezone: checkedText(timeZoneProblem, "Time zone", ["Europe/Berlin"])
    .nullable()
    .default(null)
    .meta({ description: "Time zone of schedules; default Palette's" }),
  componentUpgrades: z
    .enum(["lock", "unlock"])
    .default("unlock")
    .meta({ description: "lock keeps Palette from upgrading its own components in the cluster" }),
  osPatch: osPatchSchema,
  bgp: z
    .strictObject({
      localAsn: asn("the nodes").default(64512),
      peerAsn: asn("the router").default(64512),
      peerAddress: addressField("Address of the router that the nodes peer with", "10.20.30.1"),
    })
    .nullable()
    .default(null)
    .meta({ description: "MetalLB advertises to this BGP router; default announcements on the data network (ARP)" }),
  imageIngress: z
    .boolean()
    .default(false)
    .meta({ description: "Exports and uploads of images go through the ingress, and take no MetalLB address each" }),
};
