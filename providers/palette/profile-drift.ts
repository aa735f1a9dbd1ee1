import { parseDocument, stringify } from "yaml";
import type { PackAnswer } from "./client/profiles";
import { plainTag } from "./pack-choice";
import { differingValues } from "./pack-values";
import type { ProfileLayer, ProfileVariable } from "./profile-content";
import type { ResolvedLayer } from "./resolve-profile";

/**
 * A layer as it really is, said the way our data says it: equal to ours when Palette holds what we would send, else with each differing
 * YAML path in `values`, so that a preview names it. Palette strips surrounding white space, so texts are compared without it.
 *
 * @param expected what we would send; undefined when that is not known because the pack was taken out of its registry
 */
export function presentLayer(
  ours: ProfileLayer,
  expected: ResolvedLayer | undefined,
  actual: PackAnswer,
  manifests: ReadonlyMap<string, string>,
): ProfileLayer {
  const { name } = ours.pack;
  const added = ours.manifests.map((manifest) => {
    const found = manifests.get(`${name}/${manifest.name}`) ?? "";
    return found.trim() === manifest.content.trim() ? manifest : { name: manifest.name, content: found };
  });
  return {
    pack: { ...ours.pack, tag: presentTag(ours, expected, actual) },
    presets: ours.presets,
    whole: ours.whole ?? false,
    values: expected === undefined ? ours.values : presentValues(ours, expected, actual.values ?? ""),
    manifests: added,
  };
}

/**
 * The tag; with a remark when it stands for another pack in the registry than the version was made of. A registry that spells the tag otherwise
 * makes no difference.
 */
function presentTag(ours: ProfileLayer, expected: ResolvedLayer | undefined, actual: PackAnswer): string {
  const actualTag = actual.tag ?? ours.pack.tag;
  const same = actualTag === expected?.pack?.tag || plainTag(actualTag) === plainTag(ours.pack.tag);
  if (!same) return actualTag;
  const made = actual.packUid ?? undefined;
  const now = expected?.pack?.packUid;
  const { tag } = ours.pack;
  return made === undefined || now === undefined || made === now
    ? tag
    : `${tag} (made of pack ${made}, the registry now has ${now})`;
}

/** A layer that only Palette has. */
export function foreignLayer(actual: PackAnswer): ProfileLayer {
  return {
    pack: {
      name: actual.name,
      tag: actual.tag ?? "",
      layer: actual.layer as ProfileLayer["pack"]["layer"],
      registry: null,
    },
    presets: [],
    values: "",
    whole: false,
    manifests: [],
  };
}

/** What Palette masks cannot be compared; secret values are compared apart, so that none gets into the diff. */
function presentValues(ours: ProfileLayer, expected: ResolvedLayer, actual: string): string {
  if (expected.values.trim() === actual.trim()) return ours.values;
  const secret = new Set(expected.secretPaths.map((keys) => keys.join("/")));
  const differences = differingValues(expected.values, actual).filter(
    ({ keys, right }) => !isMasked(right) && !secret.has(keys.join("/")),
  );
  if (differences.length === 0) return ours.values;
  const document = parseDocument(ours.values.trim() === "" ? "{}" : ours.values);
  for (const { keys, right } of differences) document.setIn(keys, document.createNode(right ?? null));
  return stringify(document.toJS());
}

/** Whether Palette hides a value. */
export function isMasked(value: unknown): boolean {
  return typeof value === "string" && /^\*{3,}$/.test(value);
}

/** A variable as it really is, with what Palette leaves out filled in. A masked default of a sensitive one counts as ours. */
export function presentVariable(actual: Partial<ProfileVariable>, ours: ProfileVariable | undefined): ProfileVariable {
  const masked = isMasked(actual.defaultValue);
  return {
    name: actual.name ?? "",
    displayName: actual.displayName ?? "",
    description: actual.description ?? "",
    format: actual.format ?? "string",
    defaultValue: masked ? (ours?.defaultValue ?? null) : emptyToNull(actual.defaultValue),
    required: actual.required ?? false,
    immutable: actual.immutable ?? false,
    isSensitive: actual.isSensitive ?? false,
    regex: emptyToNull(actual.regex),
    hidden: actual.hidden ?? false,
    inputType: actual.inputType ?? "text",
    options: (actual.options ?? []).map(({ value, label, description }) => ({
      value,
      label: (label as string | undefined) ?? "",
      description: (description as string | undefined) ?? "",
    })),
  };
}

function emptyToNull(text: string | null | undefined): string | null {
  return text === undefined || text === null || text === "" ? null : text;
}
