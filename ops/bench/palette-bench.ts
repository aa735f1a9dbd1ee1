import { bucketOf } from "../../providers/palette/client/rate-limit";
import { withBenchLab } from "./bench-lab";
import { busiestSecond, type LoggedRequest } from "./request-figures";

/** Requests of one command to Palette. */
export interface PaletteCommand {
  readonly seconds: number;
  readonly requests: number;
  /** How often each operation was asked. */
  readonly operations: Readonly<Record<string, number>>;
  /** Each of Palette's rate limits that was touched, and the busiest second in it. */
  readonly limits: readonly { prefix: string; busiestSecond: number; perSecond: number; burst: number }[];
}

/** What the Palette layer costs: the first `up` of the `dev` stack, and a refresh without changes. */
export interface PaletteFigures {
  readonly up: PaletteCommand;
  readonly refresh: PaletteCommand;
}

/** Worker-class machines of the lab: those of the `dev` stack and some to spare. */
const workers = 9;

/** Measures the Palette layer on the whole `dev` stack. */
export async function benchPalette(): Promise<PaletteFigures> {
  return withBenchLab({ workers }, async (lab) => {
    const up = await lab.run(["up", "--yes", "--skip-preview"]);
    const refresh = await lab.run(["preview", "--refresh", "--run-program", "--expect-no-changes"]);
    return {
      up: paletteCommand(up.palette.requests, up.seconds),
      refresh: paletteCommand(refresh.palette.requests, refresh.seconds),
    };
  });
}

/** Counts the requests of one command. Pure. */
export function paletteCommand(requests: readonly LoggedRequest[], seconds: number): PaletteCommand {
  const operations = new Map<string, number>();
  const buckets = new Map<string, LoggedRequest[]>();
  for (const request of requests) {
    const operation = `${request.method} ${request.operation ?? request.path}`;
    operations.set(operation, (operations.get(operation) ?? 0) + 1);
    const { name } = bucketOf(request.path);
    buckets.set(name, [...(buckets.get(name) ?? []), request]);
  }
  const limits = [...buckets.values()].map((inBucket) => {
    const [first] = inBucket;
    const { name, rate } = bucketOf(first?.path ?? "");
    const prefix = name.replaceAll("\\", "").replace(/^\^/, "");
    return { prefix, busiestSecond: busiestSecond(inBucket), perSecond: rate.perSecond, burst: rate.burst };
  });
  const sorted = [...operations].sort(([, one], [, other]) => other - one);
  return { seconds, requests: requests.length, operations: Object.fromEntries(sorted), limits };
}

/** The figures for people. Pure. */
export function paletteText({ up, refresh }: PaletteFigures): string {
  return [...section("first up", up), "", ...section("refresh without changes", refresh)].join("\n");
}

function section(title: string, { seconds, requests, operations, limits }: PaletteCommand): string[] {
  return [
    `${title}: ${requests} requests to Palette in ${seconds} s`,
    ...Object.entries(operations).map(([operation, count]) => `${String(count).padStart(6)}  ${operation}`),
    ...limits.map(
      ({ prefix, busiestSecond: most, perSecond, burst }) =>
        `  ${prefix}: at most ${most} in one second; Palette serves ${perSecond} a second, ${burst} at once`,
    ),
  ];
}
