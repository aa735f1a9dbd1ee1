import type { PoolDiagnosis } from "./pool-diagnosis";

/**
 * Names the machines of these hostnames that are still in use in MAAS, e.g. `worker-1 (abc123, Deployed)`; empty when all are free.
 *
 * @throws what MAAS answers when it cannot be asked
 */
export type MachinesInUse = (hostnames: readonly string[]) => Promise<string[]>;

/** What MAAS knows about the machines of a cluster, for a kind that otherwise knows Palette only. Reads only. */
export interface MetalView {
  /** Says why a machine pool does not fill up. */
  readonly diagnose: PoolDiagnosis;
  /** Says which machines are still in use. */
  readonly inUse: MachinesInUse;
}
