import { join } from "node:path";
import type { Workshop } from "./workshop";

/** How a part is made from the pinned Go modules below `tools/`. */
export interface Recipe {
  /** Name of the part's folder in the cache. */
  name: string;
  /** In words, with the version. */
  title: string;
  /** How long it takes cold, downloads included, on two cores, in seconds. Measured. */
  seconds: number;
  /** Disk that a cold build takes in Go's caches and in ours, in gigabytes. Measured. */
  gigabytes: number;
  /** Folder below `tools/`. */
  sources: string;
  /** Everything else that decides what comes out; goes into the part's key. */
  settings: unknown;
  /** Files that the finished part has. */
  files: readonly string[];
  build(workshop: Workshop): Promise<void>;
}

/** A Go program, and files of modules that it needs. */
export interface Program {
  /** Folder below the recipe's sources with the go.mod, `.` for the sources themselves. */
  folder: string;
  /** Import path of the program, or `.`. */
  package: string;
  /** File name of the program. */
  program: string;
  /** `-X` definitions for the linker: variable to value. */
  variables?: Readonly<Record<string, string>>;
  /** Files that are copied from a required module: before the build beside main.go, or after it beside the program. */
  copies?: { when: "before" | "after"; module: string; folder: string; files: readonly string[] };
}

/** A recipe for Go programs that lie in one folder. */
export function programRecipe(
  about: Pick<Recipe, "name" | "title" | "seconds" | "gigabytes" | "sources">,
  programs: readonly Program[],
): Recipe {
  return {
    ...about,
    settings: { programs, linkerFlags: programs.map(linkerFlags) },
    files: programs.flatMap(({ program, copies }) => [program, ...(copies?.when === "after" ? copies.files : [])]),
    async build(workshop) {
      for (const program of programs) await buildProgram(workshop, program);
    },
  };
}

async function buildProgram(workshop: Workshop, program: Program): Promise<void> {
  const { folder, copies } = program;
  if (copies?.when === "before") await workshop.copyFromModule(folder, copies, join(workshop.sources, folder), 0o644);
  await workshop.build({ folder, package: program.package, output: program.program, ldflags: linkerFlags(program) });
  if (copies?.when === "after") await workshop.copyFromModule(folder, copies, workshop.out, 0o755);
}

/** No debug information (a third of the size), and the variables. */
function linkerFlags({ variables = {} }: Program): string {
  return ["-s", "-w", ...Object.entries(variables).map(([variable, value]) => `-X ${variable}=${value}`)].join(" ");
}
