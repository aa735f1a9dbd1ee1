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

/** One program and files of modules beside it. */
interface ProgramSettings {
  name: string;
  title: string;
  seconds: number;
  gigabytes: number;
  /** Folder below `tools/` with the go.mod. */
  module: string;
  /** Import path of the program, or `.`. */
  package: string;
  /** File name of the program. */
  program: string;
  /** `-X` definitions for the linker: variable to value. */
  variables?: Readonly<Record<string, string>>;
  /** Files that are copied from a required module: before the build beside main.go, or after it beside the program. */
  copies?: { when: "before" | "after"; module: string; folder: string; files: readonly string[] };
}

/** A recipe for one Go program. */
export function programRecipe(settings: ProgramSettings): Recipe {
  const { name, title, seconds, gigabytes, module, program, copies, variables = {} } = settings;
  const ldflags = ["-s", "-w", ...Object.entries(variables).map(([variable, value]) => `-X ${variable}=${value}`)].join(
    " ",
  );
  return {
    name,
    title,
    seconds,
    gigabytes,
    sources: module,
    settings: { package: settings.package, program, ldflags, copies },
    files: [program, ...(copies?.when === "after" ? copies.files : [])],
    async build(workshop) {
      if (copies?.when === "before") await workshop.copyFromModule(copies, workshop.sources, 0o644);
      await workshop.build({ folder: ".", package: settings.package, output: program, ldflags });
      if (copies?.when === "after") await workshop.copyFromModule(copies, workshop.out, 0o755);
    },
  };
}
