import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { recipes } from "../../../ops/setup/recipes";
import type { Run, RunResult } from "../../../ops/setup/run";
import type { Site } from "../../../ops/setup/toolchain-sources";
import { writeFiles } from "./temporary-folder";

/** A site in a temporary folder whose Go "builds" in no time, and what happened on it. */
export interface FakeSite {
  site: Site;
  /** Lines that were printed. */
  lines: string[];
  /** Programs that were built, by package. */
  built: string[];
}

const definition = (name: string): string =>
  `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: ${name}\n`;

/**
 * Makes a project with the pinned modules, an empty cache and a PATH with a Go.
 * @param options.goFails what Go answers instead of building, for each `go build`
 */
export async function fakeSite(
  folder: string,
  options: { goFails?: (attempt: number) => RunResult | undefined; withoutGo?: boolean } = {},
): Promise<FakeSite> {
  const [project, modules, bin] = [join(folder, "project"), join(folder, "modules"), join(folder, "bin")];
  await writeModules(modules);
  await writeFiles(project, {
    "tools/pulumi/engine/go.mod": "module engine\n",
    "tools/pulumi/language-nodejs/go.mod": "module host\n\nrequire github.com/pulumi/pulumi/sdk/v3 v3.68.0\n",
    "tools/etcd/go.mod": "module etcd\n",
    "tools/kubernetes/go.mod": "module kubernetes\n",
    "tools/kubernetes-provider/go.mod":
      "module provider\n\nrequire (\n\tgithub.com/pulumi/pulumi-kubernetes/provider/v4 v4.0.0\n)\n",
    "tools/crds/kubevirt/go.mod": "module kubevirt\n",
    "tools/crds/cdi/go.mod": "module cdi\n",
    "tools/crds/files/go.mod": [
      "module files",
      "require github.com/k8snetworkplumbingwg/network-attachment-definition-client v1.7.0",
      "require github.com/kubernetes-csi/external-snapshotter/client/v8 v8.0.0",
      "require github.com/cert-manager/cert-manager v1.17.2",
      "require go.universe.tf/metallb v0.15.2",
    ].join("\n"),
  });
  if (options.withoutGo !== true) await writeFiles(bin, { "go*": "" });
  const [lines, built]: [string[], string[]] = [[], []];
  let attempts = 0;
  const run: Run = async (program, args) => {
    if (args[0] === "version") return answer("go version go1.26.8 linux/amd64");
    if (args[0] === "mod") {
      const module = (args[3] ?? "").split("@")[0] ?? "";
      return answer(JSON.stringify({ Dir: join(modules, module) }));
    }
    if (args[0] === "build") {
      attempts += 1;
      const failure = options.goFails?.(attempts);
      if (failure !== undefined) return failure;
      const output = args[2] ?? "";
      await mkdir(dirname(output), { recursive: true });
      await writeFile(output, "program", { mode: 0o755 });
      built.push(args.at(-1) ?? "");
      return answer("");
    }
    await printDefinitions(program, args);
    return answer("");
  };
  const site: Site = {
    project,
    tools: join(project, "tools"),
    cache: join(folder, "cache"),
    environment: { PATH: bin, PULUMI_HOME: join(folder, "no-pulumi-home") },
    run,
    progress: {
      say: (line) => {
        lines.push(line);
      },
    },
    cores: 2,
    downloads: {
      reachable: () => Promise.resolve(false),
      engine: () => Promise.reject(new Error("not expected")),
      kubernetesProvider: () => Promise.reject(new Error("not expected")),
    },
  };
  return { site, lines, built };
}

/** The answer of a program that ended well. */
export function answer(stdout: string): RunResult {
  return { code: 0, stdout, stderr: "" };
}

/** The answer of a program that failed. */
export function failed(stderr: string): RunResult {
  return { code: 1, stdout: "", stderr };
}

async function writeModules(modules: string): Promise<void> {
  await writeFiles(modules, {
    "github.com/pulumi/pulumi/sdk/v3/nodejs/dist/pulumi-resource-pulumi-nodejs": "#!/bin/sh\n",
    "github.com/pulumi/pulumi/sdk/v3/nodejs/dist/pulumi-analyzer-policy": "#!/bin/sh\n",
    "github.com/pulumi/pulumi-kubernetes/provider/v4/cmd/pulumi-resource-kubernetes/schema.json": "{}",
    "github.com/pulumi/pulumi-kubernetes/provider/v4/cmd/pulumi-resource-kubernetes/terraform-mapping.json": "{}",
    "github.com/k8snetworkplumbingwg/network-attachment-definition-client/artifacts/networks-crd.yaml": definition(
      "network-attachment-definitions.k8s.cni.cncf.io",
    ),
    "github.com/kubernetes-csi/external-snapshotter/client/v8/config/crd/snapshot.storage.k8s.io_x.yaml": definition(
      "volumesnapshotclasses.snapshot.storage.k8s.io",
    ),
    "github.com/kubernetes-csi/external-snapshotter/client/v8/config/crd/kustomization.yaml": "resources: []\n",
    "github.com/cert-manager/cert-manager/deploy/crds/crd-issuers.yaml": `{{- if x }}\n${definition("issuers.cert-manager.io")}{{- end }}\n`,
    "go.universe.tf/metallb/config/crd/bases/pools.yaml": definition("ipaddresspools.metallb.io"),
  });
}

/** Stands in for the two programs that print definitions into the folder that their arguments name. */
async function printDefinitions(program: string, args: readonly string[]): Promise<void> {
  const folder = (args.at(-1) ?? "").replace(/^output:dir=/, "");
  const group = program.includes("controller-gen") ? "cdi.kubevirt.io" : "kubevirt.io";
  const names = recipes.crds.files
    .map((file) => file.replace(/\.yaml$/, ""))
    .filter((name) => (group === "cdi.kubevirt.io") === name.endsWith("cdi.kubevirt.io") && name.endsWith(group));
  for (const name of names) await writeFile(join(folder, `generated_${name}.yaml`), definition(name));
}
