import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { checkedText } from "../../model/checked-text";
import { tagNameProblem } from "../../model/maas-names";
import { ServedResource } from "../dynamic/resource";
import { InputError } from "../dynamic/errors";
import type { MaasClient } from "./client/client";
import { decisionAge } from "./client/machines";
import type { TagAnswer } from "./client/site-types";
import type { MaasConnection } from "./connection";
import { withoutMarkerIn } from "./described-kind";
import { unmark } from "./marker";
import { ownedKind } from "./owned-kind";
import type { OwnershipInputs } from "./owned-kind-options";
import { foreignUsers } from "./owners";
import type { Origin, Owned } from "./ownership/decide";
import { tagObject } from "./ownership/object-names";
import type { Values } from "./ownership/values";

/** Inputs of a {@link Tag}. */
export interface TagArgs {
  /** Name: letters of the English alphabet, digits, `_` and `-`; no dot. */
  name: pulumi.Input<string>;
  /** What it means. Default: not described; empty on a created tag. */
  comment?: pulumi.Input<string | null>;
  /** Kernel options of machines that have it. Default: not described; empty on a created tag. */
  kernelOptions?: pulumi.Input<string | null>;
  /**
   * XPath over the machine's hardware by which MAAS puts the tag on machines; empty: it is put on by hand. Default: not described; empty
   * on a created tag.
   */
  definition?: pulumi.Input<string | null>;
  /**
   * System ids of all machines that have it; others lose it. Default: not described (`PoolMembership` puts tags on, and so may others).
   * Not together with `definition`.
   */
  machines?: pulumi.Input<string[] | null>;
  /** Whether fields of an object that exists already may be changed. Default: false; one that is as described needs no permission. */
  adopt?: pulumi.Input<boolean>;
  /** Names of fields whose dangerous change is approved (`maas.approve`). Default: none. */
  approve?: pulumi.Input<string[]>;
  /** Compare only, never write: somebody else manages it. Default: false. */
  reference?: pulumi.Input<boolean>;
}

interface TagFields {
  name: string;
  comment: string | null;
  kernelOptions: string | null;
  definition: string | null;
  machines: string[] | null;
}

type TagInputs = TagFields & OwnershipInputs;

/** A tag with the system ids of its machines, sorted; undefined when nobody asks for them. */
type TaggedAnswer = TagAnswer & { readonly machines: string[] | undefined };

/** The kind behind {@link Tag}. */
export const tagKind = ownedKind<TagFields, object, TaggedAnswer>({
  kind: "maas:Tag",
  objectKind: "tag",
  fields: {
    name: {
      type: checkedText(tagNameProblem),
      always: true,
      read: (answer) => answer.name,
    },
    comment: { type: z.string(), byDefault: () => "", read: (answer) => unmark(answer.comment).text },
    kernelOptions: { type: z.string(), byDefault: () => "", read: (answer) => answer.kernel_opts },
    definition: { type: z.string(), byDefault: () => "", read: (answer) => answer.definition },
    machines: {
      type: z.array(z.string()).transform((ids) => [...new Set(ids)].sort()),
      unmarked: true,
      read: (answer) => answer.machines,
    },
  },
  marker: { text: "comment", form: "comment", read: (answer) => answer.comment },
  legacyPrevious: withoutMarkerIn("comment"),
  checkTogether: (inputs) =>
    (inputs.definition ?? "") !== "" && inputs.machines !== null
      ? [{ property: "machines", reason: "a tag with a definition finds its machines itself; give one of both" }]
      : [],
  object: ({ name }) => tagObject(name),
  isIt: (answer, inputs) => answer.name === inputs.name,
  async list(link, { name, machines }, age) {
    const found = await link.client.tags.find((tag) => tag.name === name, age);
    return found === undefined ? [] : [await withMachines(link.client, found, machines)];
  },
  // The id is the name that the tag had when it was created; the state knows the present one.
  idOf: (answer) => answer.name,
  async byId(link, id, { name = id, machines }) {
    const found = await link.client.tags.get(name);
    return found === undefined ? undefined : withMachines(link.client, found, machines);
  },
  users: (link, answer) => foreignUsers(link, { machines: ({ tag_names }) => tag_names.includes(answer.name) }),
  form: (_link, { name, definition, kernelOptions }) => ({
    name,
    definition: definition ?? undefined,
    kernel_opts: kernelOptions ?? undefined,
  }),
  async create(link, fields, { name, machines }) {
    const answer = await link.client.tags.create(fields, (tag) => tag.name === name);
    await setMachines(link.client, name, [], machines);
    return { ...answer, machines: machines ?? undefined };
  },
  send: (link, answer, fields) => link.client.tags.update(answer.name, fields),
  afterWrite: (link, answer, { name = answer.name, machines }) =>
    setMachines(link.client, name, answer.machines ?? [], machines ?? null),
  remove: (link, answer) => link.client.tags.remove(answer.name),
});

async function withMachines(
  client: MaasClient,
  tag: TagAnswer,
  described: readonly string[] | null | undefined,
): Promise<TaggedAnswer> {
  if (described === null) return { ...tag, machines: undefined };
  const machines = (await client.machines.list()).filter((machine) => machine.tag_names.includes(tag.name));
  return { ...tag, machines: machines.map((machine) => machine.system_id).sort() };
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
export class Tag extends ServedResource<TagInputs, Owned, MaasConnection> {
  declare public readonly name: pulumi.Output<string>;
  declare public readonly comment: pulumi.Output<string | null>;
  declare public readonly kernelOptions: pulumi.Output<string | null>;
  declare public readonly definition: pulumi.Output<string | null>;
  declare public readonly machines: pulumi.Output<string[] | null>;
  declare public readonly adopt: pulumi.Output<boolean>;
  declare public readonly approve: pulumi.Output<string[]>;
  declare public readonly reference: pulumi.Output<boolean>;
  /** Whether it was created here, adopted, or is only referenced. */
  declare public readonly origin: pulumi.Output<Origin>;
  /** Values that managed fields of an adopted object had before. */
  declare public readonly previous: pulumi.Output<Values>;
  /** Values that this stack gave the managed fields of an adopted object. */
  declare public readonly applied: pulumi.Output<Values>;

  constructor(name: string, args: TagArgs, options?: pulumi.CustomResourceOptions) {
    super(tagKind, name, args, options);
  }

  /** A tag that is managed elsewhere; its id is its name. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): Tag {
    return new Tag(name, {} as TagArgs, { ...options, id });
  }
}
