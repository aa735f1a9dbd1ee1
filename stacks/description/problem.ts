import { visibleLine } from "../../text/visible";

/** One thing in the description that has to be put right before anything can be built. */
export interface Problem {
  /** Where, as a path below `vmo-metal:datacenter`, e.g. `hosts.worker-pool.machines[3].zone`; "" is the whole description. */
  readonly path: string;
  /** What is there, the rule that it breaks, and the fix. */
  readonly message: string;
}

/** Something that was read differently from how it is written, told to the operator once. */
export interface Note {
  /** Where, as a path below `vmo-metal:datacenter`. */
  readonly path: string;
  /** What became of what, and why. */
  readonly message: string;
}

/** The configuration key that holds the description. */
export const DESCRIPTION_KEY = "vmo-metal:datacenter";

/** The whole path of a problem, note or finding as the operator finds it in the stack file; another key of it stays as it is. */
export function fullPath(path: string): string {
  if (path === "") return DESCRIPTION_KEY;
  if (path.startsWith("vmo-metal:")) return path;
  return path.startsWith("[") ? `${DESCRIPTION_KEY}${path}` : `${DESCRIPTION_KEY}.${path}`;
}

/** How much of a key a path shows, in characters; names of Kubernetes objects are not cut. */
const LONGEST_KEY = 256;

/** A path from its parts, invisible characters written out: `["hosts", "worker-pool", "machines", 3]` gives `hosts.worker-pool.machines[3]`. */
export function joinPath(parts: readonly PropertyKey[]): string {
  return parts.reduce<string>((path, part) => {
    if (typeof part === "number") return `${path}[${part}]`;
    const key = visibleLine(String(part));
    const short = key.length > LONGEST_KEY ? `${key.slice(0, LONGEST_KEY - 3)}...` : key;
    return path === "" ? short : `${path}.${short}`;
  }, "");
}

/** Problems as lines of text, in the order of the description. */
export function formatProblems(problems: readonly Problem[]): string {
  return problems.map(({ path, message }) => `  ${visibleLine(`${fullPath(path)}: ${message}`)}`).join("\n");
}
