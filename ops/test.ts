import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "./run-command";
import { closingLines, type StepResult } from "./test/closing-lines";
import type { TestCounts } from "./test/counting-reporter";

const project = join(__dirname, "..");

/** One step of `npm test`: a check that passes or fails as a whole, or a layer of tests with how it is shown. */
interface Step {
  readonly name: string;
  /** The package script that runs it alone. */
  readonly script: string;
  /** Mocha's reporter for a layer of tests; absent for a check, which counts as one test. */
  readonly show?: "dot" | "spec";
}

/** Quick and telling ones first; the engine's, which take minutes, last. */
const steps: readonly Step[] = [
  { name: "lint", script: "lint" },
  { name: "type-check", script: "typecheck" },
  { name: "unit", script: "test:unit", show: "dot" },
  { name: "program", script: "test:program", show: "dot" },
  { name: "simulator", script: "test:simulator", show: "dot" },
  { name: "engine", script: "test:engine", show: "spec" },
];

/**
 * `npm test [-- STEP…]`: runs all steps, or the named ones, one after the other, also when one fails.
 *
 * @returns 0 when nothing failed
 */
async function test(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) {
    throw new Error(`npm test has no step ${unknown.join(", ")}; it has ${steps.map(({ name }) => name).join(", ")}`);
  }
  const wanted = names.length === 0 ? steps : steps.filter(({ name }) => names.includes(name));
  const folder = await mkdtemp(join(tmpdir(), "vmo-metal-test-"));
  const results: StepResult[] = [];
  try {
    for (const [index, step] of wanted.entries()) {
      say(`\n[${index + 1}/${wanted.length}] ${step.name} (npm run ${step.script})`);
      const begun = Date.now();
      const counts = await run(step, join(folder, `${step.name}.json`));
      results.push({ name: step.name, seconds: (Date.now() - begun) / 1000, counts });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  say(`\n${closingLines(results)}`);
  return results.some(({ counts }) => counts.failed > 0) ? 1 : 0;
}

async function run({ script, show }: Step, countsFile: string): Promise<TestCounts> {
  const reporter = show === undefined ? [] : ["--", "--reporter", join(project, "ops", "test", "counting-reporter.ts")];
  const options = show === undefined ? [] : ["--reporter-option", `base=${show},counts=${countsFile}`];
  const code = await npm(["run", "--silent", script, ...reporter, ...options]);
  const counts = show === undefined ? { passed: 1, failed: 0, skipped: 0 } : readCounts(countsFile);
  if (code === 0 && counts !== undefined) return counts;
  // A check that fails, and a layer that ends without its counts or badly though no test failed, is one failure.
  const { passed, failed, skipped } =
    show === undefined || counts === undefined ? { passed: 0, failed: 0, skipped: 0 } : counts;
  return { passed, failed: Math.max(1, failed), skipped };
}

/** Undefined when the run ended before its end. */
function readCounts(file: string): TestCounts | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as TestCounts;
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw failure;
  }
}

function npm(args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    // Through a shell on Windows, where npm is a command file.
    const child = spawn("npm", args, { cwd: project, stdio: "inherit", shell: process.platform === "win32" });
    child.once("error", reject);
    child.once("close", (code) => {
      resolve(code ?? 1);
    });
  });
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

runCommand(test, 2);
