import type { Origin } from "./ownership";
import type { ProfileContent } from "./profile-content";

/** Plain inputs of a cluster profile. */
export interface ClusterProfileInputs extends ProfileContent {
  name: string;
  version: string;
  description: string;
  secretManifests: Record<string, string>;
  secretValues: Record<string, string>;
  adopt: boolean;
}

/** Computed outputs of a cluster profile. */
export interface ClusterProfileOutputs {
  origin: Origin;
  /** Uid of this version. */
  uid: string;
  /** Hash of the content that this version was made of. */
  contentHash: string;
  /** The packs that its layers were resolved to. A tag that stands for another pack now is drift. */
  packs: ResolvedPackRecord[];
  /** Versions that were made here, the newest last; all are deleted with the resource. */
  versions: { version: string; uid: string }[];
}

/** What name, tag and registry of a layer stood for when the version was made. */
export interface ResolvedPackRecord {
  name: string;
  packUid: string;
  version: string;
  digest: string;
}
