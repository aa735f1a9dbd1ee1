import type { AlternativeFile, LayerChange, LayerFile, ProfileFiles } from "./profile-files";

/**
 * Puts alternatives into a profile's data, in the order given. Pure.
 *
 * @throws Error for an alternative that names a layer, preset, node file or variable that the profile does not have: its data is out of date.
 */
export function applyAlternatives(files: ProfileFiles, alternatives: readonly AlternativeFile[]): ProfileFiles {
  return alternatives.reduce(applyAlternative, files);
}

function applyAlternative(files: ProfileFiles, alternative: AlternativeFile): ProfileFiles {
  const { layers = {}, replaceLayers = {}, removeVariables = [], addVariables = [] } = alternative;
  const packs = files.layers.map(({ pack }) => pack.name);
  mustHave(alternative, "layer", packs, Object.keys(replaceLayers));
  const replaced = files.layers.map((layer) => replaceLayers[layer.pack.name] ?? layer);
  mustHave(
    alternative,
    "layer",
    replaced.map(({ pack }) => pack.name),
    Object.keys(layers),
  );
  mustHave(
    alternative,
    "variable",
    files.variables.map(({ name }) => name),
    removeVariables,
  );
  return {
    ...files,
    name: alternative.name ?? files.name,
    description: alternative.description ?? files.description,
    layers: replaced.map((layer) => changedLayer(alternative, layer, layers[layer.pack.name] ?? {})),
    variables: [...files.variables.filter(({ name }) => !removeVariables.includes(name)), ...addVariables],
  };
}

function changedLayer(alternative: AlternativeFile, layer: LayerFile, change: LayerChange): LayerFile {
  const { removePresets = [], addPresets = [], removeNodeFiles = [], addNodeFiles = [], addManifests = [] } = change;
  mustHave(alternative, "preset", layer.presets, removePresets);
  const nodeFiles = layer.nodeFiles ?? [];
  mustHave(
    alternative,
    "node file",
    nodeFiles.map(({ source }) => source),
    removeNodeFiles,
  );
  return {
    ...layer,
    presets: [...layer.presets.filter((preset) => !removePresets.includes(preset)), ...addPresets],
    nodeFiles: [...nodeFiles.filter(({ source }) => !removeNodeFiles.includes(source)), ...addNodeFiles],
    manifests: [...(layer.manifests ?? []), ...addManifests],
    values: merged(layer.values, change.values ?? {}),
  };
}

/** Maps by key, everything else as a whole. */
function merged(left: Record<string, unknown>, right: Record<string, unknown>): Record<string, unknown> {
  const result: Record<string, unknown> = { ...left };
  for (const [key, value] of Object.entries(right)) {
    const former = result[key];
    result[key] = isMap(former) && isMap(value) ? merged(former, value) : value;
  }
  return result;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function mustHave(
  alternative: AlternativeFile,
  what: string,
  present: readonly string[],
  named: readonly string[],
): void {
  const unknown = named.find((name) => !present.includes(name));
  if (unknown === undefined) return;
  throw new Error(
    `alternative "${alternative.title}" names ${what} "${unknown}", which the profile does not have; it has: ${present.join(", ") || "none"}`,
  );
}
