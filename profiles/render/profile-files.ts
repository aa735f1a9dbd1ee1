import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** A variable as `profile.yaml` has it; what is left out has Palette's default. */
export interface VariableFile {
  name: string;
  displayName: string;
  description: string;
  format: "string" | "number" | "boolean" | "ipv4" | "ipv4cidr" | "ipv6" | "version" | "base64";
  defaultValue?: string;
  required?: boolean;
  immutable?: boolean;
  isSensitive?: boolean;
  regex?: string;
}

/** A file for nodes: its text in `node-files/`, and where it goes. */
export interface NodeFile {
  source: string;
  /** With `@{number}` (from 1) when there is one file per item of `each`. */
  targetPath: string;
  /** Name of a parameter that is a list: a file for every item, in which `@{that name}` stands for the item. */
  each?: string;
  /** What the file is written in, which decides how values are put into it. Default `words`: values of one word each. */
  format?: "yaml" | "words";
  /** Default `root:root`. */
  owner?: string;
  /** Octal, default `0644`. */
  permissions?: string;
}

/** One layer as its YAML file has it. */
export interface LayerFile {
  pack: { name: string; layer: "os" | "k8s" | "cni" | "csi" | "addon"; registry: string | null; tag: string };
  presets: string[];
  /** Names of files in `manifests/`. */
  manifests?: string[];
  nodeFiles?: NodeFile[];
  values: Record<string, unknown>;
}

/** What an alternative changes of one layer. */
export interface LayerChange {
  /** Presets that go, and presets that come behind the others. */
  removePresets?: string[];
  addPresets?: string[];
  /** Node files that go, by source, and node files that come behind the others. */
  removeNodeFiles?: string[];
  addNodeFiles?: NodeFile[];
  /** Manifests that come behind the others. */
  addManifests?: string[];
  /** Merged over the layer's values: maps by key, lists and scalars as a whole; null takes a key out of the pack's own values. */
  values?: Record<string, unknown>;
}

/** A choice that the reference architecture offers beside its default: a file in a profile's `alternatives/`. */
export interface AlternativeFile {
  /** What it is, for people. */
  title: string;
  /** Name and description that the profile then has; absent: they stay. */
  name?: string;
  description?: string;
  /** Layers by their pack's name. */
  layers?: Record<string, LayerChange>;
  /** Layers that take the place of others, by the pack's name of the one that goes. */
  replaceLayers?: Record<string, LayerFile>;
  removeVariables?: string[];
  addVariables?: VariableFile[];
}

/** A profile's folder as plain data, before any parameter is put in. */
export interface ProfileFiles {
  name: string;
  description: string;
  profileType: "infra" | "add-on";
  cloudType: "maas" | "all";
  variables: VariableFile[];
  layers: LayerFile[];
  /** File names of the layers, in their order. */
  layerFiles: string[];
  /** Texts of `node-files/` and of `manifests/`, by file name. */
  nodeFileTexts: Record<string, string>;
  /** What can be chosen instead of the default, by name. */
  alternatives: Record<string, AlternativeFile>;
  manifestTexts: Record<string, string>;
}

/** The profiles' folders, by what the description calls them. */
export const profileFolders = {
  infra: "vmo-ra-infra-maas-pure-flasharray",
  core: "vmo-ra-core-pxke",
} as const;

/** Reads a profile's folder. */
export function readProfileFiles(folder: string): ProfileFiles {
  const root = join(__dirname, "..", folder);
  const { layers, variables, ...head } = parse(readFileSync(join(root, "profile.yaml"), "utf8")) as Omit<
    ProfileFiles,
    "layers" | "layerFiles" | "variables"
  > & { layers: string[]; variables?: VariableFile[] };
  return {
    ...head,
    variables: variables ?? [],
    layerFiles: layers,
    layers: layers.map((file) => parse(readFileSync(join(root, file), "utf8")) as LayerFile),
    alternatives: alternatives(join(root, "alternatives")),
    nodeFileTexts: texts(join(root, "node-files")),
    manifestTexts: texts(join(root, "manifests")),
  };
}

function alternatives(folder: string): Record<string, AlternativeFile> {
  const files = Object.entries(texts(folder));
  return Object.fromEntries(files.map(([file, text]) => [file.replace(/\.yaml$/, ""), parse(text) as AlternativeFile]));
}

function texts(folder: string): Record<string, string> {
  const names = listing(folder);
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

/** A profile need not have such a folder. */
function listing(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw failure;
  }
}
