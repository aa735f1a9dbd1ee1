import { z } from "zod";

/** A VLAN id on the wire; 0 is the untagged (native) VLAN. */
export const vlanIdSchema = z
  .int({ error: "must be a VLAN id, a whole number" })
  .min(0, { error: "must be from 0 to 4094" })
  .max(4094, { error: "must be from 0 to 4094" });

/** MTU in bytes, in MAAS's bounds. */
export const mtuSchema = z
  .int({ error: "must be a whole number of bytes" })
  .min(552, { error: "must be 552 bytes or more" })
  .max(65535, { error: "must be at most 65535" });

/** Number of nodes of a machine pool. */
export const poolSizeSchema = z
  .int({ error: "must be a whole number" })
  .min(1, { error: "must be at least 1" })
  .max(10_000);

/** Cores that a machine must have at least. */
export const minimumCoresSchema = z.int({ error: "must be a whole number" }).min(0).max(10_000);

/** Memory that a machine must have at least, MiB. */
export const minimumMebibytesSchema = z.int({ error: "must be a whole number" }).min(0).max(1_000_000_000);

/** Disk that a machine must have at least, GB as Palette counts them (`minDiskSizeInGB`, a whole number). */
export const minimumGigabytesSchema = z.int({ error: "must be a whole number" }).min(0).max(1_000_000);

/** GiB of memory or disk that become a Kubernetes quantity (`2.5Gi`): up to three digits behind the point. */
export const gibibytesSchema = z.number().min(0.001).max(1_000_000).multipleOf(0.001);
