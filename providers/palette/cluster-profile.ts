import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { InputError } from "../dynamic/errors";
import { text } from "../dynamic/fields";
import { fingerprint, matchesFingerprint } from "../dynamic/fingerprint";
import type { ResourceKind } from "../dynamic/kind";
import type { PlainObject } from "../dynamic/plain";
import { ServedResource } from "../dynamic/resource";
import type { PaletteClient } from "./client/client";
import * as profiles from "./client/profiles";
import { connect, type PaletteConnection } from "./connection";
import { markerKey, type Origin, originOf } from "./ownership";
import {
  contentHash,
  describeContentChange,
  type ProfileContent,
  type ProfileLayer,
  type ProfileVariable,
} from "./profile-content";
import { foreignLayer, presentLayer, presentVariable } from "./profile-drift";
import { importEntity, resolveLayers, type ResolvedLayer, updateEntity } from "./resolve-profile";
import { layerSchema, variableSchema } from "./profile-schema";

/** Inputs of a {@link ClusterProfile}. */
export interface ClusterProfileArgs {
  /** Name of the profile; all its versions have it. */
  name: pulumi.Input<string>;
  /** Version, e.g. `1.7.0`. Changed content needs a new one. */
  version: pulumi.Input<string>;
  /** What the console shows. Default: empty. */
  description?: pulumi.Input<string>;
  /** `infra`, `add-on` or `cluster` (a full one). */
  profileType: pulumi.Input<string>;
  /** `maas`, or `all` for add-ons. */
  cloudType: pulumi.Input<string>;
  /** The layers in order. */
  layers: pulumi.Input<ProfileLayer[]>;
  variables?: pulumi.Input<ProfileVariable[]>;
  /** Contents of manifests that are secret, by `pack/name`. Default: none. */
  secretManifests?: pulumi.Input<Record<string, string>>;
  /** Take the profile over when name and version exist already. Default: false, an existing one is an error. */
  adopt?: pulumi.Input<boolean>;
}

interface ClusterProfileInputs extends ProfileContent {
  name: string;
  version: string;
  description: string;
  secretManifests: Record<string, string>;
  adopt: boolean;
}

interface ClusterProfileOutputs {
  origin: Origin;
  /** Uid of this version. */
  uid: string;
  /** Hash of the content that this version was made of. */
  contentHash: string;
  /** Salted fingerprints of the secret manifests, by `pack/name`. */
  manifestFingerprints: Record<string, string>;
  /** Versions that were made here, the newest last; all are deleted with the resource. */
  versions: { version: string; uid: string }[];
}

/** The kind behind {@link ClusterProfile}. */
export const clusterProfileKind: ResourceKind<ClusterProfileInputs, ClusterProfileOutputs, PaletteConnection> = {
  kind: "palette:ClusterProfile",
  schema: {
    name: text(),
    version: z.string().regex(/^\d+\.\d+\.\d+(-[\w.]+)?$/, { error: "must be a version such as 1.7.0" }),
    description: z.string().default(""),
    profileType: z.enum(["infra", "add-on", "cluster"]),
    cloudType: z.string().default("all"),
    layers: z.array(layerSchema).min(1, { error: "must have at least one layer" }),
    variables: z.array(variableSchema).default([]),
    secretManifests: z.record(z.string(), z.string()).default({}),
    adopt: z.boolean().default(false),
  },
  outputs: ["origin", "uid", "contentHash", "manifestFingerprints", "versions"],
  informative: ["adopt"],
  replaceOn: ["name", "profileType", "cloudType"],
  connect,
  refuse: refuseWithoutVersion,

  async create(link, inputs) {
    const { client } = link;
    const layers = await resolveLayers(client, inputs.layers, inputs.secretManifests);
    const existing = await profiles.profileVersions(client, inputs.name);
    const same = existing.find(({ version }) => version === inputs.version);
    if (same === undefined) return { id: inputs.name, outputs: await importVersion(link, inputs, layers, []) };
    const found = await profiles.readProfile(client, same.uid);
    const origin = originOf({
      what: `Cluster profile "${inputs.name}" ${inputs.version}`,
      owner: found?.metadata.labels?.[markerKey],
      datacenter: link.datacenter,
      adopt: inputs.adopt,
    });
    await putBack(client, same.uid, inputs, layers);
    return { id: inputs.name, outputs: outputsOf(inputs, same.uid, origin, origin === "created" ? [same] : []) };
  },

  async read(link, id, state) {
    const uid = state.uid ?? (await newest(link.client, id));
    const found = uid === undefined ? undefined : await profiles.readProfile(link.client, uid);
    if (uid === undefined || found === undefined) return undefined;
    return {
      id,
      inputs: await presentInputs(link.client, uid, found, state),
      outputs: presentOutputs(uid, found, state),
    };
  },

  async update(link, _id, olds, news) {
    const layers = await resolveLayers(link.client, news.layers, news.secretManifests);
    const versions = await profiles.profileVersions(link.client, news.name);
    const same = versions.find(({ version }) => version === news.version);
    if (same === undefined) return { outputs: await importVersion(link, news, layers, olds.versions) };
    await putBack(link.client, same.uid, news, layers);
    const made = olds.versions.some(({ uid }) => uid === same.uid) || olds.origin === "adopted";
    return { outputs: outputsOf(news, same.uid, olds.origin, made ? olds.versions : [...olds.versions, same]) };
  },

  async delete(link, _id, state) {
    for (const { uid } of state.versions) await profiles.deleteProfile(link.client, uid);
  },
};

