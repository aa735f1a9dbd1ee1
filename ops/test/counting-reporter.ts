import { writeFileSync } from "node:fs";
import Mocha from "mocha";

/** How the tests of a layer ended. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * Mocha's own reporter (option `base`, a name such as `dot` or `spec`) that also writes the counts as JSON to the file of option
 * `counts`, so that the counts of several runs can be added up.
 */
class CountingReporter {
  private readonly base: Mocha.reporters.Base;

  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    const { base, counts } = options.reporterOptions as { base: "dot" | "spec"; counts: string };
    this.base = base === "dot" ? new Mocha.reporters.Dot(runner, options) : new Mocha.reporters.Spec(runner, options);
    const { EVENT_RUN_END } = Mocha.Runner.constants;
    runner.once(EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.base.stats;
      const result: TestCounts = { passed: passes, failed: failures, skipped: pending };
      writeFileSync(counts, JSON.stringify(result));
    });
  }
}

export default CountingReporter;
