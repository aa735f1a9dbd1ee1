import { applyAlternatives } from "./alternatives";
import type { ProfileParameters } from "./parameters";
import type { AlternativeFile, LayerFile, NodeFile, ProfileFiles, VariableFile } from "./profile-files";
import { type Parameters, substitute, substituteText, substituteWords } from "./substitute";
import { substituteYaml } from "./substitute-yaml";
import { yamlText } from "./yaml-text";

/** A layer ready to be imported: what is changed of the pack's values, as YAML, and the manifests that it adds. */
export interface RenderedLayer {
  pack: LayerFile["pack"];
  presets: string[];
  values: string;
  manifests: { name: string; content: string }[];
}

/** A variable with all that Palette wants to know; null is "not set". */
export type RenderedVariable = Required<Omit<VariableFile, "defaultValue" | "regex">> & {
  defaultValue: string | null;
  regex: string | null;
};

/** A profile ready to be imported. The same input gives the same bytes. */
export interface RenderedProfile {
  name: string;
  description: string;
  profileType: "infra" | "add-on";
  cloudType: "maas" | "all";
  layers: RenderedLayer[];
  variables: RenderedVariable[];
}

/**
 * Puts the description's values into a profile's data.
 *
 * @param chosen names of alternatives, in the order in which they are put in
 * @throws Error for a file, parameter or alternative that does not exist
 */
export function renderProfile(
  original: ProfileFiles,
  profileParameters: ProfileParameters,
  chosen: readonly string[] = [],
): RenderedProfile {
  const files = applyAlternatives(
    original,
    chosen.map((name) => alternativeOf(original, name)),
  );
  const parameters: Parameters = { ...profileParameters };
  const { name, description, profileType, cloudType } = files;
  return {
    name,
    description,
    profileType,
    cloudType,
    layers: files.layers.map((layer) => renderLayer(layer, files, parameters)),
    variables: files.variables.map((variable) => renderVariable(variable, parameters)),
  };
}

function renderLayer(layer: LayerFile, files: ProfileFiles, parameters: Parameters): RenderedLayer {
  const nodeFiles = (layer.nodeFiles ?? []).flatMap((file) => renderNodeFile(file, files, parameters));
  const values = substitute(layer.values, parameters) as Record<string, unknown>;
  return {
    pack: substitute(layer.pack, parameters) as LayerFile["pack"],
    presets: layer.presets.map((preset) => substituteText(preset, parameters)),
    values: yamlText(nodeFiles.length === 0 ? values : withNodeFiles(values, nodeFiles)),
    manifests: (layer.manifests ?? []).map((file) => ({
      name: file.replace(/\.yaml$/, ""),
      content: substituteYaml(textOf(files.manifestTexts, file), parameters),
    })),
  };
}

/** A node file as the pack takes it; one with `each` becomes as many as its list has items. */
function renderNodeFile(file: NodeFile, files: ProfileFiles, parameters: Parameters): unknown[] {
  const { each } = file;
  const items = each === undefined ? [undefined] : listOf(each, parameters);
  return items.map((item, index) => {
    const own = each === undefined ? parameters : { ...parameters, [each]: item, number: index + 1 };
    return {
      targetPath: substituteText(file.targetPath, own),
      targetOwner: file.owner ?? "root:root",
      targetPermissions: file.permissions ?? "0644",
      content: (file.format === "yaml" ? substituteYaml : substituteWords)(
        textOf(files.nodeFileTexts, file.source),
        own,
      ),
    };
  });
}

function listOf(name: string, parameters: Parameters): readonly unknown[] {
  const value = parameters[name];
  if (!Array.isArray(value)) throw new Error(`the profile's data has a file for each of ${name}, which is no list`);
  return value as unknown[];
}

function alternativeOf(files: ProfileFiles, name: string): AlternativeFile {
  const found = files.alternatives[name];
  if (found !== undefined) return found;
  throw new Error(
    `profile ${files.name} has no alternative "${name}"; it has: ${Object.keys(files.alternatives).join(", ") || "none"}`,
  );
}

function withNodeFiles(values: Record<string, unknown>, files: unknown[]): Record<string, unknown> {
  const kubeadmconfig = values["kubeadmconfig"] as Record<string, unknown> | undefined;
  return { ...values, kubeadmconfig: { ...kubeadmconfig, files } };
}

function renderVariable(variable: VariableFile, parameters: Parameters): RenderedVariable {
  return {
    name: variable.name,
    displayName: variable.displayName,
    description: variable.description,
    format: variable.format,
    defaultValue: variable.defaultValue === undefined ? null : substituteText(variable.defaultValue, parameters),
    required: variable.required ?? false,
    immutable: variable.immutable ?? false,
    isSensitive: variable.isSensitive ?? false,
    regex: variable.regex ?? null,
  };
}

function textOf(texts: Readonly<Record<string, string>>, file: string): string {
  const text = texts[file];
  if (text === undefined) throw new Error(`the profile's data names ${file}, which is not in its folder`);
  return text;
}
