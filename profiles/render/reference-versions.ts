import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** A row of the RA's version table. */
export interface ReferenceVersion {
  component: string;
  product: string;
  version: string;
  /** The key of `cluster.versions` that it is the default of. */
  setting?: string;
  /** The layer's pack and tag in Palette's registry. */
  pack?: string;
  tag?: string;
  /** The pack of another layer that installs it. */
  installedBy?: string;
}

/** `profiles/versions.yaml`. */
export interface ReferenceVersions {
  /** Revision of the reference architecture. */
  revision: string;
  table: ReferenceVersion[];
  /** Packs of alternatives. */
  alternatives: Record<string, { pack: string; tag: string }>;
}

/** The RA's versions: the one place where they stand. */
export const referenceVersions = parse(
  readFileSync(join(__dirname, "..", "versions.yaml"), "utf8"),
) as ReferenceVersions;

/** Names of the packs that the layers of our profiles and of their alternatives take from a registry. */
export const packNames: readonly string[] = [
  ...referenceVersions.table.flatMap(({ pack }) => pack ?? []),
  ...Object.values(referenceVersions.alternatives).map(({ pack }) => pack),
];

/**
 * The RA's version of a component that `cluster.versions` can set.
 *
 * @throws Error for a setting that the table does not have.
 */
export function referenceVersion(setting: string): string {
  const found = referenceVersions.table.find((row) => row.setting === setting);
  if (found === undefined) throw new Error(`profiles/versions.yaml has no row for ${setting}`);
  return found.version;
}
