import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../free-port";
import { readJsonFile, writeJsonFile } from "../json-file";
import { KubernetesFaults } from "./faults";
import type { Binaries } from "./control-plane/binaries";
import type { ClusterRecord } from "./control-plane/cluster-record";
import { clusterFolder } from "./control-plane/folder";
import { LocalCluster, type ClusterContext, type ClusterSummary } from "./local-cluster";
import type { InstalledPack, KubernetesNode, KubernetesPlatform } from "./platform";

/** Pods per node where the profile does not say (kubelet's default). */
const DEFAULT_MAXIMUM_PODS = 110;
/** Kubernetes version that nodes report until a pack of layer k8s says another. */
const DEFAULT_KUBERNETES_VERSION = "1.32.4";

/** How a platform is set up. */
export interface LocalPlatformOptions {
  /** Everything lies below it: a folder per cluster. Made when missing. */
  folder: string;
  binaries: Binaries;
  /** Seconds of life per real second. Default 60. */
  timeScale?: number;
  /** Gets one line about whatever is unexpected. Default: nobody. */
  log?: (line: string) => void;
}

/**
 * Kubernetes on this machine: a real control plane per cluster (etcd, kube-apiserver, kube-controller-manager) with the
 * real CRDs, and simulated controllers in this process. Nothing runs pods. The control planes outlive this process;
 * `resume` finds them again.
 */
export class LocalPlatform implements KubernetesPlatform {
  private readonly clusters = new Map<string, LocalCluster>();
  private readonly queues = new Map<string, Promise<unknown>>();
  private readonly context: ClusterContext;
  private timeScale: number;
  /** What is to go wrong. */
  readonly faults = new KubernetesFaults(() => this.refresh());

  constructor(private readonly options: LocalPlatformOptions) {
    this.timeScale = options.timeScale ?? 60;
    this.context = {
      binaries: options.binaries,
      timeScale: () => this.timeScale,
      faults: this.faults,
      log: options.log ?? (() => undefined),
    };
    mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  }

  create(wanted: { uid: string; name: string; podCidr: string; serviceCidr: string }): Promise<{ kubeconfig: string }> {
    return this.inTurn(wanted.uid, async () => {
      let cluster = this.clusters.get(wanted.uid) ?? this.open(wanted.uid);
      if (cluster === undefined) {
        const record: ClusterRecord = {
          ...wanted,
          port: await freePort(),
          nodes: [],
          maximumPods: DEFAULT_MAXIMUM_PODS,
          kubernetesVersion: DEFAULT_KUBERNETES_VERSION,
          packs: [],
          deleting: false,
        };
        mkdirSync(this.folderOf(wanted.uid), { recursive: true, mode: 0o700 });
        writeJsonFile(clusterFolder(this.folderOf(wanted.uid)).record, record);
        cluster = new LocalCluster(this.folderOf(wanted.uid), record, this.context);
      }
      this.clusters.set(wanted.uid, cluster);
      await cluster.start();
      await cluster.installBase();
      return { kubeconfig: cluster.kubeconfig() };
    });
  }

  setNodes(uid: string, nodes: KubernetesNode[]): Promise<void> {
    return this.inTurn(uid, () => this.existing(uid).setNodes(nodes));
  }

  install(uid: string, pack: InstalledPack): Promise<void> {
    return this.inTurn(uid, () => this.existing(uid).install(pack));
  }

  delete(uid: string): Promise<void> {
    return this.inTurn(uid, async () => {
      const cluster = this.clusters.get(uid) ?? this.open(uid);
      this.clusters.delete(uid);
      await cluster?.remove();
    });
  }

  /**
   * Brings up every cluster whose data is in the folder: finds running control planes again, starts the others anew on
   * the same data and port, and finishes deletions that were interrupted.
   */
  async resume(): Promise<void> {
    const uids = readdirSync(this.options.folder);
    await Promise.all(
      uids.map((uid) =>
        this.inTurn(uid, async () => {
          const cluster = this.clusters.get(uid) ?? this.open(uid);
          if (cluster === undefined) return;
          if (cluster.record.deleting) {
            await cluster.remove();
            return;
          }
          this.clusters.set(uid, cluster);
          await cluster.start();
        }),
      ),
    );
  }

  /** Stops everything; the data stays for a later `resume`. */
  async stop(): Promise<void> {
    await Promise.all([...this.clusters].map(([uid, cluster]) => this.inTurn(uid, () => cluster.stop())));
    this.clusters.clear();
  }

  /** Changes how fast time runs: seconds of life per real second. */
  setTimeScale(timeScale: number): void {
    this.timeScale = timeScale;
    this.refresh();
  }

  /**
   * The administrator's kubeconfig of a cluster, by uid or name; of the only one when none is named.
   * @throws Error when there is no such cluster, or several and none is named.
   */
  kubeconfig(cluster?: string): string {
    const all = [...this.clusters.values()];
    const [found, ...more] = all.filter(
      ({ record }) => cluster === undefined || record.uid === cluster || record.name === cluster,
    );
    if (found !== undefined && more.length === 0) return found.kubeconfig();
    const names = all.map(({ record }) => record.name).join(", ");
    throw new Error(
      all.length === 0 ? "the lab has no cluster yet" : `${cluster ?? "which cluster?"}: the lab has ${names}`,
    );
  }

  /** The clusters in short. */
  summary(): Promise<ClusterSummary[]> {
    return Promise.all([...this.clusters.values()].map((cluster) => cluster.summary()));
  }

  private refresh(): void {
    for (const [uid, cluster] of this.clusters) {
      this.inTurn(uid, () => cluster.refresh()).catch((error: unknown) => {
        this.context.log(`cluster ${cluster.record.name}: ${String(error)}`);
      });
    }
  }

  private existing(uid: string): LocalCluster {
    const cluster = this.clusters.get(uid);
    if (cluster === undefined) throw new Error(`the lab has no cluster ${uid}: create it before`);
    return cluster;
  }

  /** The cluster of a folder that an earlier process left; undefined when there is none. */
  private open(uid: string): LocalCluster | undefined {
    const record = readJsonFile(clusterFolder(this.folderOf(uid)).record) as ClusterRecord | undefined;
    return record === undefined ? undefined : new LocalCluster(this.folderOf(uid), record, this.context);
  }

  private folderOf(uid: string): string {
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(uid)) throw new Error(`"${uid}" cannot be a cluster's uid`);
    return join(this.options.folder, uid);
  }

  /** Runs the work after all earlier work on the same cluster. */
  private inTurn<Value>(uid: string, work: () => Promise<Value>): Promise<Value> {
    const before = this.queues.get(uid) ?? Promise.resolve();
    const result = before.then(work, work);
    this.queues.set(
      uid,
      result.catch(() => undefined),
    );
    return result;
  }
}
