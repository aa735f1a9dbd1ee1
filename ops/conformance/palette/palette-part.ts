import { checkExchange } from "./check-exchange";
import type { Verdict } from "./check-exchange";
import { readExchanges } from "./exchange";
import type { Specification } from "./specification";

/** The sums of a conformance check. */
export interface PaletteConformance {
  exchanges: number;
  agree: number;
  disagree: number;
  notServed: number;
  /** Operations of the document of which the recording has a served exchange. */
  operationsCovered: number;
  /** Operations of the document. */
  operations: number;
}

/**
 * Holds a recording of the Palette simulator to Palette's own description: every request and every 2xx answer. Prints one line
 * per operation, each distinct disagreement below it, the number of operations covered, and
 * `N exchanges: N agree, N disagree, N not served`.
 * @param specification the Palette API's own description.
 * @param exchangesFile recording, one exchange a line.
 * @param print takes one line.
 * @throws Error when a file cannot be read.
 */
export function palettePart(
  specification: Specification,
  exchangesFile: string,
  print: (line: string) => void,
): PaletteConformance {
  const verdicts = readExchanges(exchangesFile).map((exchange) => checkExchange(specification, exchange));
  for (const [operation, group] of byOperation(verdicts)) {
    print(`${operation}: ${tally(group)}`);
    for (const problem of new Set(group.flatMap((verdict) => verdict.problems))) print(`  ${problem}`);
  }
  const sums = sumUp(specification, verdicts);
  print(`${sums.operationsCovered} of ${sums.operations} operations covered`);
  print(`${sums.exchanges} exchanges: ${sums.agree} agree, ${sums.disagree} disagree, ${sums.notServed} not served`);
  return sums;
}

function byOperation(verdicts: readonly Verdict[]): [string, Verdict[]][] {
  const groups = new Map<string, Verdict[]>();
  for (const verdict of verdicts) groups.set(verdict.operation, [...(groups.get(verdict.operation) ?? []), verdict]);
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1));
}

function tally(verdicts: readonly Verdict[]): string {
  return (["agree", "disagree", "not served"] as const)
    .map((outcome) => [outcome, verdicts.filter((verdict) => verdict.outcome === outcome).length] as const)
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${count} ${outcome}`)
    .join(", ");
}

function sumUp(specification: Specification, verdicts: readonly Verdict[]): PaletteConformance {
  const count = (outcome: Verdict["outcome"]): number =>
    verdicts.filter((verdict) => verdict.outcome === outcome).length;
  const covered = verdicts.filter((verdict) => verdict.known && verdict.outcome !== "not served");
  return {
    exchanges: verdicts.length,
    agree: count("agree"),
    disagree: count("disagree"),
    notServed: count("not served"),
    operationsCovered: new Set(covered.map((verdict) => verdict.operation)).size,
    operations: specification.operations.length,
  };
}