/** Changed content under the same version would change the clusters that run it; drift (content as recorded) is put back. */
function refuseWithoutVersion(olds: PlainObject, news: ClusterProfileInputs): string | undefined {
  if (olds["version"] !== news.version || olds["contentHash"] === contentHash(news)) return undefined;
  const lines = describeContentChange(olds as unknown as ProfileContent, news);
  return (
    `Cluster profile "${news.name}": the content changed but the version is still ${news.version}. A version is never changed, because clusters ` +
    `run it: raise the version. What changed:\n${lines.map((line) => `  - ${line}`).join("\n")}`
  );
}

async function importVersion(
  link: PaletteConnection,
  inputs: ClusterProfileInputs,
  layers: readonly ResolvedLayer[],
  former: { version: string; uid: string }[],
): Promise<ClusterProfileOutputs> {
  const body = {
    metadata: { name: inputs.name, description: inputs.description, labels: { [markerKey]: link.datacenter } },
    spec: {
      version: inputs.version,
      template: { type: inputs.profileType, cloudType: inputs.cloudType, packs: layers.map(importEntity) },
      variables: inputs.variables.map(variableEntity),
    },
  };
  const uid = await profiles.importProfile(link.client, inputs.name, inputs.version, body);
  return outputsOf(inputs, uid, "created", [...former, { version: inputs.version, uid }]);
}

async function putBack(
  client: PaletteClient,
  uid: string,
  inputs: ClusterProfileInputs,
  layers: readonly ResolvedLayer[],
): Promise<void> {
  await profiles.replaceContent(client, uid, inputs.variables.map(variableEntity), {
    metadata: { name: inputs.name, annotations: { description: inputs.description } },
    spec: { version: inputs.version, template: { type: inputs.profileType, packs: layers.map(updateEntity) } },
  });
}

function outputsOf(
  inputs: ClusterProfileInputs,
  uid: string,
  origin: Origin,
  versions: { version: string; uid: string }[],
): ClusterProfileOutputs {
  const prints = Object.entries(inputs.secretManifests).map(([key, content]) => [key, fingerprint(content)]);
  return {
    origin,
    uid,
    contentHash: contentHash(inputs),
    manifestFingerprints: Object.fromEntries(prints) as Record<string, string>,
    versions,
  };
}

async function newest(client: PaletteClient, name: string): Promise<string | undefined> {
  return (await profiles.profileVersions(client, name)).at(-1)?.uid;
}

