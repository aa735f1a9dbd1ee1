import { setTimeout as pause } from "node:timers/promises";
import { PaletteError } from "../http/error";
import { MaasError } from "../maas/client";
import type { Cluster } from "../model/cluster";
import type { Palette } from "../palette";
import { recordEvent } from "../recorder";
import { conditionsOf, isSettled } from "./conditions";
import { stepDeletion } from "./deletion";
import { stepEndpoint } from "./endpoint";
import { stepControlPlane, stepNodes } from "./kubernetes";
import { stepLayers } from "./layers";
import { stepMachines } from "./machines";
import { stepPools } from "./pools";
import { stepProfiles } from "./profile-step";
import type { ClusterMemory } from "./round";
import { Round } from "./round";
import { LIFE_SECONDS } from "./timing";

/**
 * Brings every cluster from what it is to what was asked for, in rounds: each looks at the state alone, so that a controller
 * that is started again goes on where the last one was killed.
 */
export class ClusterController {
  private readonly memories = new Map<string, ClusterMemory>();
  private readonly rounds = new Map<string, Promise<void>>();
  private readonly stopping = new AbortController();
  private queue: Promise<unknown> = Promise.resolve();
  private readonly finished: Promise<void>;

  constructor(private readonly palette: Palette) {
    this.finished = this.run();
  }

  /** Ends the rounds; the last one is finished first. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.finished;
  }

  private async run(): Promise<void> {
    const { clock } = this.palette;
    while (!this.stopping.signal.aborted) {
      this.forgetOld();
      for (const cluster of this.palette.state.clusters) this.begin(cluster);
      const interval = Math.min(500, Math.max(5, clock.milliseconds(LIFE_SECONDS.round)));
      await pause(interval, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
    await Promise.all(this.rounds.values());
  }

  // A cluster whose last round still goes on is left alone, and one at rest for a while.
  private begin(cluster: Cluster): void {
    const memory = this.memories.get(cluster.uid);
    const { clock, store } = this.palette;
    const resting = memory !== undefined && memory.restUntil > clock.now() && memory.revision === store.revision;
    if (resting || this.rounds.has(cluster.uid)) return;
    this.rounds.set(
      cluster.uid,
      this.round(cluster).finally(() => this.rounds.delete(cluster.uid)),
    );
  }

  private forgetOld(): void {
    const { state, clock, store } = this.palette;
    const kept = state.clusters.filter(
      (cluster) => cluster.state !== "Deleted" || !clock.passed(cluster.stateSince, LIFE_SECONDS.retention),
    );
    if (kept.length === state.clusters.length) return;
    state.clusters = kept;
    store.save();
  }

  private async round(cluster: Cluster): Promise<void> {
    if (cluster.state === "Deleted") return;
    const { clock, store } = this.palette;
    try {
      const round = this.prepare(cluster);
      if (cluster.deletion) await stepDeletion(round);
      else await this.advance(round);
      this.settle(cluster, "");
    } catch (error) {
      this.settle(cluster, this.reasonOf(error));
    }
    const memory = this.memories.get(cluster.uid);
    if (!memory) return;
    memory.revision = store.revision;
    memory.restUntil = isAtRest(cluster) ? clock.now() + clock.milliseconds(LIFE_SECONDS.poll) : 0;
  }

  private prepare(cluster: Cluster): Round {
    const { palette } = this;
    const account = palette.state.accounts.find((each) => each.uid === cluster.cloudAccountUid);
    if (!account) throw new MaasError(0, `the cloud account '${cluster.cloudAccountUid}' does not exist`);
    const memory = this.memories.get(cluster.uid) ?? {
      pollAt: 0,
      restUntil: 0,
      revision: -1,
      kubernetesStarted: false,
    };
    this.memories.set(cluster.uid, memory);
    return new Round(palette, cluster, account, palette.maas(account), memory, (work) => this.serially(work));
  }

  private async advance(round: Round): Promise<void> {
    const { cluster, palette } = round;
    if (!palette.clock.passed(cluster.createdAt, LIFE_SECONDS.pending)) return;
    if (cluster.state === "Pending") {
      this.enter(cluster, "Provisioning");
      round.event("LocatingBaseImage", "Looking for the operating system image");
      round.event("ReconcileImage", "The operating system image is being brought to MAAS");
    }
    const mayInstall = stepProfiles(round);
    stepPools(round);
    await stepMachines(round);
    await stepEndpoint(round);
    await stepControlPlane(round);
    await stepNodes(round);
    if (cluster.state === "Provisioning" && cluster.kubeconfig !== undefined && isSettled(cluster)) {
      this.enter(cluster, "Running");
      round.event("ClusterRunning", "All nodes are running");
    }
    if (cluster.state === "Running" && mayInstall) await stepLayers(round);
  }

  private enter(cluster: Cluster, state: "Provisioning" | "Running"): void {
    cluster.state = state;
    cluster.stateSince = this.palette.clock.now();
    this.palette.store.save();
  }

  // Ends a round: what could not be done shows in the conditions.
  private settle(cluster: Cluster, problem: string): void {
    cluster.cloudProblem = problem;
    if (cluster.state === "Pending" || cluster.state === "Deleted") return;
    const conditions = conditionsOf(cluster, this.palette.clock);
    if (JSON.stringify(conditions) === JSON.stringify(cluster.conditions)) return;
    const reached = conditions.filter(
      ({ type, status }) =>
        status === "True" && cluster.conditions.find((each) => each.type === type)?.status !== "True",
    );
    cluster.conditions = conditions;
    for (const { type, reason } of reached)
      recordEvent(this.palette, cluster, { reason, message: `${type} is reached` });
    this.palette.store.save();
  }

  private reasonOf(error: unknown): string {
    if (error instanceof MaasError || error instanceof PaletteError) return error.message;
    return `the cluster controller failed: ${error instanceof Error ? error.message : String(error)}`;
  }

  private serially<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.queue.then(work);
    this.queue = result.catch(() => undefined);
    return result;
  }
}

// Nothing is under way: only a change of the state, or of MAAS, brings something to do.
function isAtRest(cluster: Cluster): boolean {
  const maintained = cluster.machines.some((machine) =>
    ["Initiated", "InProgress"].includes(machine.maintenance?.state ?? ""),
  );
  const downloading = !cluster.spcApply.canBeApplied && cluster.spcApply.actionType === "DownloadAndInstall";
  const installed = cluster.layers.every((layer) => layer.endedAt !== undefined);
  return cluster.healthy && isSettled(cluster) && installed && !maintained && !downloading;
}
