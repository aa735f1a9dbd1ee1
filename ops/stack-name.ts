/** The stack that runs against the lab. */
export const labStack = "dev";

/**
 * The stack that a command line of the engine acts on: `--stack NAME`, `--stack=NAME`, `-s NAME`, else `PULUMI_STACK`, else `dev`.
 * Fully qualified names (`organization/project/stack`) give their last part.
 */
export function stackOf(args: readonly string[], environment: NodeJS.ProcessEnv = process.env): string {
  const named = valueOf(args, ["--stack", "-s"]) ?? environment["PULUMI_STACK"] ?? labStack;
  return named.split("/").at(-1) ?? named;
}

/** The value of the first of these options that is given, as `--option value` or `--option=value`. */
function valueOf(args: readonly string[], options: readonly string[]): string | undefined {
  for (const [index, argument] of args.entries()) {
    if (argument === "--") return undefined;
    for (const option of options) {
      if (argument === option) return args[index + 1];
      if (argument.startsWith(`${option}=`)) return argument.slice(option.length + 1);
    }
  }
  return undefined;
}

/** Commands of the engine that read the stack's configuration file, and so take `--config-file`. */
const configured = new Set(["up", "update", "preview", "refresh", "destroy", "config", "watch", "import"]);

/**
 * The command line with the configuration file and the stack added where the command takes them and the caller gave none.
 */
export function withStack(args: readonly string[], stack: string, configurationFile: string | undefined): string[] {
  const [command, ...rest] = args;
  if (command === undefined || command.startsWith("-")) return [...args];
  const added: string[] = [];
  const takesStack = configured.has(command) || ["stack", "state", "cancel", "logs", "env"].includes(command);
  if (takesStack && !isStackManagement(args) && valueOf(args, ["--stack", "-s"]) === undefined) {
    added.push("--stack", stack);
  }
  if (configurationFile !== undefined && configured.has(command) && valueOf(args, ["--config-file"]) === undefined) {
    added.push("--config-file", configurationFile);
  }
  return [command, ...beforeOptions(command, rest, added)];
}

/** `stack ls`, `stack init`, `stack select` and `stack new` name their stack otherwise, or none. */
function isStackManagement(args: readonly string[]): boolean {
  return args[0] === "stack" && ["ls", "init", "select", "new"].includes(args[1] ?? "");
}

/** Options go behind a sub-command (`config set …`), but before `--`, behind which everything belongs to the value. */
function beforeOptions(command: string, rest: readonly string[], added: readonly string[]): string[] {
  const separator = rest.indexOf("--");
  if (separator >= 0) return [...rest.slice(0, separator), ...added, ...rest.slice(separator)];
  return command === "config" || command === "stack" || command === "state" ? [...rest, ...added] : [...added, ...rest];
}
