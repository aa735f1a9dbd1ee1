import { createHash } from "node:crypto";
import { differingValues } from "./pack-values";

/** The pack of a layer. `registry` is a name; a manifest layer has none. */
export interface LayerPack {
  name: string;
  tag: string;
  /** The exact version, which decides before the tag; only an exported profile states it. Absent: the tag decides. */
  version?: string;
  layer: "os" | "k8s" | "cni" | "csi" | "addon";
  /** Name of the registry; null for a layer of manifests only. */
  registry: string | null;
}

/** One layer of a cluster profile, as our data says it: what is changed of the pack, not the pack's whole values. */
export interface ProfileLayer {
  pack: LayerPack;
  /** Chosen presets as `Group:preset`. */
  presets: string[];
  /** YAML that is merged over the pack's values; with `whole` the layer's whole values. */
  values: string;
  /** Whether `values` are the whole values, as an exported profile has them, and not what is changed of the pack's. Default: false. */
  whole?: boolean;
  /** Manifests that the layer adds, in order. A manifest whose content is a secret stands in `secretManifests` under `pack/name`. */
  manifests: { name: string; content: string }[];
}

/** A variable of a cluster profile (Palette: `v1Variable`). All values travel as text. */
export interface ProfileVariable {
  name: string;
  displayName: string;
  description: string;
  format: "string" | "number" | "boolean" | "ipv4" | "ipv4cidr" | "ipv6" | "version" | "base64";
  /** Null: none. */
  defaultValue: string | null;
  required: boolean;
  /** Read-only in the console. */
  immutable: boolean;
  isSensitive: boolean;
  /** Go syntax; null: none. */
  regex: string | null;
  /** Not shown in the console. Default: false. */
  hidden?: boolean;
  /** How the console asks for it. Default: `text`. */
  inputType?: "text" | "dropdown" | "multiline";
  /** Choices of a `dropdown`. Default: none. */
  options?: VariableOption[];
}

/** A choice of a variable. */
export interface VariableOption {
  value: string;
  label: string;
  description: string;
}

/** What makes a version of a profile what it is. */
export interface ProfileContent {
  profileType: string;
  cloudType: string;
  layers: ProfileLayer[];
  variables: ProfileVariable[];
}

/** Identity of a version: the same content has the same hash, on every machine. The version of a pack only helps to find what the tag means. */
export function contentHash(content: ProfileContent): string {
  const { profileType, cloudType, layers, variables } = content;
  return createHash("sha256")
    .update(
      JSON.stringify({
        profileType,
        cloudType,
        layers: layers.map(canonicalLayer),
        variables: variables.map(canonicalVariable),
      }),
    )
    .digest("hex")
    .slice(0, 32);
}

function canonicalLayer({ pack, presets, values, whole, manifests }: ProfileLayer): unknown[] {
  const texts = manifests.map(({ name, content }) => [name, content.trim()]);
  return [
    pack.name,
    pack.tag,
    pack.layer,
    pack.registry,
    presets,
    withoutNumberSigns(values.trim()),
    texts,
    ...(whole === true ? ["whole"] : []),
  ];
}

/** Versions made before 0.2.0 hold a number that is a variable in quotes, not with a sign: that is the same content. */
function withoutNumberSigns(values: string): string {
  return values.replaceAll(/(?<=: )\+(\{\{\.spectro\.var\.\w+\}\})$/gm, '"$1"');
}

function canonicalVariable(variable: ProfileVariable): unknown[] {
  const { name, displayName, description, format, defaultValue, required, immutable, isSensitive, regex } = variable;
  const { hidden = false, inputType = "text", options = [] } = variable;
  const shown = hidden || inputType !== "text" || options.length > 0 ? [hidden, inputType, options] : [];
  return [name, displayName, description, format, defaultValue, required, immutable, isSensitive, regex, ...shown];
}

/** How two contents differ, one line each: layer, YAML path, both values. */
export function describeContentChange(former: ProfileContent, wanted: ProfileContent): string[] {
  const lines: string[] = [];
  const names = [...new Set([...former.layers, ...wanted.layers].map((layer) => layer.pack.name))];
  for (const name of names) {
    const left = former.layers.find((layer) => layer.pack.name === name);
    const right = wanted.layers.find((layer) => layer.pack.name === name);
    if (left === undefined) lines.push(`layer ${name}: added`);
    else if (right === undefined) lines.push(`layer ${name}: removed`);
    else lines.push(...layerChange(left, right));
  }
  for (const name of new Set([...former.variables, ...wanted.variables].map((variable) => variable.name))) {
    const left = former.variables.find((variable) => variable.name === name);
    const right = wanted.variables.find((variable) => variable.name === name);
    const same =
      left !== undefined &&
      right !== undefined &&
      JSON.stringify(canonicalVariable(left)) === JSON.stringify(canonicalVariable(right));
    if (!same)
      lines.push(`variable ${name}: ${left === undefined ? "added" : right === undefined ? "removed" : "changed"}`);
  }
  return lines;
}

function layerChange(left: ProfileLayer, right: ProfileLayer): string[] {
  const name = left.pack.name;
  const lines = differingValues(left.values, right.values).map(
    (difference) => `layer ${name}: ${difference.path}: ${show(difference.left)} -> ${show(difference.right)}`,
  );
  if (left.pack.tag !== right.pack.tag) lines.push(`layer ${name}: tag ${left.pack.tag} -> ${right.pack.tag}`);
  if (left.pack.registry !== right.pack.registry)
    lines.push(`layer ${name}: registry ${left.pack.registry} -> ${right.pack.registry}`);
  if (left.presets.join() !== right.presets.join())
    lines.push(`layer ${name}: presets ${left.presets.join(", ")} -> ${right.presets.join(", ")}`);
  for (const manifest of new Set([...left.manifests, ...right.manifests].map((item) => item.name))) {
    const before = left.manifests.find((item) => item.name === manifest)?.content.trim();
    const after = right.manifests.find((item) => item.name === manifest)?.content.trim();
    if (before !== after)
      lines.push(
        `layer ${name}: manifest ${manifest} ${before === undefined ? "added" : after === undefined ? "removed" : "changed"}`,
      );
  }
  return lines;
}

/** Long values are cut: a line of a preview has to stay readable. */
function show(value: unknown): string {
  const text = value === undefined ? "(not set)" : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
