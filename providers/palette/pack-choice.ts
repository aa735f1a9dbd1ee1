/** What a layer names of its pack. */
export interface WantedPack {
  readonly name: string;
  /** The tag as the layer writes it: an immutable one (`1.33.2`), a moving one (`1.33.x`), or one of another registry's spelling. */
  readonly tag: string;
  /** The exact version, where it is known: an exported profile states it beside a moving tag. */
  readonly version?: string;
}

/** One version of a pack that a registry offers. */
export interface OfferedPack {
  readonly packUid: string;
  readonly tag: string;
  readonly version: string;
  /** Moving tags that stand for this version now: `1.33.x`. */
  readonly parentTags: readonly string[];
}

/** The rules by which a layer finds its pack, the strictest first. The first one that any offered pack fulfils decides. */
const rules: readonly ((wanted: WantedPack, offered: OfferedPack) => boolean)[] = [
  ({ tag, version }, offered) => offered.tag === tag && (version === undefined || offered.version === version),
  ({ version }, offered) => offered.version === version,
  ({ version }, offered) => version !== undefined && plainTag(offered.version) === plainTag(version),
  ({ tag }, offered) => offered.tag === tag || offered.version === tag,
  ({ tag }, offered) => offered.parentTags.includes(tag),
  ({ tag }, offered) => plainTag(offered.tag) === plainTag(tag) || plainTag(offered.version) === plainTag(tag),
  ({ tag }, offered) => isInSeries(offered.version, tag) || isInSeries(offered.tag, tag),
];

/**
 * Chooses the pack that a layer means among those of a registry. Registries differ in how they spell tags (`22.04`, `LTS__22.04`) and in
 * whether they list the moving tags of a version, so that a version decides before a tag, and a tag before what only resembles it. Of several
 * that fit equally well the newest version is chosen. Pure.
 *
 * @returns undefined when none fits
 */
export function choosePack<Offered extends OfferedPack>(
  wanted: WantedPack,
  offered: readonly Offered[],
): Offered | undefined {
  for (const rule of rules) {
    const [best] = offered.filter((pack) => rule(wanted, pack)).sort((one, other) => compareVersions(other, one));
    if (best !== undefined) return best;
  }
  return undefined;
}

/** A tag without the channel that some registries put before it: `LTS__22.04` is `22.04`. */
export function plainTag(tag: string): string {
  return tag.replace(/^[A-Za-z]+__/, "");
}

/** Whether a version belongs to the series of a moving tag: `1.33.2` to `1.33.x` and `1.x`. */
function isInSeries(version: string, tag: string): boolean {
  const plain = plainTag(tag);
  return /(^|\.)x$/.test(plain) && plainTag(version).startsWith(plain.slice(0, -1));
}

function compareVersions(one: OfferedPack, other: OfferedPack): number {
  return plainTag(one.version).localeCompare(plainTag(other.version), "en", { numeric: true });
}
