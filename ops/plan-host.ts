import { visible, visibleJson } from "../text/visible";
import { hostPlan, planText } from "./plan-host/host-plan";
import { readCommandLine } from "./command-line";
import { runCommand } from "./run-command";
import { describedStack } from "./stack/described-stack";
import { readMachines, readSnapshot } from "./stack/maas-machines";
import { stackNamed } from "./stack-name";

const USAGE = `usage: npm run plan-host -- HOST… [--stack NAME] [--snapshot FILE] [--json]
  Prints what pulumi up would do to the network of these hosts, call by call; all hosts without a name. Reads only.
  --stack NAME     whose description and MAAS; default PULUMI_STACK, else dev (the lab)
  --snapshot FILE  the machines out of a file (maas PROFILE machines read > FILE) instead of MAAS
  --json           one object for each host`;

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = readCommandLine(USAGE, {
    args: [...args],
    allowPositionals: true,
    options: {
      stack: { type: "string", short: "s" },
      snapshot: { type: "string" },
      json: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (values.help === true) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const stack = await describedStack(stackNamed(values.stack));
  const machines = values.snapshot === undefined ? await readMachines(stack) : await readSnapshot(values.snapshot);
  const names =
    positionals.length > 0
      ? positionals
      : stack.datacenter.hostGroups.flatMap((group) => group.hosts.map(({ name }) => name));
  const plans = names.map((name) => hostPlan(stack.datacenter, name, machines));
  const text = values.json === true ? visibleJson(plans, 2) : visible(plans.map(planText).join("\n\n"));
  process.stdout.write(`${text}\n`);
  return 0;
}

runCommand(main, 1);
