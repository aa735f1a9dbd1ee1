import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { findGo } from "../../../ops/setup/go-command";
import { goFailure, isPassing } from "../../../ops/setup/go-failure";
import { isAtLeast } from "../../../ops/setup/version";
import { answer } from "./fake-site";
import { temporaryFolder, writeFiles } from "./temporary-folder";

describe("findGo", () => {
  const folder = temporaryFolder();
  const run = (version: string) => () => Promise.resolve(answer(version));

  it("takes the first on PATH, then GOROOT, then the usual places", async () => {
    await writeFiles(folder(), { "path/go*": "", "root/bin/go*": "", "usual/go*": "" });
    const path = [join(folder(), "empty"), join(folder(), "path")].join(":");
    const places = [join(folder(), "usual")];
    const told = run("go version go1.26.8 linux/amd64");
    const bin = async (environment: NodeJS.ProcessEnv): Promise<string> =>
      (await findGo("to build", told, environment, places)).bin;
    assert.equal(await bin({ PATH: path, GOROOT: join(folder(), "root") }), join(folder(), "path/go"));
    assert.equal(await bin({ PATH: "/nowhere", GOROOT: join(folder(), "root") }), join(folder(), "root/bin/go"));
    assert.equal(await bin({}), join(folder(), "usual/go"));
  });

  it("refuses one that is too old or tells nothing", async () => {
    await writeFiles(folder(), { "go*": "" });
    const environment = { PATH: folder() };
    await assert.rejects(
      findGo("to build", run("go version go1.18.1 x"), environment, []),
      /it is Go 1\.18\.1\.?\n {2}Next/,
    );
    await assert.rejects(findGo("to build", run(""), environment, []), /does not tell its version/);
  });
});

describe("goFailure", () => {
  const why = (output: string): string => goFailure("etcd could not be built", output).why;

  it("knows what usually goes wrong", () => {
    assert.match(why("go: x@v1: reading https://p/x: 403 Forbidden"), /refused a module/);
    assert.match(why("go: x@v1: reading https://p/x: 404 Not Found"), /refused a module/);
    assert.match(why("go: x@v1: module lookup disabled by GOPROXY=off"), /refused a module/);
    assert.match(why('Get "https://p/x": dial tcp: lookup p: no such host'), /could not be downloaded/);
    assert.match(why("verifying x@v1: checksum mismatch\nSECURITY ERROR"), /not the one that this project pins/);
    assert.match(why("write /tmp/x: no space left on device"), /disk is full/);
    assert.match(why("compile: signal: killed"), /memory/);
    assert.match(why("go: go.mod requires go >= 1.25.11 (running go 1.24.0; GOTOOLCHAIN=local)"), /too old/);
    assert.match(why("ended by SIGKILL"), /memory/);
  });

  it("shows the line that tells why, of all that was printed", () => {
    const failure = goFailure(
      "etcd could not be built",
      "go: downloading a\ngo: b: 403 Forbidden\ngo: downloading c\n",
    );
    assert.match(failure.message, /\(go: b: 403 Forbidden\)/);
  });

  it("shows the tool's last words when it knows no better", () => {
    assert.equal(why("first\nx.go:3: undefined: y\n\n"), "x.go:3: undefined: y");
    assert.equal(why(""), "it said nothing");
  });

  it("takes only network trouble for passing", () => {
    assert.equal(isPassing("dial tcp: i/o timeout"), true);
    assert.equal(isPassing("reading https://p/x: 502 Bad Gateway"), true);
    assert.equal(isPassing("403 Forbidden"), false);
    assert.equal(isPassing("undefined: y"), false);
  });
});

describe("isAtLeast", () => {
  it("compares by number, place by place", () => {
    assert.equal(isAtLeast("1.26.8", "1.25.11"), true);
    assert.equal(isAtLeast("v3.9.0", "3.231.0"), false);
    assert.equal(isAtLeast("1.32", "1.32.0"), true);
    assert.equal(isAtLeast("v1.32.4+k3s1", "1.32.4"), true);
    assert.equal(isAtLeast("unknown", "1.0.0"), false);
  });

  it("orders any two versions", () => {
    const version = fc.array(fc.nat(30), { minLength: 1, maxLength: 3 }).map((places) => places.join("."));
    fc.assert(fc.property(version, version, (one, other) => isAtLeast(one, other) || isAtLeast(other, one)));
  });
});
