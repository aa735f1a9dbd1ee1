import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import {
  FINDINGS_VARIABLE,
  RUN_REPORT_VARIABLE,
  resourceFindingsFile,
  SKIP_UNREACHABLE_VARIABLE,
} from "../../providers/dynamic/report-mode";
import { readResourceFindings } from "../../providers/dynamic/resource-findings";
import { readRunReport } from "../../stacks/run-report/run-report";
import { withPrivateTemporaryFolder } from "../engine/private-temporary-folder";
import { type EngineCommand, engineCommand } from "../pulumi";
import { emptyDigest, type PreviewDigest, readPreviewDigest } from "./preview-digest";
import { typeOf } from "./resource-identity";
import type { StackCheck } from "./stack-check";

/** The engine's exit code when nothing was expected to change and something would. */
const CHANGES = 7;

/** Each may name further resources that another package's provider cannot read; more are not worth the time. */
const ATTEMPTS = 4;

/**
 * Reads everything that a stack has made and compares it with the description: `pulumi preview --refresh --run-program`, with today's keys, changing
 * nothing and taking no lock. Errors that a preview can go on without are reported, not thrown. Whether there is drift says the engine's exit code,
 * never a text.
 *
 * A resource of another package that its provider cannot read ends the engine's preview; it is left out of the next attempt.
 */
export async function previewWithRefresh(stack: string, time: string): Promise<StackCheck> {
  const args = "preview --refresh --run-program --expect-no-changes --json --non-interactive --stack".split(" ");
  const excluded = new Map<string, string>();
  for (let attempt = 1; ; attempt += 1) {
    const without = [...excluded.keys()].flatMap((urn) => ["--exclude", urn]);
    const check = await attemptPreview(await engineCommand([...args, stack, ...without]), { stack, time, excluded });
    const failing = check.error === null ? [] : unreadableByOthers(check.digest);
    const further = failing.filter(({ urn }) => !excluded.has(urn));
    if (further.length === 0 || attempt === ATTEMPTS) return check;
    for (const { urn, message } of further) excluded.set(urn, message);
  }
}

/** Errors about single resources of other packages; those of our providers are findings already. */
function unreadableByOthers({ diagnostics }: PreviewDigest): { urn: string; message: string }[] {
  return diagnostics.flatMap(({ severity, urn = "", message }) =>
    severity === "error" && urn !== "" && !/^(pulumi-nodejs|vmo-metal|pulumi):/.test(typeOf(urn))
      ? [{ urn, message }]
      : [],
  );
}

async function attemptPreview(
  { program, args, environment }: EngineCommand,
  check: Pick<StackCheck, "stack" | "time" | "excluded">,
): Promise<StackCheck> {
  const folder = await mkdtemp(join(tmpdir(), "vmo-metal-drift-"));
  const report = join(folder, "run.json");
  try {
    const { exitCode, stdout, stderr } = await withPrivateTemporaryFolder((temporary) =>
      run(program, args, {
        ...environment,
        ...temporary,
        [RUN_REPORT_VARIABLE]: report,
        [FINDINGS_VARIABLE]: "report",
        // Objects on a cluster that cannot be reached are reported as not read, by what the program found out about it.
        [SKIP_UNREACHABLE_VARIABLE]: "true",
      }),
    );
    const compared = exitCode === 0 || exitCode === CHANGES;
    const digest = stdout.trimStart().startsWith("{") ? readPreviewDigest(stdout) : emptyDigest;
    return {
      ...check,
      drift: exitCode === CHANGES,
      error: compared ? null : failureText(digest, stderr, exitCode),
      digest,
      run: readRunReport(await contentOf(report)),
      resourceFindings: readResourceFindings(await contentOf(resourceFindingsFile(report))),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The engine's words for a preview that failed. */
function failureText({ diagnostics }: PreviewDigest, stderr: string, exitCode: number): string {
  const errors = diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message.trim());
  return errors.join("\n") || stderr.trim() || `the engine ended with exit code ${exitCode}`;
}

/** Empty for a file that nobody wrote. */
async function contentOf(file: string): Promise<string> {
  return existsSync(file) ? readFile(file, "utf8") : "";
}

interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(program: string, args: readonly string[], environment: NodeJS.ProcessEnv): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: environment, stdio: ["ignore", "pipe", "pipe"] });
    const texts = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (texts.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (texts.stderr += text));
    child.once("error", reject);
    child.once("close", (code, signal) => {
      resolve({ exitCode: code ?? 128 + (signal === null ? 0 : constants.signals[signal]), ...texts });
    });
  });
}
