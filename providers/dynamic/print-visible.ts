import { visible } from "../../text/visible";

/** Prints a line about progress, which the engine shows; control characters of names and texts in it are written out. */
export function printVisible(line: string): void {
  console.log(visible(line));
}
