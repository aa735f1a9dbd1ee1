import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { startLab } from "../lab/lab";
import { runInForeground } from "./engine";
import { type LabStack, prepareLabStack } from "./lab-stack";
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
  if (!prepared.exists) initialise(toolchain, stack, prepared, own);
  return runInForeground(toolchain.pulumi.bin, withStack(args, stack, prepared.configurationFile), own, project);
}

/** Passwords that the lab's stack needs; they open nothing but what the lab simulates. */
const labSecrets = ["flashArrayApiToken", "grafanaAdminPassword", "windowsAdministratorPassword", "guestPassword"];

/** Creates the lab's stack in the lab's backend, from the lab's copy of the project file, with random passwords. */
function initialise(
  { pulumi: engine }: Pick<Toolchain, "pulumi">,
  stack: string,
  prepared: LabStack,
  environment: NodeJS.ProcessEnv,
): void {
  const run = (args: readonly string[], input?: string): void => {
    const options = {
      cwd: prepared.folder,
      env: environment,
      encoding: "utf8",
      ...(input === undefined ? {} : { input }),
    } as const;
    const made = spawnSync(engine.bin, [...args, "--non-interactive"], options);
    if (made.status === 0) return;
    const reason = made.stderr.trim() || (made.error?.message ?? "no reason given");
    throw new Error(`The lab's stack "${stack}" could not be created: ${reason}`);
  };
  run(["stack", "init", stack, "--secrets-provider", "passphrase"]);
  for (const key of labSecrets) {
    run(["config", "set", "--secret", `vmo-metal:${key}`, "--stack", stack], randomBytes(18).toString("base64url"));
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
