import { generateKeyPairSync } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { readTextFile, writePrivateFile } from "../../json-file";
import { endOfLog, findProcess, startProcess, stopProcess, type ProcessStart } from "../../own-process";
import { until } from "../../until";
import { ApiClient } from "../api/api-client";
import type { Binaries } from "./binaries";
import type { ClusterRecord } from "./cluster-record";
import { keepSecretsEncrypted } from "./encryption";
import { clusterFolder, type ClusterFolder } from "./folder";
import { kubeconfig, type ClusterAccess } from "./kubeconfig";
import {
  apiServerArguments,
  controllerManagerArguments,
  etcdArguments,
  type ServerArguments,
} from "./server-arguments";
import { clusterTokens, type ClusterUser } from "./tokens";

/** How long a control plane may take to answer; a cold one takes 3 to 5 s on two free cores. */
const START_TIMEOUT = 120_000;

/**
 * etcd, kube-apiserver and kube-controller-manager of one lab cluster, as processes that live on when the lab's process
 * dies. All is found again through the files in the cluster's folder.
 */
export class ControlPlane {
  readonly folder: ClusterFolder;
  private starting: Promise<void> | undefined;

  constructor(
    root: string,
    private readonly cluster: Pick<ClusterRecord, "name" | "port" | "serviceCidr">,
    private readonly binaries: Binaries,
  ) {
    this.folder = clusterFolder(root);
  }

  /**
   * Starts what does not run, on the data that is there, and waits until the API server is ready. Idempotent; calls that
   * overlap share one start.
   * @throws Error with the end of the log of a program that does not come up.
   */
  ensureRunning(): Promise<void> {
    this.starting ??= this.startMissing().finally(() => (this.starting = undefined));
    return this.starting;
  }

  /** Address, certificate and token for one of the users; the control plane must have run once. */
  access(user: ClusterUser): ClusterAccess {
    const certificateAuthority = readTextFile(this.folder.certificate);
    if (certificateAuthority === undefined) {
      throw new Error(`the API server of ${this.cluster.name} never ran: ${this.folder.certificate} is missing`);
    }
    const token = clusterTokens(this.folder.tokens)[user];
    return { server: `https://127.0.0.1:${this.cluster.port}`, certificateAuthority, token };
  }

  /** Ends the three processes, etcd last. `grace` 0 kills: for a cluster whose data goes too. */
  async stop(grace = 10_000): Promise<void> {
    await Promise.all([stopProcess(this.controllerManager(), grace), stopProcess(this.apiServer(), grace)]);
    await stopProcess(this.etcd(), grace);
  }

  /** The process ids by program; a program that does not run is absent. */
  processes(): Record<string, number> {
    return Object.fromEntries(
      [this.etcd(), this.apiServer(), this.controllerManager()].flatMap((start): [string, number][] => {
        const pid = findProcess(start);
        return pid === undefined ? [] : [[basename(start.pidFile, ".pid"), pid]];
      }),
    );
  }

  private async startMissing(): Promise<void> {
    this.prepare();
    for (const start of [this.etcd(), this.apiServer()]) {
      if (findProcess(start) === undefined) await startProcess(start);
    }
    const api = await until(`API server of ${this.cluster.name} ready`, () => this.readyClient(), {
      timeout: START_TIMEOUT,
    });
    api.close();
    const manager = this.controllerManager();
    if (findProcess(manager) === undefined) {
      writePrivateFile(
        this.folder.controllerManagerKubeconfig,
        kubeconfig(this.cluster.name, this.access("kube-controller-manager")),
      );
      await startProcess(manager);
    }
  }

  private prepare(): void {
    for (const folder of [this.folder.root, this.folder.etcd, this.folder.certificates, this.folder.processes]) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
    }
    clusterTokens(this.folder.tokens);
    keepSecretsEncrypted(this.folder.encryption);
    if (!existsSync(this.folder.serviceAccountKey)) {
      const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
      writePrivateFile(this.folder.serviceAccountKey, privateKey.export({ type: "sec1", format: "pem" }).toString());
    }
  }

  /** A client once the server answers; undefined while it comes up. */
  private async readyClient(): Promise<ApiClient | undefined> {
    for (const start of [this.etcd(), this.apiServer()]) {
      if (findProcess(start) !== undefined) continue;
      throw new Error(
        `${basename(start.pidFile, ".pid")} of cluster ${this.cluster.name} ended while it came up; the end of ${start.logFile}:\n${endOfLog(start.logFile)}`,
      );
    }
    if (!existsSync(this.folder.certificate)) return undefined;
    const client = new ApiClient(this.access("lab-controllers"));
    if (await client.isReady()) return client;
    client.close();
    return undefined;
  }

  private etcd(): ProcessStart {
    return this.start("etcd", this.binaries.etcd, etcdArguments(this.folder));
  }

  private apiServer(): ProcessStart {
    return this.start("kube-apiserver", this.binaries.kubeApiserver, apiServerArguments(this.folder, this.cluster));
  }

  private controllerManager(): ProcessStart {
    return this.start(
      "kube-controller-manager",
      this.binaries.kubeControllerManager,
      controllerManagerArguments(this.folder),
    );
  }

  private start(name: string, program: string, command: ServerArguments): ProcessStart {
    return {
      ...command,
      program,
      pidFile: join(this.folder.processes, `${name}.pid`),
      logFile: join(this.folder.processes, `${name}.log`),
      folder: this.folder.root,
      environment: { PATH: "/usr/local/bin:/usr/bin:/bin", HOME: this.folder.root },
    };
  }
}
