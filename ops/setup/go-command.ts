import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { isAtLeast } from "./version";
import { SetupError } from "./setup-error";
import type { Run } from "./run";

/** A usable Go. */
export interface Go {
  /** Path of `go`. */
  bin: string;
  /** E.g. `1.26.8`. */
  version: string;
}

/** Older ones cannot switch to the version that a module asks for. */
const oldestGo = "1.21.0";

/** Where Go's own installers put it, for shells whose PATH lacks it. */
const usualPlaces = ["/usr/local/go/bin", "/usr/lib/go/bin", "/opt/homebrew/bin"];

/**
 * Finds Go on PATH, in GOROOT, or where its installers put it.
 * @param purpose what it is needed for, as in "to build etcd and kube-apiserver"
 * @throws SetupError when there is none, or a too old one
 */
export async function findGo(
  purpose: string,
  run: Run,
  environment: NodeJS.ProcessEnv = process.env,
  places: readonly string[] = usualPlaces,
): Promise<Go> {
  const goRoot = environment["GOROOT"];
  const folders = [
    ...(environment["PATH"] ?? "").split(delimiter),
    ...(goRoot === undefined || goRoot === "" ? [] : [join(goRoot, "bin")]),
    ...places,
  ];
  const bin = folders.map((folder) => join(folder, "go")).find((path) => path !== "go" && existsSync(path));
  if (bin === undefined) {
    throw new SetupError(
      `Go was not found, and it is needed ${purpose}`,
      "those parts are not installed here and are built from source once, then kept in the user's cache folder",
      "install Go 1.25.11 or newer (https://go.dev/dl, or your distribution's package) and run the command again; or install the parts themselves (docs/set-up.md)",
    );
  }
  const told = await run(bin, ["version"], { environment });
  const version = /go(\d+\.\d+(?:\.\d+)?)/.exec(told.stdout)?.[1];
  if (version === undefined || !isAtLeast(version, oldestGo)) {
    throw new SetupError(
      `${bin} cannot be used ${purpose}`,
      version === undefined
        ? `it does not tell its version (${told.stderr.trim() || told.stdout.trim()})`
        : `it is Go ${version}`,
      "install Go 1.25.11 or newer (https://go.dev/dl) and run the command again",
    );
  }
  return { bin, version };
}
