import { parseArgs, type ParseArgsConfig } from "node:util";

/** One command of `npm run lab -- <name> …`. */
export interface LabCommand {
  /** How it is called, behind the name. */
  usage: string;
  /** What it does, one line. */
  description: string;
  /** Further lines of its own `--help`. */
  help?: readonly string[];
  /** Carries it out; prints to standard output. */
  run(args: string[]): Promise<void>;
}

/** A command line that no command understands; its text is the whole explanation. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/**
 * The options of a command line that has no words of its own.
 * @throws UsageError naming what the command does not understand.
 */
export function readOptions<const T extends Options>(args: string[], options: T): ReturnType<typeof parse<T>> {
  try {
    return parse(args, options);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const [what = ""] = error.message.split(/\. |\n/);
    throw new UsageError(what);
  }
}

type Options = NonNullable<ParseArgsConfig["options"]>;

function parse<const T extends Options>(args: string[], options: T) {
  return parseArgs({ args, options }).values;
}

/** `key=value …` as an object; numbers and true/false as such. */
export function readPairs(args: string[]): Record<string, string | number | boolean> {
  return Object.fromEntries(
    args.map((argument): [string, string | number | boolean] => {
      const separator = argument.indexOf("=");
      if (separator < 1) throw new UsageError(`"${argument}" is not KEY=VALUE`);
      return [argument.slice(0, separator), plainValue(argument.slice(separator + 1))];
    }),
  );
}

function plainValue(text: string): string | number | boolean {
  if (text === "true" || text === "false") return text === "true";
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
