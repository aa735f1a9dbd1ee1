import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseDocument } from "yaml";
import type { SiteName } from "../../../lab/maas/seed/sites";
import type { StateResource } from "./resources";
import { type Ran, type Running, killTree, start } from "./run";

/** The project's folder. */
export const project = join(__dirname, "..", "..", "..");

/** The description as a test changes it. */
export type Description = Record<string, Record<string, unknown>>;

/** Takes out of a description what needs Palette or Kubernetes. */
export function metalOnly(description: Description): void {
  for (const section of ["palette", "cluster", "storage", "virtualization"])
    Reflect.deleteProperty(description, section);
}

/** What `npm run lab -- status --json` tells, as far as the tests look at it. */
export interface LabStatus {
  maas: { site: Record<string, unknown>; machines: LabMachine[] };
  palette: unknown;
  kubernetes: unknown;
}

/** A machine of the lab. */
export interface LabMachine {
  hostname: string;
  systemId: string;
  status: number;
  interfaces: {
    name: string;
    params: { mtu?: number };
    vlanId: number | null;
    addresses: { allocationType: string; ip: string | null; subnetId: number | null }[];
  }[];
}

/** Numbers of machine statuses. */
export const ready = 4;
export const deployed = 6;

/**
 * The `dev` stack on a lab of its own, in a folder of its own, used as an operator uses it: through `npm run pulumi -- …` and `npm run lab -- …`
 * (their programs are started directly, which saves npm's start).
 */
export class LabDatacenter {
  readonly folder = mkdtempSync(join(tmpdir(), "vmo-metal-engine-"));
  private readonly environment: NodeJS.ProcessEnv;

  /** A lab that starts with a site (default: `default`). */
  constructor({ site = "default" }: { site?: SiteName } = {}) {
    this.environment = {
      ...process.env,
      VMO_METAL_LAB_DIR: this.folder,
      VMO_METAL_LAB_SITE: site,
      PULUMI_STACK: "dev",
      NO_COLOR: "1",
    };
  }

