import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { parse } from "yaml";
import { startLab } from "../../lab/lab";
import { keySecret, keyVariable, type KeyedApi } from "../../providers/dynamic/configuration";
import type { Datacenter } from "../../stacks/description/datacenter";
import { formatProblems } from "../../stacks/description/problem";
import { readDatacenter } from "../../stacks/description/read-datacenter";
import { prepareLabStack } from "../lab-stack";
import { pulumiText } from "../pulumi";
import { checkStackFile } from "./check-stack-file";
import { labStack } from "../stack-name";

const project = join(__dirname, "..", "..");

/** A stack's description, for commands that look at a datacenter without the engine. */
export interface DescribedStack {
  readonly name: string;
  /** The stack file that was read. */
  readonly file: string;
  readonly datacenter: Datacenter;
  /** The key of an API: from the environment, else the stack's secret; undefined when neither is set. */
  readonly key: (api: KeyedApi) => Promise<string | undefined>;
}

/**
 * Reads the description of a stack. For `dev` the lab is started, or found running, and its addresses and keys are used.
 *
 * @throws Error that names the stack file, when there is none or when it cannot be read
 */
export async function describedStack(name: string): Promise<DescribedStack> {
  const { file, environment } = await stackFile(name);
  const datacenter = await describedIn(file);
  return {
    name,
    file,
    datacenter,
    key: async (api) => {
      const fromEnvironment = environment[keyVariable(datacenter.name, api)]?.trim();
      if (fromEnvironment) return fromEnvironment;
      const kept = (await readStackFile(file)).config[keySecret(api)];
      return kept === undefined
        ? undefined
        : (await pulumiText(["config", "get", keySecret(api), "--stack", name])).trim();
    },
  };
}

/** The description in a stack file. */
export async function describedIn(file: string): Promise<Datacenter> {
  const reading = readDatacenter((await readStackFile(file)).config["vmo-metal:datacenter"]);
  if (!reading.ok) throw new Error(`${basename(file)} cannot be used as it is:\n${formatProblems(reading.problems)}`);
  return reading.datacenter;
}

async function stackFile(name: string): Promise<{ file: string; environment: NodeJS.ProcessEnv }> {
  if (name === labStack) {
    const prepared = await prepareLabStack(project, name, await startLab());
    return { file: prepared.configurationFile, environment: prepared.environment };
  }
  return { file: await ownStackFile(name), environment: process.env };
}

/**
 * The stack file of a stack other than the lab's.
 *
 * @throws Error that names the file and the fix when there is none, or the engine would stumble over it
 */
export async function ownStackFile(name: string): Promise<string> {
  const file = join(project, `Pulumi.${name}.yaml`);
  if (!existsSync(file)) {
    throw new Error(
      `Stack "${name}" has no stack file ${basename(file)} beside Pulumi.yaml. Copy one from stacks/examples/ and describe the datacenter in it.`,
    );
  }
  await checkStackFile(project, file);
  return file;
}

async function readStackFile(file: string): Promise<{ config: Record<string, unknown> }> {
  const content: unknown = parse(await readFile(file, "utf8"));
  const config = typeof content === "object" && content !== null && "config" in content ? content.config : undefined;
  return { config: typeof config === "object" && config !== null ? (config as Record<string, unknown>) : {} };
}
