import { join } from "node:path";
import type { LabFolder } from "./lab-folder";
import type { ProcessMark } from "./own-process";

/** Argument of the background process that names its folder. */
export const FOLDER_ARGUMENT = "--lab-folder=";

/** The program and arguments of a lab's background process. */
export function labCommand(folder: LabFolder): { program: string; arguments: string[]; argument: string } {
  const argument = `${FOLDER_ARGUMENT}${folder.root}`;
  return {
    program: process.execPath,
    arguments: ["--require", require.resolve("tsx/cjs"), join(__dirname, "process.ts"), argument],
    argument,
  };
}

/** By which a lab's background process is known again. */
export function labMark(folder: LabFolder): ProcessMark {
  return { argument: `${FOLDER_ARGUMENT}${folder.root}`, pidFile: folder.pid };
}
