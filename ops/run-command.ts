import { visible } from "../text/visible";
import { failureText } from "./failure-text";

/**
 * Runs a command as this process's program: with the arguments that it was started with, its code as the exit code. An error is told by its
 * message, without a stack trace.
 *
 * @param failed exit code after an error: one that the command does not answer itself with another meaning
 */
export function runCommand(command: (args: readonly string[]) => Promise<number>, failed: number): void {
  command(process.argv.slice(2)).then(
    (code) => {
      process.exitCode = code;
    },
    (failure: unknown) => {
      console.error(visible(failureText(failure)));
      process.exitCode = failed;
    },
  );
}