async function presentInputs(
  client: PaletteClient,
  uid: string,
  found: profiles.ProfileAnswer,
  state: Partial<ClusterProfileInputs & ClusterProfileOutputs>,
): Promise<ClusterProfileInputs> {
  const packs = found.spec.published?.packs ?? [];
  const [expected, manifests, variables] = await Promise.all([
    resolveLayers(client, state.layers ?? [], state.secretManifests ?? {}),
    profiles.readManifests(client, uid),
    profiles.readVariables(client, uid),
  ]);
  const layers = packs.map((pack) => {
    const ours = expected.find(({ layer }) => layer.pack.name === pack.name);
    return ours === undefined ? foreignLayer(pack) : presentLayer(ours, pack, manifests);
  });
  return {
    name: found.metadata.name,
    version: found.spec.version ?? "",
    description: found.metadata.annotations?.["description"] ?? state.description ?? "",
    profileType: found.spec.published?.type ?? state.profileType ?? "",
    cloudType: found.spec.published?.cloudType ?? state.cloudType ?? "",
    layers,
    variables: presentVariables(variables, state.variables ?? []),
    secretManifests: presentSecretManifests(state, manifests),
    adopt: state.adopt ?? false,
  };
}

/** In our order, what is not ours behind it: the order of variables means nothing. */
function presentVariables(found: Partial<ProfileVariable>[], ours: readonly ProfileVariable[]): ProfileVariable[] {
  const present = found.map((variable) =>
    presentVariable(
      variable,
      ours.find(({ name }) => name === variable.name),
    ),
  );
  const position = ({ name }: ProfileVariable): number => {
    const index = ours.findIndex((variable) => variable.name === name);
    return index < 0 ? ours.length : index;
  };
  return present.sort((left, right) => position(left) - position(right));
}

function presentSecretManifests(
  state: Partial<ClusterProfileInputs & ClusterProfileOutputs>,
  manifests: ReadonlyMap<string, string>,
): Record<string, string> {
  const entries = Object.entries(state.secretManifests ?? {}).map(([key, content]) => {
    const found = manifests.get(key) ?? "";
    return [key, found.trim() === content.trim() ? content : found];
  });
  return Object.fromEntries(entries) as Record<string, string>;
}

function presentOutputs(
  uid: string,
  found: profiles.ProfileAnswer,
  state: Partial<ClusterProfileInputs & ClusterProfileOutputs>,
): ClusterProfileOutputs {
  const secrets = state.secretManifests ?? {};
  const prints = Object.entries(state.manifestFingerprints ?? {}).filter(([key, print]) =>
    matchesFingerprint(secrets[key] ?? "", print),
  );
  if (state.contentHash === undefined && found.status?.isPublished === false) {
    throw new InputError(`Cluster profile "${found.metadata.name}" is a draft only; publish it in Palette first.`);
  }
  return {
    origin: state.origin ?? "adopted",
    uid,
    contentHash: state.contentHash ?? "",
    manifestFingerprints: Object.fromEntries(prints),
    versions: state.versions ?? [],
  };
}

/** A variable as Palette takes it: without what is not set. */
function variableEntity(variable: ProfileVariable): Record<string, unknown> {
  return Object.fromEntries(Object.entries(variable).filter(([, value]) => value !== null));
}

/** A cluster profile of Palette (API: clusterprofiles) in one version, imported and published. */
export class ClusterProfile extends ServedResource<ClusterProfileInputs, ClusterProfileOutputs, PaletteConnection> {
  declare public readonly name: pulumi.Output<string>;
  declare public readonly version: pulumi.Output<string>;
  declare public readonly layers: pulumi.Output<ProfileLayer[]>;
  declare public readonly variables: pulumi.Output<ProfileVariable[]>;
  /** Whether it was created here or taken over. */
  declare public readonly origin: pulumi.Output<Origin>;
  /** Uid of this version; another one after a version bump, so refer to a profile by name and version. */
  declare public readonly uid: pulumi.Output<string>;

  constructor(name: string, args: ClusterProfileArgs, options?: pulumi.CustomResourceOptions) {
    super(clusterProfileKind, name, args, options);
  }

  /** A profile that is managed elsewhere, by its name. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): ClusterProfile {
    return new ClusterProfile(name, {} as ClusterProfileArgs, { ...options, id });
  }
}
