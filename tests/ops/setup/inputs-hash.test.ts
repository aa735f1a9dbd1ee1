import assert from "node:assert/strict";
import { join } from "node:path";
import { hashOfInputs } from "../../../ops/setup/inputs-hash";
import { temporaryFolder, writeFiles } from "./temporary-folder";

describe("hashOfInputs", () => {
  const folder = temporaryFolder();
  const files = { "go.mod": "module a\n", "go.sum": "a v1 h1:x\n", "sub/main.go": "package main\n" };
  const hash = (name: string, settings: unknown = { ldflags: "-s" }, platform = "linux-x64"): Promise<string> =>
    hashOfInputs({ sources: join(folder(), name), settings, platform });

  it("is the same for the same pins in another clone, whatever else lies beside them", async () => {
    await writeFiles(join(folder(), "one"), files);
    await writeFiles(join(folder(), "two"), { ...files, "README.md": "words", "schema.json": "{}" });
    assert.match(await hash("one"), /^[0-9a-f]{12}$/);
    assert.equal(await hash("one"), await hash("two"));
  });

  it("changes with each input: a pin, a checksum, the program, its place, a flag, the platform", async () => {
    await writeFiles(join(folder(), "base"), files);
    const variants = [
      { ...files, "go.mod": "module b\n" },
      { ...files, "go.sum": "a v1 h1:y\n" },
      { ...files, "sub/main.go": "package main // 2\n" },
      { "go.mod": files["go.mod"], "go.sum": files["go.sum"], "main.go": files["sub/main.go"] },
    ];
    const hashes = [
      await hash("base"),
      await hash("base", { ldflags: "-w" }),
      await hash("base", undefined, "darwin-arm64"),
    ];
    for (const [number, variant] of variants.entries()) {
      await writeFiles(join(folder(), `variant${number}`), variant);
      hashes.push(await hash(`variant${number}`));
    }
    assert.equal(new Set(hashes).size, hashes.length);
  });

  it("does not take text from one file for text of the next", async () => {
    await writeFiles(join(folder(), "one"), { "go.mod": "ab", "go.sum": "" });
    await writeFiles(join(folder(), "two"), { "go.mod": "a", "go.sum": "b" });
    assert.notEqual(await hash("one"), await hash("two"));
  });
});