  /** Runs the engine; `environment` is added to that of the test. */
  pulumi(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ran> {
    return this.startPulumi(args, environment).ended;
  }

  /** Starts the engine. */
  startPulumi(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Running {
    return this.start("ops/pulumi.ts", args, environment);
  }

  /** Kills the engine and all it has started when it has printed something, as a power cut would; takes its lock away as the docs say. */
  async kill(running: Running, when: RegExp): Promise<void> {
    await running.printed(when);
    killTree(running);
    await running.ended;
    const { code, output } = await this.pulumi(["cancel", "--yes"]);
    if (code !== 0) throw new Error(`the lock could not be taken away:\n${output}`);
  }

  /** `up` without a preview. */
  up(...options: string[]): Promise<Ran> {
    return this.pulumi(["up", "--yes", "--skip-preview", ...options]);
  }

  /** The drift check as docs recommend it: exit 0 is clean, 7 is drift. */
  drift(...options: string[]): Promise<Ran> {
    return this.pulumi(["preview", "--refresh", "--run-program", "--expect-no-changes", ...options]);
  }

  /** `npm run drift`: every field that is not as described, with a page in this lab's folder; exit codes as {@link drift}. */
  driftReport(options: readonly string[] = [], environment: NodeJS.ProcessEnv = {}): Promise<Ran> {
    return this.start("ops/drift.ts", ["--out", join(this.folder, "drift.html"), ...options], environment).ended;
  }

  /** Runs a command of the lab and answers what it printed; a failure is the test's. */
  async lab(...args: string[]): Promise<string> {
    const ran = await this.start("lab/main.ts", args, {}).ended;
    if (ran.code !== 0) throw new Error(`npm run lab -- ${args.join(" ")} ended with ${ran.code}:\n${ran.output}`);
    return ran.stdout;
  }

  /** Everything that the lab holds. */
  async status(): Promise<LabStatus> {
    return JSON.parse(await this.lab("status", "--json")) as LabStatus;
  }

  /** One machine of the lab. */
  async machine(hostname: string): Promise<LabMachine> {
    const found = (await this.status()).maas.machines.find((machine) => machine.hostname === hostname);
    if (found === undefined) throw new Error(`the lab has no machine ${hostname}`);
    return found;
  }

  /** Resolves when a machine has a status; the lab has no call that waits, so it is asked again. */
  async hasStatus(hostname: string, status: number): Promise<void> {
    const deadline = Date.now() + 60_000;
    while ((await this.machine(hostname)).status !== status) {
      if (Date.now() > deadline) throw new Error(`${hostname} did not come to status ${status} within a minute`);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  /** The worker of the description that no cluster took. */
  async spareWorker(): Promise<LabMachine> {
    const { machines } = (await this.status()).maas;
    const found = machines.find(({ hostname, status }) => /^worker-[1-6]$/.test(hostname) && status === ready);
    if (found === undefined) throw new Error("no described worker is Ready");
    return found;
  }

  /** Changes the stack's description, as an operator edits the stack file. */
  async describe(change: (description: Description) => void): Promise<void> {
    const document = parseDocument(readFileSync(await this.stackFile(), "utf8"));
    const description = document.getIn(["config", "vmo-metal:datacenter"]) as { toJSON(): Description };
    const changed = description.toJSON();
    change(changed);
    document.setIn(["config", "vmo-metal:datacenter"], document.createNode(changed));
    writeFileSync(await this.stackFile(), document.toString());
  }

  /** The stack's configuration; made by the first command of the engine. */
  async stackFile(): Promise<string> {
    const file = join(this.folder, "pulumi", "Pulumi.dev.yaml");
    if (!existsSync(file)) {
      const ran = await this.pulumi(["config"]);
      if (ran.code !== 0) throw new Error(`the stack could not be made:\n${ran.output}`);
    }
    return file;
  }

  /** The lab's keys. */
  async credentials(): Promise<{
    maasApiKey: string;
    paletteApiKey: string;
    pulumiPassphrase: string;
    adminToken: string;
  }> {
    await this.stackFile();
    return JSON.parse(readFileSync(join(this.folder, "credentials.json"), "utf8")) as Awaited<
      ReturnType<LabDatacenter["credentials"]>
    >;
  }

  /** Runs the engine on a second stack in the same backend, with a stack file and keys of its own. The first call makes the stack. */
  async secondStack(
    name: string,
    stackFile: string,
    args: readonly string[],
    environment: NodeJS.ProcessEnv,
  ): Promise<Ran> {
    return (await this.startSecondStack(name, stackFile, args, environment)).ended;
  }

  /** Starts the engine on a second stack. */
  async startSecondStack(
    name: string,
    stackFile: string,
    args: readonly string[],
    environment: NodeJS.ProcessEnv,
  ): Promise<Running> {
    const { pulumiPassphrase } = await this.credentials();
    const own = join(this.folder, name);
    const isNew = !existsSync(own);
    mkdirSync(own, { recursive: true });
    copyFileSync(join(project, "Pulumi.yaml"), join(own, "Pulumi.yaml"));
    copyFileSync(stackFile, join(own, `Pulumi.${name}.yaml`));
    const all = {
      ...environment,
      PULUMI_STACK: name,
      PULUMI_BACKEND_URL: `file://${join(this.folder, "pulumi", "backend")}`,
      PULUMI_HOME: join(this.folder, "pulumi", "home"),
      PULUMI_CONFIG_PASSPHRASE: pulumiPassphrase,
    };
    if (isNew) {
      const made = await this.pulumi(["stack", "init", name, "--secrets-provider", "passphrase", "-C", own], all);
      if (made.code !== 0) throw new Error(`the stack ${name} could not be made:\n${made.output}`);
    }
    return this.startPulumi([...args, "--stack", name, "--config-file", join(own, `Pulumi.${name}.yaml`)], all);
  }

  /** The stack's state as the backend keeps it. */
  state(): string {
    return readFileSync(join(this.folder, "pulumi", "backend", ".pulumi", "stacks", "vmo-metal", "dev.json"), "utf8");
  }

  /** Changes the stack's state by hand, as `pulumi stack export` and `import` do. */
  async changeState(change: (resources: StateResource[]) => void): Promise<void> {
    const file = join(this.folder, "state.json");
    const exported = await this.pulumi(["stack", "export", "--file", file]);
    if (exported.code !== 0) throw new Error(exported.output);
    const state = JSON.parse(readFileSync(file, "utf8")) as { deployment: { resources: StateResource[] } };
    change(state.deployment.resources);
    writeFileSync(file, JSON.stringify(state));
    const imported = await this.pulumi(["stack", "import", "--file", file]);
    if (imported.code !== 0) throw new Error(imported.output);
  }

  /** Stops the lab and removes its folder. */
  async remove(): Promise<void> {
    await this.lab("stop");
    rmSync(this.folder, { recursive: true, force: true });
  }

  private start(program: string, args: readonly string[], environment: NodeJS.ProcessEnv): Running {
    return start(process.execPath, ["--require", "tsx/cjs", program, ...args], {
      cwd: project,
      env: { ...this.environment, ...environment },
    });
  }
}
