import { type RequestFigures, requestFigures } from "./request-figures";
import { type Measured, withBenchLab } from "./bench-lab";

/** One measured command: its requests to MAAS, how long it took, and what memory. */
export interface CommandFigures extends RequestFigures {
  readonly seconds: number;
  readonly peakMemoryMebibytes: number;
}

/** What the MAAS layer costs with so many workers. */
export interface MaasFigures {
  /** Described hosts: the workers and four control planes. */
  readonly hosts: number;
  /** The first `up`. */
  readonly up: CommandFigures;
  /** `preview --refresh --run-program --expect-no-changes` afterwards. */
  readonly refresh: CommandFigures;
  readonly stateBytes: number;
}

const controlPlanes = 4;

/** Measures the MAAS layer alone: metal only, with networks that a large cluster would need. */
export async function benchMaas(workers: number): Promise<MaasFigures> {
  return withBenchLab({ workers, describe: (datacenter) => metalOnly(datacenter, workers) }, async (lab) => {
    const up = await lab.run(["up", "--yes", "--skip-preview"]);
    const refresh = await lab.run(["preview", "--refresh", "--run-program", "--expect-no-changes"]);
    return {
      hosts: workers + controlPlanes,
      up: figures(up),
      refresh: figures(refresh),
      stateBytes: await lab.stateBytes(),
    };
  });
}

/** The description without its cluster, with so many workers. Pure. */
export function metalOnly(datacenter: Record<string, unknown>, workers: number): Record<string, unknown> {
  const {
    palette: _palette,
    cluster: _cluster,
    storage: _storage,
    virtualization: _virtualization,
    ...metal
  } = datacenter;
  return {
    ...metal,
    networks: { ...(metal["networks"] as object), pods: "100.64.0.0/17", services: "100.64.128.0/18" },
    hosts: {
      "control-plane": { layout: "control-plane", machines: `cp-[1-${controlPlanes}]` },
      "worker-pool": { layout: "four-nic", machines: `worker-[1-${workers}]` },
    },
  };
}

function figures({ seconds, peakMemoryMebibytes, maas }: Measured): CommandFigures {
  return { ...requestFigures(maas), seconds, peakMemoryMebibytes };
}

/** How many operations are named for each command. */
const named = 6;

/** A table of what was measured, and where the time in MAAS went. Pure. */
export function maasTable(measured: Readonly<Record<string, MaasFigures>>): string {
  const rows = Object.entries(measured).flatMap(([workers, { hosts, up, refresh, stateBytes }]) => [
    row(workers, hosts, "first up", up, `${Math.round(stateBytes / 1024)} KiB of state`),
    row(workers, hosts, "refresh", refresh, ""),
  ]);
  const head = [
    "workers",
    "hosts",
    "command",
    "requests",
    "reads",
    "writes",
    "in flight",
    "seconds",
    "in MAAS",
    "MiB",
    "",
  ];
  const table = [head, ...rows].map((cells) =>
    cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const operations = Object.entries(measured).flatMap(([workers, { up, refresh }]) => [
    ...operationLines(`${workers} workers, first up`, up),
    ...operationLines(`${workers} workers, refresh`, refresh),
  ]);
  return [...table, ...operations].join("\n");
}

function operationLines(title: string, { operations, seconds, secondsInServer }: CommandFigures): string[] {
  const lines = Object.entries(operations)
    .slice(0, named)
    .map(
      ([name, { requests, seconds: taken }]) =>
        `${taken.toFixed(1).padStart(8)} s ${String(requests).padStart(5)}  ${name}`,
    );
  const outside = Math.max(0, Math.round((seconds - secondsInServer) * 10) / 10);
  return ["", `${title}: ${secondsInServer} s with MAAS at work, ${outside} s in the engine and the program`, ...lines];
}

const widths = [7, 5, 8, 8, 5, 6, 9, 7, 7, 5];

function row(workers: string, hosts: number, command: string, figures: CommandFigures, more: string): string[] {
  const { requests, reads, writes, inFlight, seconds, secondsInServer, peakMemoryMebibytes } = figures;
  const numbers = [requests, reads, writes, inFlight, seconds, secondsInServer, peakMemoryMebibytes];
  return [workers, String(hosts), command, ...numbers.map(String), more];
}
