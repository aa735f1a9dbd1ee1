import { parse, parseAllDocuments } from "yaml";
import { isKubernetesObject, mapOf, textMapOf, textOf, type KubernetesObject } from "../objects";
import { namespaceObject } from "./pack-content";

/**
 * A pack's values.
 * @throws Error naming the pack when the text is not YAML or not a map.
 */
export function parseValues(pack: string, text: string): Record<string, unknown> {
  let values: unknown;
  try {
    values = parse(text) ?? {};
  } catch (error) {
    throw new Error(`values of pack ${pack} are not YAML: ${(error as Error).message}`, { cause: error });
  }
  if (typeof values !== "object" || Array.isArray(values)) throw new Error(`values of pack ${pack} are not a map`);
  return values as Record<string, unknown>;
}

/** The namespaces that Palette makes for a pack: `pack.namespace` and those of `pack.namespaceLabels`, with their labels. */
export function packNamespaces(values: Record<string, unknown>): KubernetesObject[] {
  const labels = textMapOf(values, "pack", "namespaceLabels");
  const own = textOf(values, "pack", "namespace");
  const names = new Set([...(own === undefined || own === "" ? [] : [own]), ...Object.keys(labels)]);
  return [...names].map((name) => namespaceObject(name, parseLabels(labels[name] ?? "")));
}

function parseLabels(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split(",")
      .map((part) => part.trim().split("="))
      .flatMap(([key = "", value = ""]): [string, string][] => (key === "" ? [] : [[key, value]])),
  );
}

/**
 * The objects of a manifest, in order; empty documents are left out.
 * @throws Error naming the manifest when it is not YAML or a document is not a named Kubernetes object.
 */
export function parseManifest(manifest: { name: string; content: string }): KubernetesObject[] {
  return parseAllDocuments(manifest.content).flatMap((document) => {
    const [problem] = document.errors;
    if (problem !== undefined) throw new Error(`manifest ${manifest.name} is not YAML: ${problem.message}`);
    const value: unknown = document.toJS();
    if (value === null || value === undefined) return [];
    if (!isKubernetesObject(value)) {
      throw new Error(`manifest ${manifest.name}: a document has no apiVersion, kind or metadata.name`);
    }
    return [value];
  });
}

/** The part of the values below `charts.<chart>`. */
export function chartValues(values: Record<string, unknown>, chart: string): Record<string, unknown> {
  return mapOf(values, "charts", chart);
}
