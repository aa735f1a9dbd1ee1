import type { TestCounts } from "./counting-reporter";
import { duration } from "../start/duration";

/** How one step of `npm test` ended. */
export interface StepResult {
  readonly name: string;
  readonly seconds: number;
  readonly counts: TestCounts;
}

/** What `npm test` ends with: a line for each step, and the sums as the very last line. Pure. */
export function closingLines(results: readonly StepResult[]): string {
  const width = Math.max(0, ...results.map(({ name }) => name.length));
  const lines = results.map(
    ({ name, seconds, counts }) =>
      `${counts.failed === 0 ? "ok    " : "FAILED"}  ${name.padEnd(width)}  ${countsText(counts)}  (${duration(seconds)})`,
  );
  return [...lines, countsText(sum(results.map(({ counts }) => counts)))].join("\n");
}

function sum(all: readonly TestCounts[]): TestCounts {
  return {
    passed: all.reduce((total, { passed }) => total + passed, 0),
    failed: all.reduce((total, { failed }) => total + failed, 0),
    skipped: all.reduce((total, { skipped }) => total + skipped, 0),
  };
}

function countsText({ passed, failed, skipped }: TestCounts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
