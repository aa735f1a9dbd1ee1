import assert from "node:assert/strict";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { SetupError } from "../../../ops/setup/setup-error";
import { allParts } from "../../../ops/setup/toolchain";
import { provideParts } from "../../../ops/setup/toolchain";
import { recordPath } from "../../../ops/setup/toolchain-record";
import { answer, failed, fakeSite } from "./fake-site";
import { temporaryFolder, writeFiles } from "./temporary-folder";

describe("provideParts", () => {
  const folder = temporaryFolder();

  it("builds all that is missing, in the order in which a run needs it, and says how long it may take first", async () => {
    const { site, lines, built } = await fakeSite(folder());
    const found = await provideParts(allParts, site);
    assert.deepEqual(
      found.map(({ part, origin }) => [part, origin]),
      allParts.map((part) => [part, "built"]),
    );
    assert.deepEqual(built, [
      "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
      "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
      "go.etcd.io/etcd/server/v3",
      "k8s.io/kubernetes/cmd/kube-apiserver",
      "k8s.io/kubernetes/cmd/kube-controller-manager",
      ".",
      "sigs.k8s.io/controller-tools/cmd/controller-gen",
      ".",
    ]);
    assert.match(lines[0] ?? "", /^Toolchain: 6 parts are not here yet .* Go 1\.26\.8: about \d+ min on 2 cores/);
    assert.match(lines.find((line) => line.startsWith("[2/6]")) ?? "", /etcd 3\.5\.16: being built, about \d+ s …$/);
    assert.ok(lines.some((line) => /^\[6\/6\] Pulumi provider for Kubernetes 4\.25\.0: built in /.test(line)));
  });

  it("does nothing and says nothing in a second run, and in another clone with the same pins", async () => {
    const first = await fakeSite(folder());
    await provideParts(allParts, first.site);
    const second = await fakeSite(folder());
    const other = { ...second.site, project: join(folder(), "clone") };
    const found = await provideParts(allParts, other);
    assert.equal(found.length, allParts.length);
    assert.deepEqual([second.built, second.lines], [[], []]);
    assert.ok((await stat(recordPath(other.project))).isFile());
  });

  it("builds a part again when its pins change, and no other", async () => {
    const { site, built } = await fakeSite(folder());
    await provideParts(["etcd", "kubeApiserver"], site);
    built.length = 0;
    await writeFiles(site.tools, { "etcd/go.mod": "module etcd // newer\n" });
    await provideParts(["etcd", "kubeApiserver"], site);
    assert.deepEqual(built, ["go.etcd.io/etcd/server/v3"]);
  });

  it("leaves the paths where the lab looks for them, and adds to them part by part", async () => {
    const { site } = await fakeSite(folder());
    const [etcd] = await provideParts(["etcd"], site);
    await provideParts(["crds"], site);
    const written = JSON.parse(await readFile(recordPath(site.project), "utf8")) as Record<string, string>;
    assert.deepEqual(Object.keys(written).sort(), ["crds", "etcd"]);
    assert.equal(written["etcd"], etcd?.path);
    assert.deepEqual((await readdir(written["crds"] ?? "")).length, 8);
  });

  it("takes what the user has before it builds", async () => {
    const { site, built } = await fakeSite(folder());
    await writeFiles(folder(), { "assets/kube-apiserver*": "", "mine/etcd": "" });
    const environment = {
      ...site.environment,
      KUBEBUILDER_ASSETS: join(folder(), "assets"),
      VMO_METAL_ETCD: join(folder(), "mine/etcd"),
    };
    const run: typeof site.run = (program, args, options) =>
      args[0] === "--version" ? Promise.resolve(answer("Kubernetes v1.33.1")) : site.run(program, args, options);
    const found = await provideParts(["etcd", "kubeApiserver"], { ...site, environment, run });
    assert.deepEqual(
      found.map(({ origin, path }) => [origin, path]),
      [
        ["VMO_METAL_ETCD", join(folder(), "mine/etcd")],
        ["KUBEBUILDER_ASSETS", join(folder(), "assets/kube-apiserver")],
      ],
    );
    assert.deepEqual(built, []);
  });

  it("refuses a path of the user that does not exist", async () => {
    const { site } = await fakeSite(folder());
    const environment = { ...site.environment, VMO_METAL_CRDS: "/nowhere" };
    await assert.rejects(
      provideParts(["crds"], { ...site, environment }),
      (failure) =>
        failure instanceof SetupError && /VMO_METAL_CRDS .*\n.*\/nowhere, which does not exist/.test(failure.message),
    );
  });

  it("says what to do when there is no Go", async () => {
    const { site } = await fakeSite(folder(), { withoutGo: true });
    await assert.rejects(provideParts(["etcd", "crds"], { ...site, goPlaces: [] }), (failure) => {
      assert.ok(failure instanceof SetupError);
      assert.match(
        failure.what,
        /^Go was not found, and it is needed to build etcd 3\.5\.16, CustomResourceDefinitions/,
      );
      assert.match(failure.next, /install Go 1\.25\.11 or newer/);
      return true;
    });
  });

  it("says what refused a download, tries it once only, and leaves nothing half made", async () => {
    let calls = 0;
    const { site } = await fakeSite(folder(), {
      goFails: () => {
        calls += 1;
        return failed("go: go.etcd.io/etcd@v3.5.16: reading https://proxy.example/x.zip: 403 Forbidden");
      },
    });
    await assert.rejects(provideParts(["etcd"], site), (failure) => {
      assert.ok(failure instanceof SetupError);
      assert.match(
        failure.message,
        /etcd 3\.5\.16 could not be built\.\n {2}Why: .*refused a module \(.*403 Forbidden\)/,
      );
      assert.match(failure.message, /Next: check GOPROXY/);
      return true;
    });
    assert.equal(calls, 1);
    assert.deepEqual(await readdir(join(site.cache, "etcd")), []);
  });

  it("tries again when the network failed, and goes on", async () => {
    const { site, built } = await fakeSite(folder(), {
      goFails: (attempt) => (attempt === 1 ? failed("dial tcp: lookup proxy.example: i/o timeout") : undefined),
    });
    await provideParts(["etcd"], site);
    assert.deepEqual(built, ["go.etcd.io/etcd/server/v3"]);
  });

  it("says that the disk is full", async () => {
    const { site } = await fakeSite(folder(), {
      goFails: () => failed("compile: writing output: write $WORK/b9/_pkg_.a: no space left on device"),
    });
    await assert.rejects(provideParts(["etcd"], site), (failure) => {
      assert.ok(failure instanceof SetupError);
      assert.match(failure.message, /the disk is full .*\n {2}Next: free some space/);
      return true;
    });
  });

  it("goes on with the next run where a failed one stopped", async () => {
    const { site, built } = await fakeSite(folder(), {
      goFails: (attempt) => (attempt === 2 ? failed("link: signal: killed") : undefined),
    });
    await assert.rejects(provideParts(["etcd", "kubeApiserver"], site), /memory/);
    await provideParts(["etcd", "kubeApiserver"], site);
    assert.deepEqual(built, ["go.etcd.io/etcd/server/v3", "k8s.io/kubernetes/cmd/kube-apiserver"]);
  });

  describe("where Pulumi's downloads can be reached", () => {
    it("downloads the engine and the provider, and keeps them for the next run", async () => {
      const { site, built, lines } = await fakeSite(folder());
      const asked: string[] = [];
      const downloads = {
        reachable: () => Promise.resolve(true),
        engine: async (out: string) => {
          asked.push("engine");
          await writeFiles(out, {
            "bin/pulumi*": "",
            "bin/pulumi-language-nodejs*": "",
            "bin/pulumi-resource-pulumi-nodejs*": "",
          });
        },
        kubernetesProvider: async (out: string, _scratch: string, engine: string) => {
          asked.push(engine);
          await writeFiles(out, { "pulumi-resource-kubernetes*": "" });
        },
      };
      const found = await provideParts(["pulumi", "kubernetesProvider"], { ...site, downloads });
      assert.deepEqual(
        found.map(({ origin }) => origin),
        ["downloaded", "downloaded"],
      );
      assert.deepEqual(asked, ["engine", found[0]?.path]);
      assert.deepEqual(built, []);
      lines.length = 0;
      await provideParts(["pulumi", "kubernetesProvider"], site);
      assert.deepEqual([asked.length, lines], [2, []]);
    });

    it("builds when a download fails, and says so", async () => {
      const { site, lines } = await fakeSite(folder());
      const downloads = { ...site.downloads, reachable: () => Promise.resolve(true) };
      const [found] = await provideParts(["pulumi"], { ...site, downloads });
      assert.equal(found?.origin, "built");
      assert.ok(lines.some((line) => /not possible \(not expected\); building it instead/.test(line)));
    });
  });
});
