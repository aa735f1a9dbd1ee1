import { existsSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { isAlias, isMap, parseDocument } from "yaml";
import type { LabAddresses } from "../lab/lab";
import { keyVariable } from "../providers/dynamic/configuration";
import { checkStackFile } from "./stack/check-stack-file";

/** Where the lab's stack lives: nothing of it stands in the project's own files. */
export interface LabStack {
  /** The stack's configuration with the lab's addresses in it: a copy of Pulumi.dev.yaml. */
  configurationFile: string;
  /** Environment for the engine: file backend, its own home folder, passphrase, and the lab's two API keys unless the caller sets others. */
  environment: NodeJS.ProcessEnv;
  /** A folder with a copy of Pulumi.yaml; `stack init` run there writes its salt beside it and not into the project. */
  folder: string;
  /** Whether the backend knows the stack already. */
  exists: boolean;
}

/**
 * Prepares the `dev` stack for a running lab: copies Pulumi.dev.yaml with the lab's addresses filled in, so that the committed file
 * stays as it is. What `pulumi config set` puts into the copy stays until the committed file is edited; then the copy's datacenter
 * is made anew from it.
 *
 * @param project the project's folder
 * @param name    the stack's name, `dev`
 * @param environment the caller's
 */
export async function prepareLabStack(
  project: string,
  name: string,
  lab: LabAddresses,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<LabStack> {
  const folder = join(lab.folder, "pulumi");
  const backend = join(folder, "backend");
  await mkdir(backend, { recursive: true });
  const configurationFile = join(folder, `Pulumi.${name}.yaml`);
  await checkStackFile(project, join(project, `Pulumi.${name}.yaml`));
  await checkCopy(project, configurationFile);
  await writeWhole(join(folder, "Pulumi.yaml"), await readFile(join(project, "Pulumi.yaml")));
  const committed = await readFile(join(project, `Pulumi.${name}.yaml`), "utf8");
  const former = existsSync(configurationFile) ? await readFile(configurationFile, "utf8") : undefined;
  const source = join(folder, `Pulumi.${name}.source.yaml`);
  const sourceSame = existsSync(source) && (await readFile(source, "utf8")) === committed;
  const content = labConfiguration(sourceSame ? (former ?? committed) : committed, former, lab);
  if (content !== former) await writeWhole(configurationFile, content);
  if (!sourceSame) await writeWhole(source, committed);
  return {
    configurationFile,
    environment: {
      PULUMI_BACKEND_URL: `file://${backend}`,
      PULUMI_HOME: join(folder, "home"),
      PULUMI_CONFIG_PASSPHRASE: lab.pulumiPassphrase,
      [keyVariable(name, "maas")]: environment[keyVariable(name, "maas")] ?? lab.maasApiKey,
      [keyVariable(name, "palette")]: environment[keyVariable(name, "palette")] ?? lab.paletteApiKey,
      // Time runs faster in the lab, so it is looked at more often.
      VMO_METAL_POLL_MILLISECONDS: "500",
    },
    folder,
    exists: existsSync(join(backend, ".pulumi", "stacks", "vmo-metal", `${name}.json`)),
  };
}

/** @throws Error that names the lab's copy of the stack file, the line and the fix when somebody broke it. */
async function checkCopy(project: string, file: string): Promise<void> {
  try {
    await checkStackFile(project, file, `The lab's copy of the stack file, ${file},`);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const remedy = `Or remove the file: the next command copies ${basename(file)} again.`;
    throw new Error(`${error.message}\n${remedy}`, { cause: error });
  }
}

/** Replaces a file in one step: commands that run at the same time read the former content or the new one, never a part. */
async function writeWhole(file: string, content: string | Buffer): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, content);
  await rename(draft, file);
}

/**
 * The lab's copy of a stack file: `base` with both addresses replaced. From the former copy come the encryption salt and the values
 * of keys other than the datacenter.
 */
export function labConfiguration(
  base: string,
  former: string | undefined,
  addresses: Pick<LabAddresses, "maasUrl" | "paletteUrl">,
): string {
  const document = parseDocument(base);
  const old = former === undefined ? undefined : parseDocument(former);
  const oldConfig: unknown = old?.toJS();
  if (typeof oldConfig === "object" && oldConfig !== null) {
    const { encryptionsalt, config } = oldConfig as { encryptionsalt?: string; config?: Record<string, unknown> };
    if (encryptionsalt !== undefined) document.set("encryptionsalt", encryptionsalt);
    for (const [key, value] of Object.entries(config ?? {})) {
      if (key !== "vmo-metal:datacenter") document.setIn(["config", key], value);
    }
  }
  // A section that is left out is a layer that is not wanted.
  for (const [section, address] of [
    ["maas", addresses.maasUrl],
    ["palette", addresses.paletteUrl],
  ] as const) {
    const found = document.getIn(["config", "vmo-metal:datacenter", section], true);
    const settings = isAlias(found) ? found.resolve(document) : found;
    // What is no map is refused by the check of the description, with its line.
    if (isMap(settings)) settings.set("url", address);
  }
  return document.toString();
}
