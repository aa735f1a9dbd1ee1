import assert from "node:assert/strict";
import { join } from "node:path";
import { installedEngine, installedProvider, installedServer, type Surroundings } from "../../../ops/setup/installed";
import { answer, failed } from "./fake-site";
import { temporaryFolder, writeFiles } from "./temporary-folder";

describe("programs that the user installed", () => {
  const folder = temporaryFolder();

  /** Surroundings with these folders on PATH, where each program answers with its version. */
  function surroundings(path: string[], versions: Record<string, string>): Surroundings & { lines: string[] } {
    const lines: string[] = [];
    return {
      lines,
      environment: { PATH: path.map((name) => join(folder(), name)).join(":"), PULUMI_HOME: join(folder(), "home") },
      run: (program) => {
        const version = versions[program.slice(folder().length + 1)];
        return Promise.resolve(version === undefined ? failed("cannot run") : answer(version));
      },
      progress: {
        say: (line) => {
          lines.push(line);
        },
      },
    };
  }

  describe("installedEngine", () => {
    const host = { "pulumi-language-nodejs*": "", "pulumi-resource-pulumi-nodejs*": "" };

    it("takes an engine with its language host beside it", async () => {
      await writeFiles(join(folder(), "a"), { "pulumi*": "", ...host });
      const found = await installedEngine(surroundings(["a"], { "a/pulumi": "v3.240.1\n" }));
      const bin = join(folder(), "a", "pulumi");
      assert.deepEqual(found?.value, { bin, version: "3.240.1", pathEntries: [join(folder(), "a")] });
    });

    it("takes a language host elsewhere on PATH", async () => {
      await writeFiles(folder(), { "a/pulumi*": "" });
      await writeFiles(join(folder(), "b"), host);
      const found = await installedEngine(surroundings(["a", "b"], { "a/pulumi": "v3.240.1" }));
      assert.deepEqual(found?.value.pathEntries, [join(folder(), "a"), join(folder(), "b")]);
    });

    it("passes over one that is too old or has no language host, says why, and takes the next", async () => {
      await writeFiles(folder(), { "old/pulumi*": "", "new/pulumi*": "" });
      await writeFiles(join(folder(), "old"), host);
      const where = surroundings(["old"], { "old/pulumi": "v3.100.0" });
      assert.equal(await installedEngine(where), undefined);
      assert.match(where.lines[0] ?? "", /old\/pulumi is not used: 3\.100\.0 is older than 3\.231\.0/);
      const bare = surroundings(["new"], { "new/pulumi": "v3.240.0" });
      assert.equal(await installedEngine(bare), undefined);
      assert.match(bare.lines[0] ?? "", /its language host for Node\.js is neither beside it nor on PATH/);
      const both = surroundings(["old", "new"], { "old/pulumi": "v3.100.0", "new/pulumi": "v3.240.0" });
      assert.equal((await installedEngine(both))?.path, join(folder(), "new", "pulumi"));
    });
  });

  describe("installedServer", () => {
    it("prefers KUBEBUILDER_ASSETS to PATH, and passes over what is too old", async () => {
      await writeFiles(folder(), { "assets/etcd*": "", "path/etcd*": "", "path/kube-apiserver*": "" });
      const where = surroundings(["path"], {
        "assets/etcd": "etcd Version: 3.5.9\nGit SHA: x\n",
        "path/etcd": "etcd Version: 3.6.0\n",
        "path/kube-apiserver": "Kubernetes v1.29.0\n",
      });
      where.environment["KUBEBUILDER_ASSETS"] = join(folder(), "assets");
      assert.equal((await installedServer("etcd", where))?.origin, "KUBEBUILDER_ASSETS");
      assert.equal(await installedServer("kubeApiserver", where), undefined);
      assert.match(where.lines[0] ?? "", /path\/kube-apiserver is not used: v1\.29\.0 is older than 1\.32\.0/);
    });

    it("takes no file that cannot be run, and nothing where there is nothing", async () => {
      await writeFiles(folder(), { "path/etcd": "not executable" });
      assert.equal(await installedServer("etcd", surroundings(["path"], {})), undefined);
    });
  });

  describe("installedProvider", () => {
    const plugin = "home/plugins/resource-kubernetes-v4.25.0";

    it("takes the user's plugin in exactly the version of the package, when its download ended", async () => {
      const where = surroundings([], {});
      assert.equal(installedProvider(where), undefined);
      await writeFiles(folder(), { "home/plugins/resource-kubernetes-v4.24.0/pulumi-resource-kubernetes*": "" });
      assert.equal(installedProvider(where), undefined);
      await writeFiles(folder(), { [`${plugin}/pulumi-resource-kubernetes*`]: "" });
      assert.equal(installedProvider(where)?.value.version, "4.25.0");
      await writeFiles(folder(), { [`${plugin}.partial`]: "" });
      assert.equal(installedProvider(where), undefined);
    });
  });
});
