import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { optional } from "../dynamic/fields";
import type { ResourceKind } from "../dynamic/kind";
import { ServedResource } from "../dynamic/resource";
import { InputError } from "../dynamic/errors";
import type { MaasClient } from "./client/client";
import { decisionAge } from "./client/machines";
import type { TagAnswer } from "./client/site-types";
import { type MaasConnection, connectMaas } from "./connection";
import { mark, unmark, withMarkerOf } from "./marker";
import { type Origin, type Owned, originOf } from "./ownership";
import { gone } from "./refusals";

/** Inputs of a {@link Tag}. */
export interface TagArgs {
  /** Name: letters, digits, `_`, `-` and `.`. */
  name: pulumi.Input<string>;
  /** What it means. Default: empty. */
  comment?: pulumi.Input<string>;
  /** Kernel options of machines that have it. Default: empty. */
  kernelOptions?: pulumi.Input<string>;
  /** XPath over the machine's hardware that puts the tag on by itself. Default: empty, the tag is put on by hand. */
  definition?: pulumi.Input<string>;
  /**
   * System ids of all machines that have it; others lose it. Default: not managed here (`PoolMembership` puts tags on, and so may
   * others). Not together with `definition`.
   */
  machines?: pulumi.Input<string[] | null>;
  /** Take a tag over that exists already. Default: false, an existing one is an error. */
  adopt?: pulumi.Input<boolean>;
}

interface TagInputs {
  name: string;
  comment: string;
  kernelOptions: string;
  definition: string;
  machines: string[] | null;
  adopt: boolean;
}

/** The values that a tag taken over had before. */
export interface TagFormer {
  name: string;
  comment: string;
  kernelOptions: string;
  definition: string;
  machines: string[];
}

/** The kind behind {@link Tag}. */
export const tagKind: ResourceKind<TagInputs, Owned<TagFormer>, MaasConnection> = {
  kind: "maas:Tag",
  schema: {
    name: z.string().regex(/^[\w.-]+$/, { error: "must be letters, digits, _, - and ." }),
    comment: z.string().default(""),
    kernelOptions: z.string().default(""),
    definition: z.string().default(""),
    machines: optional(z.array(z.string()).transform((ids) => [...new Set(ids)].sort())),
    adopt: z.boolean().default(false),
  },
  outputs: ["origin", "former"],
  informative: ["adopt"],
  connect: connectMaas,

  checkTogether: (inputs) =>
    inputs.definition !== "" && inputs.machines !== null
      ? [{ property: "machines", reason: "a tag with a definition finds its machines itself; give one of both" }]
      : [],

  async create(link, inputs) {
    await link.client.ready();
    const found = await link.client.tags.find((tag) => tag.name === inputs.name);
    if (found === undefined) {
      const comment = mark(inputs.comment, link.datacenter);
      await link.client.tags.create({ ...fieldsOf(inputs), comment }, (tag) => tag.name === inputs.name);
      await setMachines(link.client, inputs.name, [], inputs.machines);
      return { id: inputs.name, outputs: { origin: "created", former: null } };
    }
    const origin = originOf({
      what: `Tag "${inputs.name}"`,
      description: found.comment,
      datacenter: link.datacenter,
      adopt: inputs.adopt,
    });
    const machines = await machinesOf(link.client, inputs.name);
    const former =
      origin === "created" ? null : { ...valuesOf(found), name: found.name, comment: found.comment, machines };
    await write(link, found, inputs, origin);
    await setMachines(link.client, inputs.name, machines, inputs.machines);
    return { id: inputs.name, outputs: { origin, former } };
  },

  async read(link, id, state) {
    await link.client.ready();
    const name = state.name ?? id;
    const found = await link.client.tags.get(name);
    if (found === undefined) return undefined;
    const machines = state.machines === null ? null : await machinesOf(link.client, name);
    return {
      id,
      inputs: { name, ...valuesOf(found), machines, adopt: state.adopt ?? false },
      outputs: { origin: state.origin ?? "adopted", former: state.former ?? null },
    };
  },

  async update(link, id, olds, news) {
    await link.client.ready();
    const found = await link.client.tags.get(olds.name);
    if (found === undefined) throw gone(`Tag "${olds.name}"`, id);
    await write(link, found, news, olds.origin);
    await setMachines(link.client, news.name, await machinesOf(link.client, olds.name), news.machines);
    return { outputs: { origin: olds.origin, former: olds.former } };
  },

  async delete(link, _id, state) {
    await link.client.ready();
    if (state.origin === "created") {
      await link.client.tags.remove(state.name);
    } else if (state.former !== null) {
      const { machines, kernelOptions, ...former } = state.former;
      await link.client.tags.update(state.name, { ...former, kernel_opts: kernelOptions });
      if (state.machines !== null) await setMachines(link.client, former.name, state.machines, machines);
    }
  },
};

function fieldsOf(inputs: TagInputs) {
  return { name: inputs.name, definition: inputs.definition, kernel_opts: inputs.kernelOptions };
}

function valuesOf(answer: TagAnswer) {
  return {
    comment: unmark(answer.comment).text,
    kernelOptions: answer.kernel_opts,
    definition: answer.definition,
  };
}

async function write(link: MaasConnection, found: TagAnswer, inputs: TagInputs, origin: Origin): Promise<void> {
  const comment =
    origin === "created" ? mark(inputs.comment, link.datacenter) : withMarkerOf(found.comment, inputs.comment);
  await link.client.tags.update(found.name, { ...fieldsOf(inputs), comment });
}

async function machinesOf(client: MaasClient, tag: string): Promise<string[]> {
  const machines = await client.machines.list();
  return machines
    .filter((machine) => machine.tag_names.includes(tag))
    .map((machine) => machine.system_id)
    .sort();
}

/** Makes the tag's machines equal to `wanted`; null leaves them. MAAS ignores ids that it does not know, so they are looked up. */
async function setMachines(
  client: MaasClient,
  tag: string,
  present: readonly string[],
  wanted: readonly string[] | null,
): Promise<void> {
  if (wanted === null) return;
  const known = new Set((await client.machines.list(decisionAge)).map((machine) => machine.system_id));
  const unknown = wanted.filter((systemId) => !known.has(systemId));
  if (unknown.length > 0) throw new InputError(`Tag "${tag}": MAAS has no machine ${unknown.join(", ")}.`, "machines");
  const add = wanted.filter((systemId) => !present.includes(systemId));
  const remove = present.filter((systemId) => !wanted.includes(systemId));
  await client.tags.updateNodes(tag, add, remove);
  for (const systemId of [...add, ...remove]) client.machines.markStale(systemId);
}

/** A tag of MAAS (API: tags), and optionally which machines have it. */
export class Tag extends ServedResource<TagInputs, Owned<TagFormer>, MaasConnection> {
  declare public readonly name: pulumi.Output<string>;
  declare public readonly comment: pulumi.Output<string>;
  declare public readonly kernelOptions: pulumi.Output<string>;
  declare public readonly definition: pulumi.Output<string>;
  declare public readonly machines: pulumi.Output<string[] | null>;
  declare public readonly adopt: pulumi.Output<boolean>;
  /** Whether it was created here or taken over. */
  declare public readonly origin: pulumi.Output<Origin>;
  /** The values that a tag taken over had before. */
  declare public readonly former: pulumi.Output<TagFormer | null>;

  constructor(name: string, args: TagArgs, options?: pulumi.CustomResourceOptions) {
    super(tagKind, name, args, options);
  }

  /** A tag that is managed elsewhere; its id is its name. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): Tag {
    return new Tag(name, {} as TagArgs, { ...options, id });
  }
}
