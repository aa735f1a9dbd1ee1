import { SetupError } from "./setup-error";

interface Reason {
  matches: RegExp;
  why: (line: string) => string;
  next: string;
  /** Whether trying again at once may help. */
  passing?: boolean;
}

const reasons: readonly Reason[] = [
  {
    matches: /no space left on device|disk quota exceeded/i,
    why: (line) => `the disk is full (${line})`,
    next: "free some space (the Go caches and the built parts take about 12 GB), or point GOCACHE, GOMODCACHE, GOTMPDIR and XDG_CACHE_HOME to a larger disk, and run the command again: it goes on where it stopped",
  },
  {
    matches: /checksum mismatch|SECURITY ERROR/,
    why: (line) => `a downloaded module is not the one that this project pins (${line})`,
    next: "do not use it: check which proxy GOPROXY names (`go env GOPROXY`) and whether it alters modules, then run `go clean -modcache` and the command again",
  },
  {
    matches: /go\.mod requires go >= |requires go1?\.?\d.* \(running go|invalid go version|toolchain not available/,
    why: (line) => `the installed Go is too old (${line})`,
    next: "install Go 1.25.11 or newer (https://go.dev/dl), or unset GOTOOLCHAIN=local so that Go fetches it itself, and run the command again",
  },
  {
    matches: /\b(401 Unauthorized|403 Forbidden|404 Not Found|410 Gone|module lookup disabled)/,
    why: (line) => `the Go module proxy refused a module (${line})`,
    next: "check GOPROXY and GONOPROXY (`go env`) and the proxy's rules for this module, or put the part on PATH instead (docs/set-up.md), and run the command again",
  },
  {
    matches:
      /no such host|network is unreachable|connection refused|i\/o timeout|TLS handshake|connection reset|unexpected EOF|\b50[0-9] |x509|proxyconnect|server misbehaving/i,
    why: (line) => `a Go module could not be downloaded (${line})`,
    next: "check the network, HTTPS_PROXY and GOPROXY (`go env GOPROXY`), and run the command again: it goes on where it stopped",
    passing: true,
  },
  {
    matches: /signal: killed|ended by SIGKILL|cannot allocate memory|out of memory/,
    why: (line) => `the build was killed (${line}), which is what happens when memory runs out`,
    next: "free some memory (linking takes about 4 GB), or set GOFLAGS=-p=1, and run the command again: it goes on where it stopped",
  },
];

/** The line of a tool's output that tells most: the first that says why, else the last that is not empty. */
function tellingLine(output: string, reason: Reason | undefined): string {
  const lines = output.split("\n").map((line) => line.trim());
  const found = reason === undefined ? undefined : lines.find((line) => reason.matches.test(line));
  const line = found ?? lines.filter((text) => text !== "").at(-1) ?? "it said nothing";
  return line.length > 300 ? `${line.slice(0, 300)} …` : line;
}

/** Turns the output of a failed `go` command into a message with the reason and the next step. */
export function goFailure(what: string, output: string): SetupError {
  const reason = reasons.find(({ matches }) => matches.test(output));
  const line = tellingLine(output, reason);
  return reason === undefined
    ? new SetupError(
        what,
        line,
        "run the command again; when it fails again, report this text with the output of `go env`",
      )
    : new SetupError(what, reason.why(line), reason.next);
}

/** Whether a failed `go` command is worth another try at once: the network failed, nothing said no. */
export function isPassing(output: string): boolean {
  return reasons.find(({ matches }) => matches.test(output))?.passing === true;
}
