import { spawn } from "node:child_process";
import { constants } from "node:os";
import { withPrivateTemporaryFolder } from "../engine/private-temporary-folder";
import { engineCommand } from "../pulumi";
import { type PreviewDigest, readPreviewDigest } from "./preview-digest";

/** The engine's exit code when nothing was expected to change and something would. */
const CHANGES = 7;

/** How the comparison of a stack with its description ended. */
export type PreviewResult =
  | { readonly ended: "compared"; readonly drift: boolean; readonly digest: PreviewDigest }
  | { readonly ended: "failed"; readonly exitCode: number; readonly message: string };

/**
 * Reads everything that a stack has made and compares it with the description: `pulumi preview --refresh --run-program`, with today's
 * keys, changing nothing and taking no lock. Whether there is drift says the engine's exit code, never a text.
 */
export async function previewWithRefresh(stack: string): Promise<PreviewResult> {
  const args = "preview --refresh --run-program --expect-no-changes --json --non-interactive --stack".split(" ");
  const { program, args: complete, environment } = await engineCommand([...args, stack]);
  const { exitCode, stdout, stderr } = await withPrivateTemporaryFolder((temporary) =>
    run(program, complete, { ...environment, ...temporary }),
  );
  if (exitCode === 0 || exitCode === CHANGES) {
    return { ended: "compared", drift: exitCode === CHANGES, digest: readPreviewDigest(stdout) };
  }
  return { ended: "failed", exitCode, message: failure(stdout) ?? stderr.trim() };
}

/** What the engine says of a preview that failed: it prints its digest then too, with errors in it. */
function failure(stdout: string): string | undefined {
  if (!stdout.trimStart().startsWith("{")) return undefined;
  const { diagnostics } = readPreviewDigest(stdout);
  const errors = diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message.trim());
  return errors.length === 0 ? undefined : errors.join("\n");
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
