import { visible } from "../text/visible";
import { byHandCommands } from "./commands/by-hand";
import { UsageError, type LabCommand } from "./commands/command";
import { environmentCommand } from "./commands/environment";
import { faultsCommand } from "./commands/faults";
import { lifeCommands } from "./commands/life";
import { moreCommands } from "./commands/more";
import { statusCommand } from "./commands/status";

const COMMANDS: Record<string, LabCommand> = {
  ...lifeCommands,
  status: statusCommand,
  env: environmentCommand,
  faults: faultsCommand,
  ...byHandCommands,
  ...moreCommands,
};

/** `npm run lab [-- COMMAND …]`: without a command, starts the lab. Answers the exit code. */
export async function main([name = "start", ...args]: string[]): Promise<number> {
  if (name === "help" || name === "--help") {
    console.log(helpText());
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command !== undefined && args.includes("--help")) {
    const { usage, description, help = [] } = command;
    console.log([`usage: npm run lab -- ${`${name} ${usage}`.trim()}`, description, ...help].join("\n"));
    return 0;
  }
  try {
    if (command === undefined) throw new UsageError(`the lab has no command "${name}"\n${helpText()}`);
    await command.run(args);
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? visible(error.message) : error);
    if (error instanceof UsageError && command !== undefined) {
      console.error(`usage: npm run lab -- ${name} ${command.usage}`);
    }
    return 1;
  }
}

function helpText(): string {
  const lines = Object.entries(COMMANDS).map(
    ([name, { usage, description }]) => `  ${`${name} ${usage}`.trim()}\n      ${description}`,
  );
  return [
    "npm run lab [-- COMMAND]: a datacenter in a box (MAAS, Palette, Kubernetes) on this machine",
    ...lines,
    "Folder: VMO_METAL_LAB_DIR, default .lab. More: docs/lab.md",
  ].join("\n");
}

if (require.main === module) {
  void main(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
}
