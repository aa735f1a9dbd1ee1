import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import type { Recipe } from "./recipe";
import type { Workshop } from "./workshop";

/** Modules that publish their definitions as plain files. `skip` are files in the folder that are no definitions. */
const published = [
  {
    module: "github.com/k8snetworkplumbingwg/network-attachment-definition-client",
    folder: "artifacts",
    files: /^networks-crd\.yaml$/,
  },
  {
    module: "github.com/kubernetes-csi/external-snapshotter/client/v8",
    folder: "config/crd",
    files: /^(group)?snapshot\..*\.yaml$/,
  },
  { module: "github.com/cert-manager/cert-manager", folder: "deploy/crds", files: /^crd-.*\.yaml$/ },
  { module: "go.universe.tf/metallb", folder: "config/crd/bases", files: /\.yaml$/ },
] as const;

/** CDI publishes its definitions only inside a module that some proxies refuse; its API types give the same ones. */
const containerizedDataImporter = "kubevirt.io/containerized-data-importer-api/pkg/apis/core/v1beta1";

const ldflags = "-s -w";

/** The upstream CustomResourceDefinitions that the lab's API server gets, one file each, named like the definition. */
export const customResourceDefinitions: Recipe = {
  name: "custom-resource-definitions",
  title: "CustomResourceDefinitions of KubeVirt, CDI and others",
  seconds: 120,
  gigabytes: 1.5,
  sources: "crds",
  settings: {
    published: published.map(({ module, folder, files }) => [module, folder, files.source]),
    containerizedDataImporter,
  },
  files: [
    "virtualmachines.kubevirt.io.yaml",
    "virtualmachineclusterpreferences.instancetype.kubevirt.io.yaml",
    "datavolumes.cdi.kubevirt.io.yaml",
    "storageprofiles.cdi.kubevirt.io.yaml",
    "network-attachment-definitions.k8s.cni.cncf.io.yaml",
    "volumesnapshotclasses.snapshot.storage.k8s.io.yaml",
    "issuers.cert-manager.io.yaml",
    "ipaddresspools.metallb.io.yaml",
  ],
  async build(workshop) {
    const generated = join(workshop.sources, "generated");
    await mkdir(generated);
    await generate(workshop, generated);
    await collect(generated, /\.yaml$/, workshop.out);
    for (const { module, folder, files } of published) {
      await collect(join(await workshop.moduleFolder("files", module), folder), files, workshop.out);
    }
  },
};

async function generate(workshop: Workshop, to: string): Promise<void> {
  const tool = { into: workshop.sources, ldflags };
  const kubevirt = await workshop.build({ ...tool, folder: "kubevirt", package: ".", output: "print-kubevirt" });
  await workshop.execute(kubevirt, [to], "kubevirt");
  const controllerGen = await workshop.build({
    ...tool,
    folder: "cdi",
    package: "sigs.k8s.io/controller-tools/cmd/controller-gen",
    output: "controller-gen",
  });
  await workshop.execute(
    controllerGen,
    ["crd:crdVersions=v1", `paths=${containerizedDataImporter}`, `output:dir=${to}`],
    "cdi",
  );
}

/** Copies the definitions in the matching files of a folder, under their own names. */
async function collect(from: string, files: RegExp, to: string): Promise<void> {
  for (const file of (await readdir(from)).filter((name) => files.test(name))) {
    const { name, text } = definitionIn(await readFile(join(from, file), "utf8"), join(from, file));
    await writeFile(join(to, `${name}.yaml`), text);
  }
}

/**
 * The one definition in a file, without the lines that are for Helm (cert-manager publishes templates whose templated lines only add
 * labels and annotations).
 *
 * @throws Error when there is not exactly one
 */
export function definitionIn(content: string, file: string): { name: string; text: string } {
  const text = content
    .split("\n")
    .filter((line) => !line.includes("{{"))
    .join("\n");
  const definitions = parseAllDocuments(text)
    .map((document) => document.toJS() as { kind?: string; metadata?: { name?: string } } | null)
    .filter((document) => document?.kind === "CustomResourceDefinition");
  const name = definitions[0]?.metadata?.name;
  if (definitions.length !== 1 || name === undefined) {
    throw new Error(`${file} holds ${definitions.length} CustomResourceDefinitions where one was expected`);
  }
  return { name, text };
}
