/**
 * The engine's command line, safe to be run with its debug log: the log goes to standard error, where secrets can be masked, and not to a file
 * that everybody can read.
 *
 * @returns undefined when the command line asks for no debug log
 */
export function withDebugLogHere(args: readonly string[]): string[] | undefined {
  const own = args.includes("--") ? args.slice(0, args.indexOf("--")) : args;
  const asked = own.some((argument) =>
    /^(-v(=?\d+)?|--verbose(=\d+)?|--debug(=true)?|--logtostderr(=true)?)$/.test(argument),
  );
  if (!asked) return undefined;
  return own.some((argument) => argument.startsWith("--logtostderr")) ? [...args] : ["--logtostderr", ...args];
}
