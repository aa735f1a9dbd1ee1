import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { callLab } from "../../lab/control-client";
import { type LabAddresses, startLab, stopLab } from "../../lab/lab";
import { prepareLabStack } from "../lab-stack";
import { engineCommand } from "../pulumi";
import { labStack } from "../stack-name";
import { PeakMemory } from "./peak-memory";
import type { RequestLog } from "./request-figures";

const project = join(__dirname, "..", "..");

/** One command of the engine, measured. */
export interface Measured {
  readonly seconds: number;
  /** Engine, language host and providers together. */
  readonly peakMemoryMebibytes: number;
  readonly maas: RequestLog;
  readonly palette: RequestLog;
}

/** A lab of its own for one measurement, with an empty `dev` stack. */
export interface BenchLab {
  /** Runs the engine; the servers' logs begin with it. @throws Error with its output when it fails */
  run(args: readonly string[]): Promise<Measured>;
  /** Size of the stack's state. */
  stateBytes(): Promise<number>;
}

/** What a bench lab is made of. */
export interface BenchLabOptions {
  /** Worker-class machines. */
  readonly workers: number;
  /** Seconds of life per second; default the lab's own. */
  readonly timeScale?: number;
  /** Changes the description of the committed `dev` stack; default: none. */
  readonly describe?: (datacenter: Record<string, unknown>) => Record<string, unknown>;
}

/** Makes a lab in a folder of its own, runs the work, and removes all of it. */
export async function withBenchLab<Result>(
  options: BenchLabOptions,
  work: (lab: BenchLab) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "vmo-metal-bench-"));
  try {
    const { workers, timeScale } = options;
    const addresses = await startLab({
      folder,
      settings: { workers, ...(timeScale === undefined ? {} : { timeScale }) },
    });
    await describe(addresses, options);
    return await work({
      run: (args) => run(args, addresses),
      stateBytes: async () => {
        const state = join(folder, "pulumi", "backend", ".pulumi", "stacks", "vmo-metal", `${labStack}.json`);
        return existsSync(state) ? (await stat(state)).size : 0;
      },
    });
  } finally {
    await stopLab(folder);
    await rm(folder, { recursive: true, force: true });
  }
}

/** The lab's copy of the stack file keeps what is changed in it. */
async function describe(addresses: LabAddresses, { describe: change }: BenchLabOptions): Promise<void> {
  const { configurationFile } = await prepareLabStack(project, labStack, addresses);
  if (change === undefined) return;
  const document = parseDocument(await readFile(configurationFile, "utf8"));
  const { config } = document.toJS() as { config: Record<string, Record<string, unknown>> };
  document.setIn(["config", "vmo-metal:datacenter"], change(config["vmo-metal:datacenter"] ?? {}));
  await writeFile(configurationFile, document.toString());
}

async function run(args: readonly string[], lab: LabAddresses): Promise<Measured> {
  const command = await engineCommand([...args, "--stack", labStack, "--non-interactive"], {
    ...process.env,
    VMO_METAL_LAB_DIR: lab.folder,
  });
  await callLab(lab, "DELETE", "requests");
  const begun = Date.now();
  const child = spawn(command.program, command.args, {
    cwd: project,
    env: command.environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  }
  const memory = new PeakMemory(child.pid ?? -1);
  const [code] = (await once(child, "close")) as [number | null];
  const peakMemoryMebibytes = memory.end();
  if (code !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${code ?? "a signal"}:\n${output}`);
  const log = (await callLab(lab, "GET", "requests")) as Pick<Measured, "maas" | "palette">;
  return {
    seconds: Math.round((Date.now() - begun) / 100) / 10,
    peakMemoryMebibytes,
    maas: log.maas,
    palette: log.palette,
  };
}
