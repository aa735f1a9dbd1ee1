import type { Habits } from "../habits";
import type { PackRevision } from "../model/state";
import { digestOf } from "../uid";
import type { Pack } from "./pack";
import { packUid } from "./read-registry";
import { compareVersions } from "./version";

/** The packs that registries offer now: what was read from disk, with what was changed in the lab since. */
export class PackCatalogue {
  /**
   * @param original as read from disk.
   * @param revisions changes made in the lab, the newest last; looked at on every call.
   * @param habits how tags of operating systems are spelled, and of which kind the vendor's registry is; looked at on every call.
   */
  constructor(
    private readonly original: readonly Pack[],
    private readonly revisions: () => readonly PackRevision[],
    private readonly habits: () => Pick<Habits, "os-tags" | "vendor-registry">,
  ) {}

  /** Everything offered now. */
  all(): Pack[] {
    const habits = this.habits();
    const plain = habits["os-tags"] === "plain";
    const type = habits["vendor-registry"] === "palette-registry" ? "oci" : "spectro";
    return this.original
      .map((pack) => this.current(pack))
      .filter((pack) => pack !== undefined)
      .map((pack) => ({ ...pack, type }) as const)
      .map((pack) => (plain && pack.layer === "os" ? { ...pack, tag: pack.tag.replace(/^LTS__/, "") } : pack));
  }

  /** All versions of a pack in a registry, the newest first. */
  versionsOf(registryUid: string, name: string): Pack[] {
    return this.all()
      .filter((pack) => pack.registryUid === registryUid && pack.name === name)
      .sort((one, other) => compareVersions(other.version, one.version));
  }

  /** The pack that a tag stands for: an exact tag, or the newest of a moving one. */
  find(registryUid: string, name: string, tag: string): Pack | undefined {
    const versions = this.versionsOf(registryUid, name);
    return (
      versions.find((pack) => pack.tag === tag || pack.version === tag) ??
      versions.find((pack) => pack.parentTags.includes(tag))
    );
  }

  /** A pack by uid; one that was moved to new content is still found by its former uid. */
  byUid(uid: string): Pack | undefined {
    return this.all().find((pack) => pack.uid === uid) ?? this.original.find((pack) => pack.uid === uid);
  }

  private current(pack: Pack): Pack | undefined {
    const revision = this.revisions().findLast((each) => each.name === pack.name && each.tag === pack.tag);
    if (!revision) return pack;
    if (revision.disabled === true) return { ...pack, disabled: true };
    if (revision.values === undefined) return undefined;
    const digest = digestOf(revision.values);
    return {
      ...pack,
      values: revision.values,
      digest,
      uid: packUid(pack.registryUid, pack.name, pack.tag, digest),
    };
  }
}
