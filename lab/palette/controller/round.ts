import { recordEvent } from "../recorder";
import type { MaasClient } from "../maas/client";
import type { Cluster } from "../model/cluster";
import type { Machine, MachinePhase } from "../model/machine-pool";
import type { CloudAccount } from "../model/tenant";
import type { Palette } from "../palette";

/** What the controller keeps of a cluster in memory only: it is found out again after a restart. */
export interface ClusterMemory {
  /** MAAS is not looked at before this time. */
  pollAt: number;
  /** A cluster at rest is left alone until this time, unless the state changes. */
  restUntil: number;
  /** The state's revision after the last round. */
  revision: number;
  /** Whether Kubernetes was asked for in this process. */
  kubernetesStarted: boolean;
}

/** One round of the controller over one cluster. */
export class Round {
  constructor(
    readonly palette: Palette,
    readonly cluster: Cluster,
    readonly account: CloudAccount,
    readonly maas: MaasClient,
    readonly memory: ClusterMemory,
    /** Runs the work of all clusters that asks MAAS for a machine one after another. */
    readonly serially: <Result>(work: () => Promise<Result>) => Promise<Result>,
  ) {}

  /** Now. */
  get now(): number {
    return this.palette.clock.now();
  }

  /** Moves a machine on and writes the state down. */
  move(machine: Machine, phase: MachinePhase): void {
    machine.phase = phase;
    machine.phaseSince = this.now;
    this.palette.store.save();
  }

  /** Adds an event to the cluster. */
  event(reason: string, message: string, warning = false): void {
    recordEvent(this.palette, this.cluster, { reason, message, warning, component: "cluster-controller" });
  }
}
