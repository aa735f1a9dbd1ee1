import { callLab } from "../control-client";
import { listOf, textOf } from "../kubernetes/objects";
import { labFolder } from "../lab-folder";
import { endOfLog } from "../own-process";
import { readOptions, UsageError, type LabCommand } from "./command";
import { runningLab } from "./running";

/** The rest of what an operator asks of a lab. */
export const moreCommands: Record<string, LabCommand> = {
  "time-scale": {
    usage: "N",
    description: "seconds of life per second, at once and until the lab stops (1: as in life)",
    run: async ([scale]) => {
      const timeScale = Number(scale);
      if (!(timeScale > 0)) throw new UsageError("time-scale N, with N above 0");
      await callLab(await runningLab(), "POST", "time-scale", { timeScale });
      console.log(`${timeScale} s of life per second`);
    },
  },
  "palette-habit": {
    usage: "[NAME=VALUE…]",
    description: "how Palette behaves where no public source decides; kept until changed, without arguments the list",
    run: async (args) => {
      const pairs = args.map((argument) => {
        const [name = "", value, ...rest] = argument.split("=");
        if (value === undefined || rest.length > 0) throw new UsageError(`"${argument}" is not NAME=VALUE`);
        return { name, value };
      });
      const lab = await runningLab();
      for (const pair of pairs) await callLab(lab, "POST", "palette-habits", pair);
      console.log(habitsText(listOf(await callLab(lab, "GET", "palette-habits"))));
    },
  },
  kubeconfig: {
    usage: "[CLUSTER]",
    description: "prints the administrator's kubeconfig of a cluster, by name or uid",
    run: async ([cluster]) => {
      const path = ["kubeconfig", ...(cluster === undefined ? [] : [cluster])];
      console.log(textOf(await callLab(await runningLab(), "GET", path), "kubeconfig"));
    },
  },
  key: {
    usage: "USER",
    description: "prints an API key of a MAAS user; one who does not exist is added, without administrator's rights",
    run: async ([user]) => {
      if (user === undefined) throw new UsageError("key USER");
      console.log(textOf(await callLab(await runningLab(), "POST", "maas-key", { user }), "key"));
    },
  },
  requests: {
    usage: "[--json] [--clear]",
    description: "how often each endpoint was asked since the start or the last --clear",
    run: async (args) => {
      const { json = false, clear = false } = readOptions(args, {
        json: { type: "boolean" },
        clear: { type: "boolean" },
      });
      const lab = await runningLab();
      const log = await callLab(lab, "GET", "requests");
      console.log(json ? JSON.stringify(log, undefined, 2) : requestsText(log));
      if (clear) await callLab(lab, "DELETE", "requests");
    },
  },
  logs: {
    usage: "[LINES]",
    description: "the end of the lab's log",
    run: ([lines = "40"]) => {
      if (!/^[1-9]\d*$/.test(lines)) throw new UsageError(`"${lines}" is not a number of lines`);
      const { log } = labFolder();
      console.log(`${endOfLog(log, Number(lines))}\n(${log})`);
      return Promise.resolve();
    },
  },
};

/** Habits, one a line: name, value, the other values, description. */
export function habitsText(habits: readonly unknown[]): string {
  return habits
    .map((habit) => {
      const [value, name] = [textOf(habit, "value"), textOf(habit, "name")];
      const others = listOf(habit, "values").filter((other) => other !== value);
      return `${name}=${value} (or ${others.join(", ")}): ${textOf(habit, "description")}`;
    })
    .join("\n");
}

/** Requests counted by server, method and path with its ids left out. */
export function requestsText(log: unknown): string {
  const counts = new Map<string, number>();
  for (const server of ["maas", "palette"]) {
    for (const request of listOf(log, server, "requests")) {
      const operation = textOf(request, "operation");
      const path = withoutIds(textOf(request, "path") ?? "") + (operation === undefined ? "" : `?op=${operation}`);
      const key = `${server.padEnd(8)} ${(textOf(request, "method") ?? "").padEnd(6)} ${path}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  const lines = [...counts].sort(([, one], [, other]) => other - one);
  return lines.map(([key, count]) => `${String(count).padStart(6)}  ${key}`).join("\n");
}

/** A path with `*` for each id: what holds a digit, and the system ids of machines, which need not. */
function withoutIds(path: string): string {
  const machines = path.replace(/\/(nodes|machines)\/[a-z0-9]{6}(?=\/)/, "/$1/*");
  return machines.replace(/\/(?=[^/]*\d)(?!v1\b|2\.0\b)[^/]+/g, "/*");
}
