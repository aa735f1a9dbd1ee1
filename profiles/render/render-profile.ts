import { stringify } from "yaml";
import type { ProfileParameters } from "./parameters";
import type { LayerFile, ProfileFiles, VariableFile } from "./profile-files";
import { type Parameters, substitute, substituteText } from "./substitute";

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

/** Puts the description's values into a profile's data. @throws Error for a file or parameter that does not exist. */
export function renderProfile(files: ProfileFiles, profileParameters: ProfileParameters): RenderedProfile {
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
  const nodeFiles = (layer.nodeFiles ?? []).map((file) => ({
    targetPath: file.targetPath,
    targetOwner: file.owner ?? "root:root",
    targetPermissions: file.permissions ?? "0644",
    content: substituteText(textOf(files.nodeFileTexts, file.source), parameters),
  }));
  const values = substitute(layer.values, parameters) as Record<string, unknown>;
  return {
    pack: substitute(layer.pack, parameters) as LayerFile["pack"],
    presets: layer.presets.map((preset) => substituteText(preset, parameters)),
    values: stringify(nodeFiles.length === 0 ? values : withNodeFiles(values, nodeFiles), { lineWidth: 0 }),
    manifests: (layer.manifests ?? []).map((file) => ({
      name: file.replace(/\.yaml$/, ""),
      content: substituteText(textOf(files.manifestTexts, file), parameters),
    })),
  };
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
