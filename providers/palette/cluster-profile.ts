import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { InputError } from "../dynamic/errors";
import { text } from "../dynamic/fields";
import type { ResourceKind } from "../dynamic/kind";
import { type PlainObject, samePlain } from "../dynamic/plain";
import { ServedResource } from "../dynamic/resource";
import type { PaletteClient } from "./client/client";
import * as profiles from "./client/profiles";
import { profileTypeOf, type VariableEntity } from "./client/request-schemas";
import { connect, type PaletteConnection } from "./connection";
import { markerKey, type Origin, originOf } from "./ownership";
import {
  contentHash,
  describeContentChange,
  type ProfileContent,
  type ProfileLayer,
  type ProfileVariable,
} from "./profile-content";
import { packRecords, presentProfile } from "./present-profile";
import type { ClusterProfileInputs, ClusterProfileOutputs, ResolvedPackRecord } from "./profile-inputs";
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
  /** Values that are secret, by `pack/key/key/…`; a `/` inside a key is written `~1`. Default: none. */
  secretValues?: pulumi.Input<Record<string, string>>;
  /** Has no effect: a version that exists is used when its content is equal, and never changed. Deprecated. */
  adopt?: pulumi.Input<boolean>;
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
    secretValues: z.record(z.string(), z.string()).default({}),
    adopt: z.boolean().default(false),
  },
  outputs: ["origin", "uid", "contentHash", "packs", "versions"],
  secretInputs: ["secretManifests", "secretValues"],
  informative: ["adopt"],
  replaceOn: ["name", "profileType", "cloudType"],
  connect,
  refuse: refuseWithoutVersion,

  async create(link, inputs) {
    const { client } = link;
    const layers = await resolveLayers(client, inputs.layers, inputs);
    const existing = await profiles.profileVersions(client, inputs.name);
    const same = existing.find(({ version }) => version === inputs.version);
    if (same === undefined) return { id: inputs.name, outputs: await importVersion(link, inputs, layers, []) };
    return { id: inputs.name, outputs: await useExisting(link, inputs, layers, same) };
  },

  async read(link, id, state) {
    const uid = state.uid ?? (await newest(link.client, id));
    const found = uid === undefined ? undefined : await profiles.readProfile(link.client, uid);
    if (uid === undefined || found === undefined) return undefined;
    return { id, ...(await presentProfile(link.client, uid, found, state)) };
  },

  async update(link, _id, olds, news) {
    const layers = await resolveLayers(link.client, news.layers, news);
    const versions = await profiles.profileVersions(link.client, news.name);
    const same = versions.find(({ version }) => version === news.version);
    if (same === undefined) return { outputs: await importVersion(link, news, layers, olds.versions) };
    if (same.uid !== olds.uid) {
      const used = await useExisting(link, news, layers, same);
      const others = olds.versions.filter(({ uid }) => uid !== same.uid);
      return { outputs: { ...used, versions: [...others, ...used.versions] } };
    }
    if (olds.origin !== "created") return { outputs: await useExisting(link, news, layers, same) };
    await putBack(link.client, same.uid, news, layers);
    return { outputs: await outputsOf(link.client, news, same.uid, olds.origin, olds.versions) };
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
  return outputsOf(link.client, inputs, uid, "created", [...former, { version: inputs.version, uid }]);
}

/**
 * Uses a version that exists already: ours from a run that was interrupted, or one of another owner, which needs no permission because
 * it must have our content: a version is never changed, since clusters run it.
 *
 * @throws InputError naming the differences, and the datacenter that owns it
 */
async function useExisting(
  link: PaletteConnection,
  inputs: ClusterProfileInputs,
  layers: readonly ResolvedLayer[],
  same: { uid: string; version: string },
): Promise<ClusterProfileOutputs> {
  const { client } = link;
  const what = `Cluster profile "${inputs.name}" ${inputs.version}`;
  const found = await profiles.readProfile(client, same.uid);
  if (found === undefined) throw new InputError(`${what} is being deleted in Palette; run the command again.`);
  const owner = found.metadata.labels?.[markerKey];
  const origin = originOf(owner, link.datacenter);
  const present = (await presentProfile(client, same.uid, found, inputs)).inputs;
  const secretsDiffer =
    !samePlain(present.secretManifests, inputs.secretManifests) ||
    !samePlain(present.secretValues, inputs.secretValues);
  const differences = [...describeContentChange(present, inputs), ...(secretsDiffer ? ["a secret differs"] : [])];
  if (origin !== "created" && differences.length > 0) {
    const whose = owner === undefined ? "was not made by this datacenter" : `belongs to datacenter "${owner}"`;
    throw new InputError(
      `${what} exists in Palette already, ${whose} and has another content than the one described; a version is never changed. Describe that ` +
        `content, raise the version, or choose another name. The differences:\n${differences.map((line) => `  - ${line}`).join("\n")}`,
    );
  }
  if (origin === "created" && (differences.length > 0 || present.description !== inputs.description))
    await putBack(client, same.uid, inputs, layers);
  return outputsOf(client, inputs, same.uid, origin, origin === "created" ? [same] : []);
}

/** Puts the content of a version back as it was made. Labels and further annotations stay. */
async function putBack(
  client: PaletteClient,
  uid: string,
  inputs: ClusterProfileInputs,
  layers: readonly ResolvedLayer[],
): Promise<void> {
  const { metadata, spec } = (await profiles.readProfile(client, uid)) ?? {};
  const present = spec?.draft?.packs ?? spec?.published?.packs ?? [];
  await profiles.replaceContent(client, uid, inputs.variables.map(variableEntity), {
    metadata: {
      name: inputs.name,
      labels: metadata?.labels ?? {},
      annotations: { ...metadata?.annotations, description: inputs.description },
    },
    spec: {
      version: inputs.version,
      template: { type: profileTypeOf(inputs.profileType), packs: layers.map((layer) => updateEntity(layer, present)) },
    },
  });
}

async function outputsOf(
  client: PaletteClient,
  inputs: ClusterProfileInputs,
  uid: string,
  origin: Origin,
  versions: { version: string; uid: string }[],
): Promise<ClusterProfileOutputs> {
  const found = await profiles.readProfile(client, uid);
  return {
    origin,
    uid,
    contentHash: contentHash(inputs),
    packs: found === undefined ? [] : packRecords(found),
    versions,
  };
}

async function newest(client: PaletteClient, name: string): Promise<string | undefined> {
  return (await profiles.profileVersions(client, name)).at(-1)?.uid;
}

/** A variable as Palette takes it: without what is not set. */
function variableEntity({ options = [], defaultValue, regex, ...rest }: ProfileVariable): VariableEntity {
  return {
    ...rest,
    ...(defaultValue === null ? {} : { defaultValue }),
    ...(regex === null ? {} : { regex }),
    ...(options.length === 0 ? {} : { options }),
  };
}

/** A cluster profile of Palette (API: clusterprofiles) in one version, imported and published. */
export class ClusterProfile extends ServedResource<ClusterProfileInputs, ClusterProfileOutputs, PaletteConnection> {
  declare public readonly name: pulumi.Output<string>;
  declare public readonly version: pulumi.Output<string>;
  declare public readonly layers: pulumi.Output<ProfileLayer[]>;
  declare public readonly variables: pulumi.Output<ProfileVariable[]>;
  /** Whether it was created here, adopted, or is referenced. */
  declare public readonly origin: pulumi.Output<Origin>;
  /** What its layers' packs were resolved to. */
  declare public readonly packs: pulumi.Output<ResolvedPackRecord[]>;
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
