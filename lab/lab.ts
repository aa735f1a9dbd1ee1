import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { labAddresses, type LabAddresses } from "./addresses";
import { callLab, isNotRunning } from "./control-client";
import { keepCredentials, readCredentials } from "./credentials";
import { BINARY_VARIABLES, findBinaries } from "./kubernetes/control-plane/binaries";
import { stopLeftControlPlanes } from "./kubernetes/left-control-planes";
import { labFolder, PROJECT, type LabFolder } from "./lab-folder";
import { labCommand, labMark } from "./lab-mark";
import { endOfLog, findProcess, startProcess, stopProcess } from "./own-process";
import { listOf } from "./kubernetes/objects";
import { keepSettings, readSettings, type LabSettings } from "./settings";
import { until } from "./until";

export type { LabAddresses } from "./addresses";

/** How to start a lab. */
export interface LabOptions {
  /** Its folder; default `VMO_METAL_LAB_DIR`, else `.lab` of the project. */
  folder?: string;
  /** Ports, speed of time, size of the seed; kept from then on. Default: as before. */
  settings?: Partial<LabSettings>;
}

/** Milliseconds until a lab must be ready; with control planes to bring up it takes some seconds. */
const START_TIMEOUT = 180_000;
/** Milliseconds in which a lab that was asked to stop must have ended. */
const STOP_TIMEOUT = 60_000;

/**
 * Starts the lab of a folder, or finds it running; resolves when all its parts answer. One that runs without Kubernetes is started
 * again as soon as the programs of a control plane are there.
 * @throws Error with the end of the lab's log when it does not come up.
 */
export async function startLab(options: LabOptions = {}): Promise<LabAddresses> {
  const folder = labFolder(options.folder);
  let running = await readLab(folder.root);
  if (running !== undefined && findBinaries(PROJECT).missing.length === 0 && (await missingParts(running)).length > 0) {
    await stopLab(folder.root);
    running = undefined;
  }
  const settings =
    running === undefined || readSettings(folder) === undefined
      ? await keepSettings(folder, options.settings ?? {})
      : await keepSettings(folder, {}, {});
  const addresses = labAddresses(folder, settings, keepCredentials(folder.credentials));
  if (running === undefined) await spawnLab(folder, addresses);
  return addresses;
}

/** The lab of a folder if it runs and is ready; undefined otherwise. */
export async function readLab(folder?: string): Promise<LabAddresses | undefined> {
  const place = labFolder(folder);
  const addresses = knownAddresses(place);
  if (addresses === undefined) return undefined;
  return (await readiness(addresses)) === "ready" ? addresses : undefined;
}

/** Which programs of a control plane a running lab lacks; when any, it makes no clusters. */
export async function missingParts(lab: LabAddresses): Promise<string[]> {
  return listOf(await callLab(lab, "GET", "ready"), "missing").map(String);
}

/** Stops the lab of a folder with its control planes, also when its process died; its state stays. True when anything ran. */
export async function stopLab(folder?: string): Promise<boolean> {
  const place = labFolder(folder);
  const addresses = knownAddresses(place);
  if (addresses === undefined) return false;
  const found = findProcess(labMark(place));
  if (found !== undefined && (await readiness(addresses)) === "ready") {
    await callLab(addresses, "POST", "stop");
    await until("end of the lab's process", () => (findProcess(labMark(place)) === undefined ? true : undefined), {
      timeout: STOP_TIMEOUT,
    });
  }
  await stopProcess(labMark(place), STOP_TIMEOUT);
  const left = await stopLeftControlPlanes(place.kubernetes);
  return found !== undefined || left > 0;
}

/** Stops the lab and removes all it knows; ports, keys and what the engine installed stay. */
export async function clearLab(folder?: string): Promise<void> {
  await stopLab(folder);
  const place = labFolder(folder);
  const stack = ["backend", "Pulumi.dev.yaml", "Pulumi.dev.source.yaml"].map((name) => join(place.pulumi, name));
  for (const path of [place.maas, place.palette, place.kubernetes, ...stack]) {
    rmSync(path, { recursive: true, force: true });
  }
}

function knownAddresses(folder: LabFolder): LabAddresses | undefined {
  const settings = readSettings(folder);
  const credentials = readCredentials(folder.credentials);
  if (settings === undefined || credentials === undefined) return undefined;
  return labAddresses(folder, settings, credentials);
}

async function readiness(addresses: LabAddresses): Promise<"ready" | "starting" | "not running"> {
  try {
    const answer = (await callLab(addresses, "GET", "ready")) as { ready: boolean };
    return answer.ready ? "ready" : "starting";
  } catch (error) {
    if (isNotRunning(error)) return "not running";
    throw new Error(
      `${addresses.controlUrl} is kept for the lab in ${addresses.folder}, but something else answers there; ` +
        `choose another port: VMO_METAL_LAB_CONTROL_PORT=PORT npm run lab`,
      { cause: error },
    );
  }
}

/** Starts the background process unless one is coming up already, and waits until all its parts answer. */
async function spawnLab(folder: LabFolder, addresses: LabAddresses): Promise<void> {
  const mark = { ...labCommand(folder), pidFile: `${folder.pid}.${randomUUID()}` };
  const isAlone = (await readiness(addresses)) === "not running";
  if (isAlone) {
    await startProcess({ ...mark, logFile: folder.log, append: true, folder: PROJECT, environment: environment() });
  }
  try {
    await until(
      `lab in ${folder.root} ready`,
      async () => {
        const isAlive = isAlone && findProcess(mark) !== undefined;
        const state = await readiness(addresses);
        if (state === "ready") return true;
        // Another process may have been quicker to take the lab's port; then ours has ended, and that one comes up.
        if (isAlive || state === "starting") return undefined;
        throw new Error(
          `the lab in ${folder.root} ended while it came up; the end of ${folder.log}:\n${endOfLog(folder.log)}`,
        );
      },
      { timeout: START_TIMEOUT },
    );
  } finally {
    rmSync(mark.pidFile, { force: true });
  }
}

/** What the background process gets of the environment: nothing that could hold a key, only where things are. */
function environment(): Record<string, string> {
  return Object.fromEntries(
    ["PATH", "HOME", "TMPDIR", "VMO_METAL_LAB_EXCHANGES", ...Object.values(BINARY_VARIABLES)].flatMap(
      (name): [string, string][] => {
        const value = process.env[name];
        return value === undefined ? [] : [[name, value]];
      },
    ),
  );
}
