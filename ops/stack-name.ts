/** The stack that runs against the lab. */
export const labStack = "dev";

/**
 * The stack that was named, else `PULUMI_STACK`, else `dev`. Fully qualified names (`organization/project/stack`) give their last part.
 */
export function stackNamed(given: string | undefined, environment: NodeJS.ProcessEnv = process.env): string {
  const name = given ?? environment["PULUMI_STACK"] ?? labStack;
  return name.split("/").at(-1) ?? name;
}

/**
 * The stack that a command line of the engine acts on: `--stack NAME`, `--stack=NAME`, `-s NAME`, the NAME of `stack init NAME` and
 * `stack rm NAME`, else as {@link stackNamed}. Undefined for commands that act on no stack (`login`, `stack ls`, `version`, `--help`).
 */
export function stackOf(args: readonly string[], environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const given = valueOf(args, ["--stack", "-s"]) ?? positionalStack(args);
  return given === undefined && isWithoutStack(args) ? undefined : stackNamed(given, environment);
}

/** Commands of the engine that act on no stack. */
const withoutStack = new Set(
  "about gen-completion help login logout new org package plugin policy schema template version whoami".split(" "),
);

function isWithoutStack(args: readonly string[]): boolean {
  const [command, subcommand] = args;
  if (command === undefined || withoutStack.has(command)) return true;
  if (args.some((argument) => argument === "--help" || argument === "-h") || command === "--version") return true;
  return command === "stack" && (subcommand === "ls" || subcommand === "select");
}

/** Sub-commands of `stack` that name their stack without an option. */
const namesStack = new Set(["init", "rm", "select", "new"]);
/** Their options that have a value, which is no stack's name. */
const valued = new Set(["--copy-config-from", "--secrets-provider", "--teams", "--color", "--cwd", "-C"]);

function positionalStack([command, subcommand, ...rest]: readonly string[]): string | undefined {
  if (command !== "stack" || subcommand === undefined || !namesStack.has(subcommand)) return undefined;
  return rest.find((argument, index) => !argument.startsWith("-") && !valued.has(rest[index - 1] ?? ""));
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

/** The stack's configuration file, when a command line names one. */
export function configurationFileOf(args: readonly string[]): string | undefined {
  return valueOf(args, ["--config-file"]);
}

/** Commands of the engine that read the stack's configuration file, and so take `--config-file`. */
const configured = new Set(["up", "update", "preview", "refresh", "destroy", "config", "watch", "import"]);

/**
 * The command line with the configuration file and the stack added where the command takes them and the caller gave none.
 */
export function withStack(
  args: readonly string[],
  stack: string | undefined,
  configurationFile: string | undefined,
): string[] {
  const [command, ...rest] = args;
  if (stack === undefined || command === undefined || command.startsWith("-")) return [...args];
  const added: string[] = [];
  const takesStack = configured.has(command) || ["stack", "state", "cancel", "logs", "env"].includes(command);
  const isNamed = (valueOf(args, ["--stack", "-s"]) ?? positionalStack(args)) !== undefined;
  if (takesStack && !isNamed && !isWithoutStack(args)) {
    added.push("--stack", stack);
  }
  if (configurationFile !== undefined && configured.has(command) && configurationFileOf(args) === undefined) {
    added.push("--config-file", configurationFile);
  }
  return [command, ...beforeOptions(command, rest, added)];
}

/** Options go behind a sub-command (`config set …`), but before `--`, behind which everything belongs to the value. */
function beforeOptions(command: string, rest: readonly string[], added: readonly string[]): string[] {
  const separator = rest.indexOf("--");
  if (separator >= 0) return [...rest.slice(0, separator), ...added, ...rest.slice(separator)];
  return command === "config" || command === "stack" || command === "state" ? [...rest, ...added] : [...added, ...rest];
}
