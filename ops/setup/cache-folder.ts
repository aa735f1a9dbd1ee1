import { homedir } from "node:os";
import { join } from "node:path";

/** The folder that all clones of one user share: `$XDG_CACHE_HOME/vmo-metal`, else `~/.cache/vmo-metal`. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const base = environment["XDG_CACHE_HOME"];
  return join(base !== undefined && base !== "" ? base : join(homedir(), ".cache"), "vmo-metal");
}
