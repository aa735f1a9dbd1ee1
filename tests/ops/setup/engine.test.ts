import assert from "node:assert/strict";
import { chmod, readFile, stat, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import { engineEnvironment, installForOwnEngine, installKubernetesProvider } from "../../../ops/setup/toolchain";
import { temporaryFolder, writeFiles } from "./temporary-folder";

describe("engineEnvironment", () => {
  const toolchain = { pulumi: { bin: "/p/pulumi", version: "3.259.0", pathEntries: ["/p", "/l"] } };

  it("puts the engine and its language host first on PATH, and this Node.js where none is", () => {
    const environment = engineEnvironment(toolchain, { environment: { PATH: "/usr/bin" } });
    assert.equal(environment["PATH"], `/p:/l:/usr/bin:${dirname(process.execPath)}`);
    assert.equal(engineEnvironment(toolchain, { environment: {} })["PATH"], `/p:/l:${dirname(process.execPath)}`);
  });

  it("forbids plugin downloads only where the home folder is ours", () => {
    const own = engineEnvironment(toolchain, { pulumiHome: "/lab/home", environment: {} });
    assert.equal(own["PULUMI_HOME"], "/lab/home");
    assert.equal(own["PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION"], "true");
    const users = engineEnvironment(toolchain, { pulumiHome: undefined, environment: {} });
    assert.deepEqual(Object.keys(users).sort(), ["PATH", "PULUMI_NODEJS_TRANSPILE_ONLY", "PULUMI_SKIP_UPDATE_CHECK"]);
  });
});

describe("installKubernetesProvider", () => {
  const folder = temporaryFolder();
  const installed = (): string => join(folder(), "home/plugins/resource-kubernetes-v4.25.0/pulumi-resource-kubernetes");
  const toolchain = (name: string): { kubernetesProvider: { bin: string; version: string } } => ({
    kubernetesProvider: { bin: join(folder(), name), version: "4.25.0" },
  });

  it("lays the plugin out as the engine does, without a copy, and does nothing the second time", async () => {
    await writeFiles(folder(), { "one*": "provider" });
    await installKubernetesProvider(toolchain("one"), join(folder(), "home"));
    const first = await stat(installed());
    assert.equal(first.ino, (await stat(join(folder(), "one"))).ino);
    await installKubernetesProvider(toolchain("one"), join(folder(), "home"));
    assert.equal((await stat(installed())).ctimeMs, first.ctimeMs);
  });

  it("replaces another build of the same version", async () => {
    await writeFiles(folder(), { "one*": "old", "two*": "newer one" });
    await installKubernetesProvider(toolchain("one"), join(folder(), "home"));
    await installKubernetesProvider(toolchain("two"), join(folder(), "home"));
    assert.equal(await readFile(installed(), "utf8"), "newer one");
    assert.equal(await readFile(join(folder(), "one"), "utf8"), "old");
  });

  it("leaves a complete copy that the engine made itself", async () => {
    await writeFiles(folder(), { "one*": "same" });
    await utimes(join(folder(), "one"), new Date(1000), new Date(1000));
    const plugin = "home/plugins/resource-kubernetes-v4.25.0";
    await writeFiles(folder(), { [`${plugin}/pulumi-resource-kubernetes`]: "same" });
    await chmod(installed(), 0o755);
    const before = await stat(installed());
    await installKubernetesProvider(toolchain("one"), join(folder(), "home"));
    assert.equal((await stat(installed())).ino, before.ino);
  });
});

describe("installForOwnEngine", () => {
  const folder = temporaryFolder();
  const plugin = (): string => join(folder(), "home/plugins/resource-kubernetes-v4.25.0/pulumi-resource-kubernetes");

  async function install(reachable: boolean): Promise<string[]> {
    const said: string[] = [];
    const toolchain = { kubernetesProvider: { bin: join(folder(), "built"), version: "4.25.0" } };
    const environment = { PULUMI_HOME: join(folder(), "home") };
    await installForOwnEngine(
      toolchain,
      environment,
      () => Promise.resolve(reachable),
      (line) => said.push(line),
    );
    return said;
  }

  it("gives an engine without the plugin the one that was built, and says so once", async () => {
    await writeFiles(folder(), { "built*": "provider" });
    assert.match(
      (await install(false)).join(),
      /4\.25\.0: installed into .*home\/plugins\/resource-kubernetes-v4\.25\.0, because/,
    );
    assert.equal(await readFile(plugin(), "utf8"), "provider");
    assert.deepEqual(await install(false), []);
  });

  it("leaves the engine to download Pulumi's own where the network allows it, and what is there as it is", async () => {
    await writeFiles(folder(), { "built*": "provider" });
    assert.deepEqual(await install(true), []);
    await assert.rejects(stat(plugin()), { code: "ENOENT" });
    await writeFiles(folder(), { "home/plugins/resource-kubernetes-v4.25.0/pulumi-resource-kubernetes*": "own" });
    assert.deepEqual(await install(false), []);
    assert.equal(await readFile(plugin(), "utf8"), "own");
  });
});
