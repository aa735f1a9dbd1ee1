import { existsSync, rmSync } from "node:fs";
import { writeJsonFile } from "../json-file";
import { summariseObjects, type ObjectSummary } from "./cluster-summary";
import { KubernetesApiError } from "./api/api-error";
import { ApiClient } from "./api/api-client";
import { ObjectsApi } from "./api/objects-api";
import type { Binaries } from "./control-plane/binaries";
import type { ClusterRecord } from "./control-plane/cluster-record";
import { ControlPlane } from "./control-plane/control-plane";
import { kubeconfig } from "./control-plane/kubeconfig";
import { ControllerLoop } from "./controllers/controller-loop";
import { contentsOfPack, maximumPodsOf, paletteBase } from "./packs/contents-of-pack";
import { PackInstaller } from "./packs/pack-installer";
import type { KubernetesFaults } from "./faults";
import type { InstalledPack, KubernetesNode } from "./platform";
import { until } from "../until";

/** What all clusters of a lab share. */
export interface ClusterContext {
  binaries: Binaries;
  /** Seconds of life per real second, now. */
  timeScale(): number;
  /** What is to go wrong, now. */
  faults: KubernetesFaults;
  log(line: string): void;
}

/** What `status` says of a cluster. */
export interface ClusterSummary {
  uid: string;
  name: string;
  /** Address of the API server. */
  server: string;
  podCidr: string;
  serviceCidr: string;
  /** Packs installed so far, in order, as `name version`. */
  packs: string[];
  /** Process ids by program; a program that does not run is absent. */
  processes: Record<string, number>;
  /** Objects by kind; empty while the API server is not ready. */
  objects: Record<string, ObjectSummary[]>;
}

/** One cluster of the lab: its control plane, the simulated controllers, and the record of both. Calls must not overlap. */
export class LocalCluster {
  private readonly controlPlane: ControlPlane;
  private running: { api: ApiClient; objects: ObjectsApi; loop: ControllerLoop } | undefined;

  constructor(
    private readonly folder: string,
    readonly record: ClusterRecord,
    private readonly context: ClusterContext,
  ) {
    this.controlPlane = new ControlPlane(folder, record, context.binaries);
  }

  /** Brings the control plane and the controllers up; what runs already is left alone. */
  async start(): Promise<void> {
    if (this.context.faults.isUnreachable(this.record.name)) return;
    await this.controlPlane.ensureRunning();
    if (this.running !== undefined) return;
    const api = new ApiClient(this.controlPlane.access("lab-controllers"));
    const objects = new ObjectsApi(api);
    const loop = new ControllerLoop({
      api,
      objects,
      facts: () => ({
        ...this.record,
        brokenImages: this.context.faults.brokenImages(),
        stuckOperators: this.context.faults.stuckOperators(),
        refusedWebhooks: this.context.faults.refusedWebhooks(),
      }),
      timeScale: () => this.context.timeScale(),
      recover: () => this.recover(),
      log: (line) => this.context.log(`cluster ${this.record.name}: ${line}`),
    });
    this.running = { api, objects, loop };
  }

  /** What Palette brings to a new cluster. */
  async installBase(): Promise<void> {
    await this.installer().apply(paletteBase(this.record.uid));
  }

  /** The administrator's kubeconfig. */
  kubeconfig(): string {
    return kubeconfig(this.record.name, this.controlPlane.access("kubernetes-admin"));
  }

  /** See `KubernetesPlatform.setNodes`; resolves when the Node objects are there and say that they are ready. */
  async setNodes(nodes: KubernetesNode[]): Promise<void> {
    this.record.nodes = nodes;
    this.save();
    const { objects, loop } = this.live();
    loop.refresh();
    await until(
      `Nodes of cluster ${this.record.name}`,
      async () => {
        const { items } = await objects.list("v1", "Node");
        const names = new Set(items.map((node) => node.metadata.name));
        return names.size === nodes.length && nodes.every((node) => names.has(node.name)) ? true : undefined;
      },
      { timeout: 30_000, every: 50 },
    );
  }

  /** See `KubernetesPlatform.install`. */
  async install(pack: InstalledPack): Promise<void> {
    await this.installer().apply(contentsOfPack(pack));
    if (pack.layer === "k8s") this.record.kubernetesVersion = pack.version;
    this.record.maximumPods = maximumPodsOf(pack) ?? this.record.maximumPods;
    const name = `${pack.name} ${pack.version}`;
    if (!this.record.packs.includes(name)) this.record.packs.push(name);
    this.save();
    this.live().loop.refresh();
  }

  /** Follows what the context answers: time, faults. A cluster that is to be unreachable stops, and starts again later. */
  async refresh(): Promise<void> {
    const isDown = this.running === undefined;
    if (this.context.faults.isUnreachable(this.record.name)) {
      if (!isDown) await this.stop();
    } else if (isDown) await this.start();
    this.running?.loop.refresh();
  }

  /** Stops controllers and control plane; the data stays. */
  async stop(): Promise<void> {
    await this.stopControllers();
    await this.controlPlane.stop();
  }

  /** Stops all and removes the data. */
  async remove(): Promise<void> {
    this.record.deleting = true;
    this.save();
    await this.stopControllers();
    await this.controlPlane.stop(0);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The cluster in short, for people and for comparisons. */
  async summary(): Promise<ClusterSummary> {
    const { uid, name, port, podCidr, serviceCidr, packs } = this.record;
    const processes = this.controlPlane.processes();
    const server = `https://127.0.0.1:${port}`;
    return { uid, name, server, podCidr, serviceCidr, packs, processes, objects: await this.objectSummaries() };
  }

  private async objectSummaries(): Promise<ClusterSummary["objects"]> {
    const { running } = this;
    if (running === undefined || !(await running.api.isReady())) return {};
    try {
      return await summariseObjects(running.objects);
    } catch (error) {
      if (error instanceof KubernetesApiError) throw error;
      // The server went away meanwhile.
      return {};
    }
  }

  /** Brings the control plane up again, unless the cluster was removed from under it. */
  private async recover(): Promise<void> {
    if (existsSync(this.controlPlane.folder.record)) await this.controlPlane.ensureRunning();
  }

  private async stopControllers(): Promise<void> {
    const running = this.running;
    this.running = undefined;
    await running?.loop.stop();
    running?.api.close();
  }

  private save(): void {
    writeJsonFile(this.controlPlane.folder.record, this.record);
  }

  private installer(): PackInstaller {
    const { objects, loop } = this.live();
    return new PackInstaller(objects, this.context.binaries.crds, () => loop.refresh());
  }

  private live(): { objects: ObjectsApi; loop: ControllerLoop } {
    if (this.running === undefined) throw new Error(`the control plane of cluster ${this.record.name} does not run`);
    return this.running;
  }
}
