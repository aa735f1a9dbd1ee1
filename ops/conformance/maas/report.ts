import type { Difference } from "./compare";

/** How one recorded line came out. */
export type Outcome = "agree" | "disagree" | "not served";

/** One checked line. */
export interface Result {
  seq: number;
  /** "POST /nodes/:id/interfaces/?op=create_bond". */
  endpoint: string;
  note: string;
  outcome: Outcome;
  differences: Difference[];
  /** Agrees, with a list that has no order in another order than recorded. */
  reordered: boolean;
  /** Headers that are not the recorded ones; they do not count. */
  headers: string[];
}

/** A replay's results. */
export interface Report {
  exchanges: Result[];
  /** Condensed re-reads, checked and counted apart. */
  observations: Result[];
}

function count(results: readonly Result[], outcome: Outcome): number {
  return results.filter((result) => result.outcome === outcome).length;
}

function totals(results: readonly Result[]): string {
  return `${count(results, "agree")} agree, ${count(results, "disagree")} disagree`;
}

function disagreement(result: Result): string[] {
  const shown = result.differences
    .slice(0, 6)
    .flatMap((difference) => [
      `    at ${difference.at === "" ? "the body" : difference.at}`,
      `      recorded:  ${difference.recorded}`,
      `      simulated: ${difference.simulated}`,
    ]);
  const more = result.differences.length > 6 ? [`    … and ${result.differences.length - 6} more`] : [];
  return [`  line ${result.seq}: ${result.note}`, ...shown, ...more];
}

function endpointLines(results: readonly Result[]): string[] {
  const endpoints = [...new Set(results.map((result) => result.endpoint))].sort();
  return endpoints.flatMap((endpoint) => {
    const own = results.filter((result) => result.endpoint === endpoint);
    const unserved = count(own, "not served");
    const served = unserved === 0 ? "" : `, ${unserved} not served`;
    const wrong = own.filter((result) => result.outcome === "disagree");
    return [`${endpoint}: ${totals(own)}${served}`, ...wrong.flatMap(disagreement)];
  });
}

function headerLines(exchanges: readonly Result[]): string[] {
  const others = exchanges.filter((result) => result.outcome === "agree" && result.headers.length > 0);
  const shown = others.slice(0, 5).map((result) => `  line ${result.seq}: ${result.headers.join("; ")}`);
  return [`${others.length} exchanges agree with other headers`, ...shown];
}

/** The report as lines of text; the last is the sum. */
export function reportLines(report: Report): string[] {
  const { exchanges, observations } = report;
  return [
    ...endpointLines(exchanges),
    ...observations.filter((result) => result.outcome !== "agree").flatMap(disagreement),
    ...headerLines(exchanges),
    `${exchanges.filter((result) => result.reordered).length} exchanges agree with a list in another order (where none is asked for)`,
    `${observations.length} observations (re-reads beside the exchanges, not counted among them): ${totals(observations)}`,
    `${exchanges.length} exchanges: ${totals(exchanges)}, ${count(exchanges, "not served")} not served`,
  ];
}

/** Whether nothing disagrees. */
export function agrees(report: Report): boolean {
  return [...report.exchanges, ...report.observations].every((result) => result.outcome !== "disagree");
}
