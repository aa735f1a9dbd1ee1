import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { startLab } from "../lab/lab";
import { runInForeground } from "./engine";
import { prepareLabStack } from "./lab-stack";
import { engineEnvironment, ensureToolchain, installKubernetesProvider, type Toolchain } from "./setup/toolchain";
import { labStack, stackOf, withStack } from "./stack-name";

/** The project's folder. */
const project = join(__dirname, "..");

/**
 * Runs the engine as `npm run pulumi -- ARGS` does: with the toolchain that was found or built, and for stack `dev` with the lab's
 * addresses, keys, backend and passphrase. Other stacks use the operator's own backend, passphrase and keys.
 *
 * @returns the engine's exit code
 */
export async function pulumi(args: readonly string[], environment: NodeJS.ProcessEnv = process.env): Promise<number> {
  const toolchain = await ensureToolchain(["pulumi", "kubernetesProvider"]);
  const stack = stackOf(args, environment);
  if (stack !== labStack) {
    const own = { ...environment, ...engineEnvironment(toolchain, { pulumiHome: environment["PULUMI_HOME"] }) };
    return runInForeground(toolchain.pulumi.bin, withStack(args, stack, undefined), own, project);
  }
  const lab = await startLab();
  const prepared = await prepareLabStack(project, stack, lab);
  const pulumiHome = prepared.environment["PULUMI_HOME"] ?? "";
  await installKubernetesProvider(toolchain, pulumiHome);
  const own = { ...environment, ...engineEnvironment(toolchain, { pulumiHome }), ...prepared.environment };
  if (!prepared.exists) initialise(toolchain, stack, prepared.folder, own);
  return runInForeground(toolchain.pulumi.bin, withStack(args, stack, prepared.configurationFile), own, project);
}

/** Creates the lab's stack in the lab's backend, from the lab's copy of the project file. */
function initialise(toolchain: Pick<Toolchain, "pulumi">, stack: string, folder: string, environment: NodeJS.ProcessEnv): void {
  const made = spawnSync(
    toolchain.pulumi.bin,
    ["stack", "init", stack, "--secrets-provider", "passphrase", "--non-interactive"],
    { cwd: folder, env: environment, encoding: "utf8" },
  );
  if (made.status !== 0) {
    throw new Error(`The lab's stack "${stack}" could not be created: ${made.stderr.trim() || made.error?.message}`);
  }
}

if (require.main === module) {
  pulumi(process.argv.slice(2)).then(
    (code) => {
      process.exitCode = code;
    },
    (failure: unknown) => {
      console.error(failure instanceof Error ? failure.message : failure);
      process.exitCode = 1;
    },
  );
}
