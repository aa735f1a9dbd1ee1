import { spawnSync } from "node:child_process";
import { startLab } from "../../lab/lab";
import { prepareLabStack } from "../lab-stack";
import { engineEnvironment, ensureToolchain } from "../setup/toolchain";
import { ownStackFile } from "../stack/described-stack";
import { labStack } from "../stack-name";

/**
 * The kubeconfig of a stack's cluster, from its outputs.
 *
 * @throws Error when the stack has none: metal only, or not built yet
 */
export async function stackKubeconfig(project: string, stack: string): Promise<string> {
  if (stack !== labStack) await ownStackFile(stack);
  const toolchain = await ensureToolchain(["pulumi"]);
  const prepared = stack === labStack ? await prepareLabStack(project, stack, await startLab()) : undefined;
  const pulumiHome = prepared?.environment["PULUMI_HOME"] ?? process.env["PULUMI_HOME"];
  const ran = spawnSync(
    toolchain.pulumi.bin,
    ["stack", "output", "kubeconfig", "--show-secrets", "--stack", stack, "--non-interactive"],
    {
      cwd: project,
      env: { ...process.env, ...engineEnvironment(toolchain, { pulumiHome }), ...prepared?.environment },
      encoding: "utf8",
    },
  );
  if (ran.status === 0 && ran.stdout.trim() !== "") return ran.stdout;
  throw new Error(
    `Stack "${stack}" has no kubeconfig: ${ran.stderr.trim().split("\n").at(-1) ?? "no reason given"}. ` +
      `Build its cluster first (pulumi up --stack ${stack}), or give --kubeconfig FILE.`,
  );
}
