import type { Ownership } from "./tenant";

/** Kinds of a profile: full, infrastructure layers only, add-on layers only, Palette's own. */
export const PROFILE_TYPES = ["cluster", "infra", "add-on", "system"] as const;

/** A kind of profile. */
export type ProfileType = (typeof PROFILE_TYPES)[number];

/** Layers, in the order in which they are installed. */
export const LAYERS = ["os", "k8s", "cni", "csi", "addon"] as const;

/** A layer. */
export type Layer = (typeof LAYERS)[number];

/** Where a pack comes from; it must agree with the kind of its registry (`spectro` with `pack`). */
export const PACK_TYPES = ["spectro", "helm", "manifest", "oci"] as const;

/** Where a pack comes from. */
export type PackType = (typeof PACK_TYPES)[number];

/** A manifest of a layer. */
export interface Manifest {
  uid: string;
  name: string;
  content: string;
}

/** One layer of a profile: a pack of a registry with its values, or manifests only. */
export interface ProfilePack {
  name: string;
  type: PackType;
  layer: Layer;
  /** As asked for; may be a moving tag (`1.33.x`). */
  tag: string;
  /** The version that the tag stood for. */
  version: string;
  /** Empty for manifest layers. */
  registryUid: string;
  /** `spectro-manifest-pack` for manifest layers. */
  packUid: string;
  /** Of the pack's content in the registry. */
  digest: string;
  /** YAML. */
  values: string;
  manifests: Manifest[];
}

/** Pack uid of every manifest layer. */
export const MANIFEST_PACK_UID = "spectro-manifest-pack";

/** Formats of a variable's value; every value travels as text. */
export const VARIABLE_FORMATS = [
  "string",
  "number",
  "boolean",
  "ipv4",
  "ipv4cidr",
  "ipv6",
  "version",
  "base64",
] as const;

/** A profile variable: its definition. */
export interface Variable {
  name: string;
  displayName: string;
  description: string;
  format: (typeof VARIABLE_FORMATS)[number];
  /** Absent: none. */
  defaultValue?: string | undefined;
  /** Go regular expression; empty: none. */
  regex: string;
  required: boolean;
  /** "Read-only" in the console: a cluster cannot give another value. */
  immutable: boolean;
  isSensitive: boolean;
  hidden: boolean;
  inputType: "text" | "dropdown" | "multiline";
  options: { value: string; label: string; description: string; default: boolean }[];
}

/** The layers of one profile version, as a draft or published. */
export interface ProfileTemplate {
  packs: ProfilePack[];
}

/** A cluster profile: one object per version; versions of one name and scope form a lineage. */
export interface ClusterProfile extends Ownership {
  uid: string;
  name: string;
  version: string;
  description: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  type: ProfileType;
  /** `maas`, or `all` for add-ons. */
  cloudType: string;
  variables: Variable[];
  /** What clusters can use. */
  published?: ProfileTemplate | undefined;
  /** Changes that were not published yet. */
  draft?: ProfileTemplate | undefined;
  createdAt: number;
  modifiedAt: number;
}
