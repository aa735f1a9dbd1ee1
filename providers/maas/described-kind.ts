import { z } from "zod";
import { mark, unmark, withMarkerOf } from "./marker";
import type { MaasConnection } from "./connection";
import type { RestCollection } from "./client/rest-collection";
import { ownedKind } from "./owned-kind";

/** Inputs of a kind that has a name and a description only. */
export interface DescribedInputs {
  name: string;
  description: string;
  adopt: boolean;
}

/** The values of an adopted object before. */
export interface DescribedFormer {
  name: string;
  description: string;
}

/** What MAAS answers for such an object. */
export interface DescribedAnswer {
  readonly id: number;
  readonly name: string;
  readonly description?: string;
}

/** What is asked of the collection of such objects. */
type DescribedCollection = Pick<RestCollection<DescribedAnswer>, "list" | "find" | "create" | "update" | "remove">;

/** What tells pools, zones and spaces apart. */
export interface DescribedOptions {
  /** `maas:ResourcePool` */
  readonly kind: string;
  /** In words: `Resource pool`. */
  readonly word: string;
  readonly name: z.ZodType<string>;
  collection(link: MaasConnection): DescribedCollection;
  /** The key that the object's path has. */
  key(answer: DescribedAnswer): string;
  /** Deletes the object, or throws an error that names who uses it. */
  remove(link: MaasConnection, answer: DescribedAnswer): Promise<void>;
}

/** A kind with a name and a description: resource pool, zone, space. */
export function describedKind(options: DescribedOptions) {
  return ownedKind<DescribedInputs, DescribedAnswer, DescribedFormer>({
    kind: options.kind,
    schema: { name: options.name, description: z.string().default(""), adopt: z.boolean().default(false) },
    informative: ["adopt"],
    what: (inputs) => `${options.word} "${inputs.name}"`,
    isIt: (answer, inputs) => answer.name === inputs.name,
    list: (link, _inputs, age) => options.collection(link).list(age),
    idOf: (answer) => String(answer.id),
    // Zones have no path by id, so that absence from the list is confirmed by a list made now.
    byId: async (link, id) => {
      const collection = options.collection(link);
      const isIt = (answer: DescribedAnswer): boolean => String(answer.id) === id;
      return (await collection.find(isIt)) ?? (await collection.find(isIt, 0));
    },
    claim: (answer, inputs) => ({ adopt: inputs.adopt, description: answer.description ?? "" }),
    create: (link, inputs) =>
      options
        .collection(link)
        .create(
          { name: inputs.name, description: mark(inputs.description, link.datacenter) },
          (answer) => answer.name === inputs.name,
        ),
    inputsOf: (answer, state) => ({
      name: answer.name,
      description: unmark(answer.description ?? "").text,
      adopt: state.adopt ?? false,
    }),
    write: (link, answer, inputs, origin) =>
      options.collection(link).update(options.key(answer), {
        name: inputs.name,
        description:
          origin === "created"
            ? mark(inputs.description, link.datacenter)
            : withMarkerOf(answer.description ?? "", inputs.description),
      }),
    formerOf: (answer) => ({ name: answer.name, description: answer.description ?? "" }),
    restore: (link, answer, former) => options.collection(link).update(options.key(answer), { ...former }),
    remove: (link, answer) => options.remove(link, answer),
  });
}
