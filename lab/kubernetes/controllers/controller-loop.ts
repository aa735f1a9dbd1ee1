import { setMaxListeners } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import type { ApiClient } from "../api/api-client";
import { isApiStatus, KubernetesApiError } from "../api/api-error";
import { ObjectCache } from "../api/object-cache";
import type { ObjectsApi } from "../api/objects-api";
import type { KubernetesObject } from "../objects";
import { planAll } from "./controllers";
import type { Step } from "./plan";
import { Signal } from "./signal";
import { Snapshot, WATCHED, type ClusterFacts } from "./snapshot";

/** Milliseconds: changes that come together are looked at together. */
const GATHER = 15;
/** Milliseconds: the shortest time until a look that no change asked for. */
const SHORTEST_WAIT = 100;
/** Milliseconds after which a refused write, or a broken connection, is tried again. */
const RETRY = 500;

/** What the loop of a cluster needs from around it. */
export interface LoopContext {
  api: ApiClient;
  objects: ObjectsApi;
  /** What is known of the cluster now. */
  facts(): ClusterFacts;
  /** Seconds of life per real second, now. */
  timeScale(): number;
  /** Called when the server cannot be reached, before the loop tries again: brings it up again. */
  recover(): Promise<void>;
  /** One line about something unexpected. */
  log(line: string): void;
}

/** Runs the simulated controllers of one cluster until it is stopped. */
export class ControllerLoop {
  private readonly stopping = new AbortController();
  private readonly changed = new Signal();
  private readonly caches = new Map<string, ObjectCache>();
  private readonly unserved = new Map<string, Signal>();
  private readonly tasks: Promise<void>[];
  private recovering: Promise<void> | undefined;

  constructor(private readonly context: LoopContext) {
    // Each open watch listens.
    setMaxListeners(0, this.stopping.signal);
    this.tasks = [
      ...Object.entries(WATCHED).map(([kind, apiVersion]) => this.followKind(apiVersion, kind)),
      this.act(),
    ];
  }

  /** Tells the loop that CRDs came, or that what `facts` answers changed. */
  refresh(): void {
    for (const signal of this.unserved.values()) signal.raise();
    this.changed.raise();
  }

  /** Resolves when nothing of the loop runs any more. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.refresh();
    await Promise.all(this.tasks);
  }

  private async followKind(apiVersion: string, kind: string): Promise<void> {
    const { api, objects } = this.context;
    const arrival = new Signal();
    this.unserved.set(kind, arrival);
    while (!this.isStopping()) {
      try {
        if (await objects.serves(apiVersion, kind)) {
          const cache = new ObjectCache(api, objects, apiVersion, kind, { changed: () => this.changed.raise() });
          this.caches.set(kind, cache);
          await cache.follow(this.stopping.signal);
        } else {
          this.caches.delete(kind);
          this.changed.raise();
          await arrival.wait();
        }
      } catch (error) {
        if (this.isStopping()) return;
        await this.recover(error, kind);
      }
    }
  }

  /** One attempt for all kinds that lost the server together. */
  private async recover(error: unknown, kind: string): Promise<void> {
    if (error instanceof KubernetesApiError) {
      this.context.log(`watching ${kind}: ${error.message}`);
    } else {
      this.recovering ??= this.bringUp(error).finally(() => (this.recovering = undefined));
      await this.recovering;
    }
    await pause(RETRY, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }

  private async bringUp(error: unknown): Promise<void> {
    this.context.log(`the API server went away (${String(error)}); bringing it up again`);
    try {
      await this.context.recover();
    } catch (failure) {
      this.context.log(`bringing the control plane up again: ${String(failure)}`);
    }
  }

  private async act(): Promise<void> {
    let wait: number | undefined;
    while (!this.isStopping()) {
      await this.changed.wait(wait);
      await pause(GATHER);
      if (this.isStopping()) return;
      wait = await this.actOnce();
    }
  }

  /** Answers the milliseconds until it wants to look again. */
  private async actOnce(): Promise<number | undefined> {
    const caches = [...this.caches.values()];
    // Decisions on half of the objects would delete what only seems to be an orphan.
    if (caches.length < this.servedAtLeast() || caches.some((cache) => !cache.isLoaded())) return undefined;
    const objects = new Map<string, KubernetesObject[]>(caches.map((cache) => [cache.kind, cache.all()]));
    const scale = this.context.timeScale();
    const plan = planAll(new Snapshot(objects, new Date(), scale, this.context.facts()));
    let failed = false;
    for (const step of plan.steps) {
      if (this.isStopping()) return undefined;
      failed = !(await this.carryOut(step)) || failed;
    }
    if (failed) return RETRY;
    return plan.lookAgainIn === undefined ? undefined : Math.max(SHORTEST_WAIT, (plan.lookAgainIn * 1000) / scale);
  }

  /** The kinds that every server has. */
  private servedAtLeast(): number {
    return Object.values(WATCHED).filter((apiVersion) => !apiVersion.includes(".") || apiVersion.startsWith("storage."))
      .length;
  }

  private async carryOut(step: Step): Promise<boolean> {
    const { objects } = this.context;
    try {
      switch (step.do) {
        case "create":
          await objects.create(step.object, step.manager);
          break;
        case "merge":
          await objects.merge(step.target, step.patch, step.manager);
          break;
        case "merge-status":
          await objects.mergeStatus(step.target, step.status, step.manager);
          break;
        case "delete":
          await objects.delete(step.target);
          break;
      }
      return true;
    } catch (error) {
      // Gone or made meanwhile: the watch brings it, and with it the next look.
      if (isApiStatus(error, 404, 409)) return true;
      this.context.log(`${step.do}: ${String(error)}`);
      return false;
    }
  }

  private isStopping(): boolean {
    return this.stopping.signal.aborted;
  }
}
