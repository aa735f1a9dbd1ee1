import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readJsonFile } from "../json-file";
import type { ClusterRecord } from "./control-plane/cluster-record";
import { ControlPlane } from "./control-plane/control-plane";
import { clusterFolder } from "./control-plane/folder";

/** Stops the control planes that a lab process left behind when it was killed; their data stays. Answers how many ran. */
export async function stopLeftControlPlanes(folder: string): Promise<number> {
  if (!existsSync(folder)) return 0;
  const stopped = await Promise.all(
    readdirSync(folder).map(async (uid): Promise<number> => {
      const record = readJsonFile(clusterFolder(join(folder, uid)).record) as ClusterRecord | undefined;
      if (record === undefined) return 0;
      const controlPlane = new ControlPlane(join(folder, uid), record, NO_PROGRAMS);
      if (Object.keys(controlPlane.processes()).length === 0) return 0;
      await controlPlane.stop();
      return 1;
    }),
  );
  return stopped.reduce((sum, one) => sum + one, 0);
}

/** What does not start anything needs no programs. */
const NO_PROGRAMS = { etcd: "", kubeApiserver: "", kubeControllerManager: "", crds: "" };
