import { visible, visibleJson } from "../../text/visible";
import { callLab } from "../control-client";
import { fieldOf, listOf, mapOf, textOf } from "../kubernetes/objects";
import { readOptions, type LabCommand } from "./command";
import { withoutKubernetes } from "./without-kubernetes";
import { runningLab } from "./running";

/** Looking at the lab. */
export const statusCommand: LabCommand = {
  usage: "[--json]",
  description: "what the lab holds; --json: all of it, secrets masked",
  run: async (args) => {
    const { json = false } = readOptions(args, { json: { type: "boolean" } });
    const status = await callLab(await runningLab(), "GET", "status");
    console.log(json ? visibleJson(status, 2) : visible(statusText(status)));
  },
};

/** The status in some lines, for people. */
export function statusText(status: unknown): string {
  const lab = mapOf(status, "lab");
  const number = (name: string) => String(lab[name]);
  const lines = [
    `MAAS     ${textOf(lab, "maasUrl")}   machines: ${countBy(listOf(status, "maas", "machines").map(machineState))}`,
    `Palette  ${textOf(lab, "paletteUrl")}   clusters: ${countBy(listOf(status, "palette", "clusters").map(paletteState))}`,
    ...listOf(status, "kubernetes").flatMap(clusterLines),
    `Time     ${number("timeScale")} s of life per second`,
    `Process  ${number("pid")}, since ${textOf(lab, "startedAt")}, ${number("memoryMebibytes")} MiB`,
  ];
  const faults = Object.entries(mapOf(lab, "faults")).flatMap(([part, on]) =>
    listOf(on).map((fault) => `Fault    ${part} ${JSON.stringify(fault)}`),
  );
  const missing = listOf(lab, "missing").map(String);
  return [...lines, ...faults, ...(missing.length === 0 ? [] : [withoutKubernetes(missing)])].join("\n");
}

/** MAAS's numbers for machine statuses, in its own words. */
const MACHINE_STATUS: Record<number, string> = {
  0: "New",
  1: "Commissioning",
  2: "Failed commissioning",
  3: "Missing",
  4: "Ready",
  5: "Reserved",
  6: "Deployed",
  7: "Retired",
  8: "Broken",
  9: "Deploying",
  10: "Allocated",
  11: "Failed deployment",
  12: "Releasing",
  13: "Releasing failed",
  14: "Disk erasing",
  15: "Failed disk erasing",
  16: "Rescue mode",
  17: "Entering rescue mode",
  18: "Failed to enter rescue mode",
  19: "Exiting rescue mode",
  20: "Failed to exit rescue mode",
  21: "Testing",
  22: "Failed testing",
};

function machineState(machine: unknown): string {
  const status = fieldOf(machine, "status");
  return typeof status === "number" ? (MACHINE_STATUS[status] ?? String(status)) : "unknown";
}

function paletteState(cluster: unknown): string {
  return textOf(cluster, "status", "state") ?? textOf(cluster, "state") ?? "unknown";
}

function clusterLines(cluster: unknown): string[] {
  const processes = Object.keys(mapOf(cluster, "processes"));
  const kinds = Object.entries(mapOf(cluster, "objects")).map(([kind, objects]) => `${kind} ${listOf(objects).length}`);
  return [
    `Cluster  ${textOf(cluster, "name")} ${textOf(cluster, "server")}   ${processes.length === 3 ? "up" : `only ${processes.join(", ") || "nothing"} runs`}`,
    `         ${kinds.join(", ")}`,
  ];
}

function countBy(states: string[]): string {
  if (states.length === 0) return "none";
  const counts = new Map<string, number>();
  for (const state of states) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts].map(([state, count]) => `${count} ${state}`).join(", ");
}
