import { z } from "zod";
import type { ControlRoutes } from "./control-server";
import { addFault, clearFaults, listFaults } from "./lab-faults";
import type { RunningLab } from "./running-lab";

/** The routes of the lab's own surface once all parts run. `stop` ends the process after the answer. */
export function controlRoutes(lab: RunningLab, stop: () => void): ControlRoutes {
  return {
    "GET ready": () => ({ ready: true, pid: process.pid, missing: lab.missing }),
    "GET status": async () => ({
      lab: {
        pid: process.pid,
        startedAt: lab.startedAt.toISOString(),
        maasUrl: lab.addresses.maasUrl,
        paletteUrl: lab.addresses.paletteUrl,
        timeScale: lab.settings.timeScale,
        workers: lab.settings.workers,
        site: lab.settings.site,
        memoryMebibytes: Math.round(process.memoryUsage().rss / 1024 ** 2),
        faults: listFaults(lab),
        missing: lab.missing,
      },
      maas: lab.maas.dump(),
      palette: lab.palette.dump(),
      kubernetes: (await lab.kubernetes?.summary()) ?? [],
    }),
    "GET requests": () => ({
      maas: { inFlightHighWaterMark: lab.maas.requests.inFlightHighWaterMark, requests: lab.maas.requests.list() },
      palette: {
        inFlightHighWaterMark: lab.palette.requests.maximumInFlight,
        requests: lab.palette.requests.entries,
      },
    }),
    "DELETE requests": () => {
      lab.maas.requests.clear();
      lab.palette.requests.clear();
    },
    "GET faults": () => listFaults(lab),
    "POST faults": ({ rest: [part = ""], body }) => addFault(lab, part, body),
    "DELETE faults": ({ rest: [part, which] }) => {
      clearFaults(lab, part, which);
      return listFaults(lab);
    },
    "GET palette-habits": () => lab.palette.habits(),
    "POST palette-habits": ({ body }) => {
      const { name, value } = z.strictObject({ name: z.string(), value: z.string() }).parse(body);
      lab.palette.setHabit(name, value);
      return lab.palette.habits();
    },
    "POST time-scale": ({ body }) => {
      lab.setTimeScale(z.object({ timeScale: z.number().positive() }).parse(body).timeScale);
    },
    "POST machine-status": ({ body }) => {
      const { machine, status } = z.object({ machine: z.string(), status: z.string() }).parse(body);
      lab.maas.setMachineStatus(machine, status);
    },
    "POST maas-key": ({ body }) => {
      const username = z.string().regex(/^[\w.@+-]{1,150}$/, "is letters, digits and . @ + - _");
      return { key: lab.maas.userKey(z.object({ user: username }).parse(body).user) };
    },
    "GET kubeconfig": ({ rest: [cluster] }) => ({ kubeconfig: lab.kubernetes?.kubeconfig(cluster) ?? "" }),
    "POST stop": () => {
      stop();
      return { pid: process.pid };
    },
  };
}
