import type { ObservedPack } from "../../providers/palette/look-ups/profile-packs";
import { type Finding, finding } from "./finding";

/** A registry as Palette lists it. */
interface Registry {
  readonly name: string;
  /** `pack`, `helm` or `oci`: the type that layers from it have follows from it. */
  readonly kind: string;
}

/** Kinds of registries that layers come from (`v1RegistryMetadata`). */
const kinds = ["pack", "helm", "oci"];

/**
 * One row for each registry that a layer names. One that is not there is an error only where a layer that names it is not found elsewhere. Pure.
 */
export function registryFindings(registries: readonly Registry[], packs: readonly ObservedPack[]): Finding[] {
  const names = [...new Set(packs.map(({ registry }) => registry))].sort();
  return names.map((name) => {
    const isLacking = packs.some(({ registry, problem }) => registry === name && problem !== null);
    return registryFinding(name, registries, isLacking);
  });
}

function registryFinding(name: string, registries: readonly Registry[], isLacking: boolean): Finding {
  const where = `registry "${name}"`;
  const found = registries.filter((registry) => registry.name === name);
  const [only] = found;
  if (only !== undefined && found.length === 1) {
    if (kinds.includes(only.kind)) return finding("ok", "PAL006", where, `is there, of kind ${only.kind}`);
    const fix = `Name a registry of kind ${kinds.join(", ")}.`;
    return finding("error", "PAL006", where, `is of kind "${only.kind}", which layers do not come from`, fix);
  }
  const all = registries.map((registry) => `${registry.name} (${registry.kind})`).join(", ") || "none";
  const what = found.length === 0 ? `is not in Palette; there are ${all}` : `is in Palette ${found.length} times`;
  if (!isLacking) return finding("ok", "PAL006", where, `${what}; its layers are found all the same`);
  const fix = found.length === 0 ? "Name one of these, or add the registry in Palette." : "Rename all but one.";
  return finding("error", "PAL006", where, what, fix);
}
