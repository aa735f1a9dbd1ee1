import { parseArgs, type ParseArgsConfig } from "node:util";
import { didYouMean } from "../stacks/description/did-you-mean";

/**
 * Reads a command's options and words.
 *
 * @param usage how the command is called; it stands below the error
 * @param config as for Node's `parseArgs`
 * @throws Error that names the option or word that the command does not understand
 */
export function readCommandLine<const T extends ParseArgsConfig>(
  usage: string,
  config: T,
): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (failure) {
    const problem = problemOf(failure, Object.keys(config.options ?? {}));
    if (problem === undefined) throw failure;
    throw new Error(`${problem}\n${usage}`, { cause: failure });
  }
}

/** What is wrong with a command line, in one sentence; undefined for an error of another kind. */
function problemOf(failure: unknown, options: readonly string[]): string | undefined {
  if (!(failure instanceof Error) || !("code" in failure)) return undefined;
  const [, quoted = ""] = /'([^']*)'/.exec(failure.message) ?? [];
  switch (failure.code) {
    case "ERR_PARSE_ARGS_UNKNOWN_OPTION": {
      const near = didYouMean(quoted.replace(/^-+/, ""), options);
      return `There is no option ${quoted}${near === undefined ? "." : `: did you mean --${near}?`}`;
    }
    case "ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL":
      return `"${quoted}" is one word too many: this command takes options only.`;
    case "ERR_PARSE_ARGS_INVALID_OPTION_VALUE": {
      const option = /--[\w-]+/.exec(quoted)?.[0] ?? quoted;
      const takesNone = failure.message.includes("does not take");
      return takesNone ? `${option} takes no value.` : `${option} needs a value behind it.`;
    }
    default:
      return undefined;
  }
}
