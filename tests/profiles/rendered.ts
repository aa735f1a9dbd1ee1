import { parse } from "yaml";
import { profileFolders, readProfileFiles } from "../../profiles/render/profile-files";
import type { ProfileParameters } from "../../profiles/render/parameters";
import { renderProfile, type RenderedProfile } from "../../profiles/render/render-profile";
import { referenceParameters } from "./parameters";

/** A file for nodes as the OS layer holds it. */
export interface RenderedNodeFile {
  targetPath: string;
  targetOwner: string;
  targetPermissions: string;
  content: string;
}

/** A profile with the reference values, changed as a test wants. */
export function rendered(
  profile: keyof typeof profileFolders,
  changes: Partial<ProfileParameters> = {},
  alternatives: string[] = [],
): RenderedProfile {
  return renderProfile(readProfileFiles(profileFolders[profile]), { ...referenceParameters, ...changes }, alternatives);
}

/** The values of a layer as plain data. */
export function valuesOf(profile: RenderedProfile, pack: string): unknown {
  const layer = profile.layers.find((item) => item.pack.name === pack);
  if (layer === undefined) throw new Error(`${profile.name} has no layer ${pack}`);
  return parse(layer.values);
}

/** What lies at a dotted path of a layer's values; list items by number or by their `name`. */
export function valueAt(values: unknown, path: string): unknown {
  return path.split(/\.(?![^[]*\])/).reduce<unknown>((value, part) => {
    const [, key = part, item] = /^([^[]*)(?:\[(.+)\])?$/.exec(part) ?? [];
    const member = key === "" ? value : (value as Record<string, unknown> | undefined)?.[unquoted(key)];
    if (item === undefined) return member;
    const list = Array.isArray(member) ? (member as unknown[]) : [];
    return /^\d+$/.test(item) ? list[Number(item)] : list.find((entry) => isNamed(entry, item));
  }, values);
}

/** The files that the OS layer puts on nodes, by path. */
export function nodeFilesOf(profile: RenderedProfile): Map<string, RenderedNodeFile> {
  const files = valueAt(valuesOf(profile, "ubuntu-maas"), "kubeadmconfig.files") as RenderedNodeFile[];
  return new Map(files.map((file) => [file.targetPath, file]));
}

/** Node files have their path for a name. */
function isNamed(entry: unknown, name: string): boolean {
  if (typeof entry !== "object" || entry === null) return false;
  return ("name" in entry && entry.name === name) || ("targetPath" in entry && entry.targetPath === name);
}

/** In a path a dot of a key is written `~`. */
function unquoted(key: string): string {
  return key.replaceAll("~", ".");
}
