import { execFile, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { startLab } from "../lab/lab";
import { interruptVariable } from "../providers/dynamic/interruption";
import { STACK_FILE_VARIABLE } from "../stacks/description/stack-file-traps";
import { withDebugLogHere } from "./engine/debug-log";
import { withPrivateTemporaryFolder } from "./engine/private-temporary-folder";
import { runInForeground } from "./engine/run-in-foreground";
import { secretsInUse } from "./engine/secrets-in-use";
import { type LabStack, prepareLabStack } from "./lab-stack";
import { runCommand } from "./run-command";
import {
  downloadsReachable,
  engineEnvironment,
  ensureToolchain,
  installForOwnEngine,
  installKubernetesProvider,
  type Toolchain,
} from "./setup/toolchain";
import { consoleProgress } from "./setup/progress";
import { checkStackFile } from "./stack/check-stack-file";
import { configurationFileOf, labStack, stackOf, withStack } from "./stack-name";

/** The project's folder. */
const project = join(__dirname, "..");

/** A command line of the engine, ready to run. */
export interface EngineCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * Runs the engine as `npm run pulumi -- ARGS` does: with the toolchain that was found or built, and for stack `dev` with the lab's
 * addresses, keys, backend and passphrase. Other stacks use the operator's own backend, passphrase and keys. A debug log is shown with
 * the secrets masked.
 *
 * @returns the engine's exit code
 */
export async function pulumi(args: readonly string[], environment: NodeJS.ProcessEnv = process.env): Promise<number> {
  const command = await engineCommand(args, environment);
  const debugged = withDebugLogHere(command.args);
  const masked = debugged === undefined ? {} : { secrets: await secretsOf(args, environment) };
  return withPrivateTemporaryFolder((temporary) => {
    const interruptFile = join(temporary.TMPDIR, "interrupted");
    return runInForeground(command.program, debugged ?? command.args, {
      environment: { ...command.environment, ...temporary, [interruptVariable]: interruptFile },
      folder: project,
      interruptFile,
      ...masked,
    });
  });
}

async function secretsOf(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<string[]> {
  const stack = stackOf(args, environment);
  const which = stack === undefined ? [] : ["--stack", stack];
  const { environment: own } = await engineCommand(["config", ...which], environment);
  const { secrets, unread } = await secretsInUse(own, (command) => pulumiJson([...command, ...which], environment));
  const known = unread === undefined ? "of the stack and of the environment" : `of the environment only (${unread})`;
  console.error(`Debug log: shown here and kept in no file, with the secrets ${known} masked.`);
  return secrets;
}

/**
 * What the engine prints for a command, without showing it.
 *
 * @throws Error with the engine's own words when the command fails
 */
export async function pulumiText(
  args: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const command = await engineCommand(args, environment);
  const options = { cwd: project, env: command.environment, maxBuffer: 1024 ** 3 };
  const { stdout } = await promisify(execFile)(command.program, [...command.args], options);
  return stdout;
}

/** What the engine answers to a command that prints JSON (`stack export`, `stack output --json`). @throws as {@link pulumiText} */
export async function pulumiJson(
  args: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<unknown> {
  return JSON.parse(await pulumiText(args, environment)) as unknown;
}

/** Finds the toolchain, and for stack `dev` the lab, and puts the command line together. */
export async function engineCommand(
  args: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<EngineCommand> {
  const stack = stackOf(args, environment);
  if (stack !== labStack) return ownCommand(args, stack, environment);
  // A lab without Kubernetes would let an `up` wait for a cluster that cannot come.
  const toolchain = await ensureToolchain(runsProgram(args) ? undefined : ["pulumi", "kubernetesProvider"]);
  const program = toolchain.pulumi.bin;
  const folder = environment["VMO_METAL_LAB_DIR"];
  const lab = await startLab(folder === undefined ? {} : { folder });
  const prepared = await prepareLabStack(project, labStack, lab, environment);
  const pulumiHome = prepared.environment["PULUMI_HOME"] ?? "";
  await installKubernetesProvider(toolchain, pulumiHome);
  const own = {
    ...environment,
    ...engineEnvironment(toolchain, { pulumiHome }),
    ...prepared.environment,
    [STACK_FILE_VARIABLE]: resolve(project, configurationFileOf(args) ?? prepared.configurationFile),
  };
  if (!prepared.exists)
    initialise(toolchain, labStack, prepared, { maasApiKey: lab.maasApiKey, paletteApiKey: lab.paletteApiKey }, own);
  return { program, args: withStack(args, labStack, prepared.configurationFile), environment: own };
}

/** A command line for another stack than the lab's, or for none: with the operator's own backend, home folder, passphrase and keys. */
async function ownCommand(
  args: readonly string[],
  stack: string | undefined,
  environment: NodeJS.ProcessEnv,
): Promise<EngineCommand> {
  if (args[0] === "stack" && args[1] === "select") throw new Error(NOTHING_SELECTED);
  const toolchain = await ensureToolchain(["pulumi"]);
  const stackFile = resolve(project, configurationFileOf(args) ?? `Pulumi.${stack}.yaml`);
  if (runsProgram(args)) {
    await checkStackFile(project, stackFile);
    const provider = await ensureToolchain(["kubernetesProvider"]);
    await installForOwnEngine(provider, environment, downloadsReachable, (line) => {
      consoleProgress.say(line);
    });
  }
  const own = { ...environment, ...engineEnvironment(toolchain), [STACK_FILE_VARIABLE]: stackFile };
  return { program: toolchain.pulumi.bin, args: withStack(args, stack, undefined), environment: own };
}

const NOTHING_SELECTED =
  "npm run pulumi acts on the stack of --stack NAME, else of the variable PULUMI_STACK, else on dev (the lab); a selected stack does not count, " +
  "so that no command reaches a datacenter by accident. Next: export PULUMI_STACK=NAME, or add --stack NAME to each command.";

/** Whether a command runs the program or its providers. */
function runsProgram([command = ""]: readonly string[]): boolean {
  return ["up", "update", "preview", "refresh", "destroy", "import", "watch"].includes(command);
}

/** Passwords that the lab's stack needs; they open nothing but what the lab simulates. */
export const labSecrets = [
  "flashArrayApiToken",
  "grafanaAdminPassword",
  "windowsAdministratorPassword",
  "guestPassword",
];

/**
 * Creates the lab's stack in the lab's backend, from the lab's copy of the project file, with random passwords. The two API keys become stack
 * secrets too: the engine masks those in its own logs.
 */
function initialise(
  { pulumi: engine }: Pick<Toolchain, "pulumi">,
  stack: string,
  prepared: LabStack,
  keys: Readonly<Record<string, string>>,
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
  const random = labSecrets.map((key): [string, string] => [key, randomBytes(18).toString("base64url")]);
  for (const [key, value] of [...Object.entries(keys), ...random]) {
    run(["config", "set", "--secret", `vmo-metal:${key}`, "--stack", stack], value);
  }
}

if (require.main === module) runCommand(pulumi, 1);
