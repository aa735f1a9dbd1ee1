import { visible } from "../text/visible";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import type { MachineAnswer } from "../providers/maas/client/machine-types";
import { topologyPage } from "./report/page";
import { topology, type Topology } from "./report/topology";
import { readCommandLine } from "./command-line";
import { runCommand } from "./run-command";
import { type DescribedStack, describedStack } from "./stack/described-stack";
import { readMachines, readSnapshot } from "./stack/maas-machines";
import { stackNamed } from "./stack-name";

const USAGE = `usage: npm run report -- [--stack NAME] [--snapshot FILE | --offline] [--out FILE]
  Draws a datacenter as one HTML page: every host with its NICs, bonds, bridge and VLANs, and how it stands against its description. Reads only.
  --stack NAME     whose description and MAAS; default PULUMI_STACK, else dev (the lab)
  --snapshot FILE  the machines out of a file (maas PROFILE machines read > FILE) instead of MAAS
  --offline        the description alone
  --out FILE       where to; default reports/topology.html`;

const project = join(__dirname, "..");

async function main(args: readonly string[]): Promise<number> {
  const { values } = readCommandLine(USAGE, {
    args: [...args],
    options: {
      stack: { type: "string", short: "s" },
      snapshot: { type: "string" },
      offline: { type: "boolean", default: false },
      out: { type: "string", default: join(project, "reports", "topology.html") },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const stack = await describedStack(stackNamed(values.stack));
  const { machines, source } = await inventory(stack, values.offline, values.snapshot);
  const file = resolve(values.out);
  await mkdir(dirname(file), { recursive: true });
  const site = topology(stack.datacenter, machines);
  await writeFile(file, topologyPage(site, source));
  process.stdout.write(visible(`${standing(site)}\nThe page: ${relative(process.cwd(), file)}\n`));
  return 0;
}

/** How the hosts stand, in one line. */
function standing({ datacenter, pools }: Topology): string {
  const hosts = pools.flatMap((pool) => pool.hosts);
  const others = hosts.filter(({ state }) => state !== "as described" && state !== "unknown");
  const names = others.map(({ name, state }) => `${name} (${state})`).join(", ");
  const looked = hosts.some(({ state }) => state !== "unknown");
  const count = `Datacenter ${datacenter}: ${hosts.length} hosts`;
  if (!looked) return `${count}, drawn from the description alone.`;
  return others.length === 0 ? `${count}, all as described.` : `${count}, not as described: ${names}.`;
}

async function inventory(
  stack: DescribedStack,
  offline: boolean,
  snapshot: string | undefined,
): Promise<{ machines: readonly MachineAnswer[] | undefined; source: string }> {
  if (offline) return { machines: undefined, source: "As described; MAAS was not asked." };
  if (snapshot !== undefined) {
    return { machines: await readSnapshot(snapshot), source: `Description and the machines in ${snapshot}` };
  }
  const when = new Date().toISOString().slice(0, 16).replace("T", " ");
  return {
    machines: await readMachines(stack),
    source: `Description and MAAS ${stack.datacenter.maas?.url ?? ""}, ${when} UTC`,
  };
}

runCommand(main, 1);
