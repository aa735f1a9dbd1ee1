import { z } from "zod";
import type { ResourceKind } from "../dynamic/kind";
import type { RestCollection } from "./client/rest-collection";
import { type MaasConnection, connectMaas } from "./connection";
import { mark, unmark, withMarkerOf } from "./marker";
import { type Owned, originOf } from "./ownership";
import { gone, isDuplicate } from "./refusals";

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
  /** Explains a deletion that is refused, or must not be tried; throws if so. */
  refuseRemoval?(link: MaasConnection, answer: DescribedAnswer): Promise<void>;
  /** Turns MAAS's refusal of a deletion into one that names the users. */
  explainRemoval?(link: MaasConnection, answer: DescribedAnswer, refusal: unknown): Promise<Error>;
}

/** What MAAS answers for such an object. */
export interface DescribedAnswer {
  readonly id: number;
  readonly name: string;
  readonly description?: string;
}

/** What is asked of the collection of such objects. */
type DescribedCollection = Pick<RestCollection<DescribedAnswer>, "find" | "create" | "update" | "remove">;

type DescribedKind = ResourceKind<DescribedInputs, Owned<DescribedFormer>, MaasConnection>;

/** A kind with a name and a description: resource pool, zone, space. */
export function describedKind(options: DescribedOptions): DescribedKind {
  const what = (name: string): string => `${options.word} "${name}"`;

  async function byId(link: MaasConnection, id: string): Promise<DescribedAnswer | undefined> {
    const collection = options.collection(link);
    return (
      (await collection.find((answer) => String(answer.id) === id)) ??
      (await collection.find((answer) => String(answer.id) === id, 0))
    );
  }

  async function take(link: MaasConnection, found: DescribedAnswer, inputs: DescribedInputs) {
    const description = found.description ?? "";
    const origin = originOf({
      what: what(found.name),
      description,
      datacenter: link.datacenter,
      adopt: inputs.adopt,
    });
    const former = origin === "created" ? null : { name: found.name, description };
    if (unmark(description).text !== inputs.description) {
      const text = withMarkerOf(description, inputs.description);
      await options.collection(link).update(options.key(found), { description: text });
    }
    return { id: String(found.id), outputs: { origin, former } };
  }

  return {
    kind: options.kind,
    schema: {
      name: options.name,
      description: z.string().default(""),
      adopt: z.boolean().default(false),
    },
    outputs: ["origin", "former"],
    informative: ["adopt"],
    connect: connectMaas,

    async create(link, inputs) {
      await link.client.ready();
      const collection = options.collection(link);
      const found = await collection.find((answer) => answer.name === inputs.name);
      if (found !== undefined) return take(link, found, inputs);
      const description = mark(inputs.description, link.datacenter);
      try {
        const made = await collection.create({ name: inputs.name, description }, (it) => it.name === inputs.name);
        return { id: String(made.id), outputs: { origin: "created", former: null } };
      } catch (failure) {
        const rival = isDuplicate(failure) ? await collection.find((it) => it.name === inputs.name, 0) : undefined;
        if (rival === undefined) throw failure;
        return take(link, rival, inputs);
      }
    },

    async read(link, id, state) {
      await link.client.ready();
      const found = await byId(link, id);
      if (found === undefined) return undefined;
      const { text } = unmark(found.description ?? "");
      return {
        id,
        inputs: { name: found.name, description: text, adopt: state.adopt ?? false },
        outputs: { origin: state.origin ?? "adopted", former: state.former ?? null },
      };
    },

    async update(link, id, olds, news) {
      await link.client.ready();
      const found = await byId(link, id);
      if (found === undefined) throw gone(what(olds.name), id);
      const description = found.description ?? "";
      const text =
        olds.origin === "created"
          ? mark(news.description, link.datacenter)
          : withMarkerOf(description, news.description);
      await options.collection(link).update(options.key(found), {
        ...(found.name === news.name ? {} : { name: news.name }),
        description: text,
      });
      return { outputs: { origin: olds.origin, former: olds.former } };
    },

    async delete(link, id, state) {
      await link.client.ready();
      const found = await byId(link, id);
      if (found === undefined) return;
      const collection = options.collection(link);
      if (state.origin === "adopted") {
        if (state.former !== null) await collection.update(options.key(found), { ...state.former });
        return;
      }
      await options.refuseRemoval?.(link, found);
      try {
        await collection.remove(options.key(found));
      } catch (failure) {
        throw (await options.explainRemoval?.(link, found, failure)) ?? failure;
      }
    },
  };
}
