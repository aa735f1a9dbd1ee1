import type { Layer, PackType } from "../model/profile";

/** Another pack that this one works with, and in which versions (both ends included). */
export interface PackRequirement {
  pack: string;
  minimum: string;
  maximum: string;
}

/** A ready choice for a part of the values. */
export interface PackPreset {
  name: string;
  displayName: string;
  /** One preset of a group is chosen. */
  group: string;
  /** Paths that are taken out of the values first. */
  remove: string[];
  /** YAML that is merged into the values then. */
  add: string;
}

/** One version of a pack in a registry. */
export interface Pack {
  uid: string;
  name: string;
  displayName: string;
  layer: Layer;
  type: PackType;
  addonType: string;
  addonSubType: string;
  /** `all`, or cloud types. */
  cloudTypes: string[];
  registryUid: string;
  version: string;
  tag: string;
  /** Moving tags that stand for it while it is their newest: `1.32.x`. */
  parentTags: string[];
  group: string;
  /** The whole default values, YAML. */
  values: string;
  presets: PackPreset[];
  digest: string;
  /** Whether it is switched off: no profile may take it. Default: false. */
  disabled?: boolean;
  requires: PackRequirement[];
  /** Paths that values must have: partial values are refused. */
  requiredParameters: string[];
  /** Paths that must also be given a value. */
  nonEmptyParameters: string[];
  /** Paths that hold a credential: masked in an export. */
  sensitiveParameters: string[];
}
