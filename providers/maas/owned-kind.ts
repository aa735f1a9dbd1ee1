import type { Failure, ResourceKind } from "../dynamic/kind";
import { samePlain } from "../dynamic/plain";
import { type MaasConnection, connectMaas } from "./connection";
import { type Origin, type Owned, originOf } from "./ownership";
import { gone, isDuplicate } from "./refusals";

/** What tells one kind of site object from another; {@link ownedKind} does the rest the same way for all. */
export interface OwnedKindOptions<Inputs extends object, Answer, Former> {
  /** `maas:ResourcePool` */
  readonly kind: string;
  readonly schema: ResourceKind<Inputs, Owned<Former>, MaasConnection>["schema"];
  readonly informative?: readonly (keyof Inputs & string)[];
  readonly replaceOn?: readonly (keyof Inputs & string)[];
  checkTogether?(inputs: Inputs, olds: Partial<Inputs> | undefined): Failure[];
  refuse?(olds: Partial<Inputs & Owned<Former>>, news: Inputs, changed: readonly string[]): string | undefined;
  /** The object in words, for messages: `Resource pool "workers"`. */
  what(inputs: Inputs): string;
  /** Whether the inputs mean this object. */
  isIt(answer: Answer, inputs: Inputs): boolean;
  /** The objects among which the inputs' one is; `age` as in {@link CachedList.all}. */
  list(link: MaasConnection, inputs: Inputs, age?: number): Promise<readonly Answer[]>;
  idOf(answer: Answer): string;
  /** The object of an id, undefined when truly gone. */
  byId(link: MaasConnection, id: string): Promise<Answer | undefined>;
  /** Whether an object found may be taken over; its description or comment, when it has one. */
  claim(answer: Answer, inputs: Inputs): { readonly adopt: boolean; readonly description?: string };
  create(link: MaasConnection, inputs: Inputs): Promise<Answer>;
  /** The object's values as inputs. `state` holds what an answer cannot tell. */
  inputsOf(answer: Answer, state: Partial<Inputs>, link: MaasConnection): Inputs;
  /** Makes the object equal to the inputs, in one call. */
  write(link: MaasConnection, answer: Answer, inputs: Inputs, origin: Origin): Promise<unknown>;
  /** What an adopted object has to be given back on destroy. */
  formerOf(answer: Answer): Former;
  restore(link: MaasConnection, answer: Answer, former: Former): Promise<unknown>;
  /** Deletes the object, or throws an error that names who uses it. */
  remove(link: MaasConnection, answer: Answer): Promise<void>;
}

/**
 * A kind of site object: created, or taken over with its former values recorded; read back; changed in place; on destroy deleted
 * when it was created here, else given its former values.
 */
export function ownedKind<Inputs extends object, Answer, Former extends object>(
  options: OwnedKindOptions<Inputs, Answer, Former>,
): ResourceKind<Inputs, Owned<Former>, MaasConnection> {
  const compared = (Object.keys(options.schema) as (keyof Inputs & string)[]).filter(
    (key) => options.informative?.includes(key) !== true,
  );
  const differs = (present: Inputs, wanted: Inputs): boolean =>
    compared.some((key) => !samePlain(present[key], wanted[key]));

  async function take(link: MaasConnection, found: Answer, inputs: Inputs) {
    const claim = options.claim(found, inputs);
    const origin = originOf({ what: options.what(inputs), datacenter: link.datacenter, ...claim });
    const former = origin === "created" ? null : options.formerOf(found);
    if (differs(options.inputsOf(found, inputs, link), inputs)) await options.write(link, found, inputs, origin);
    return { id: options.idOf(found), outputs: { origin, former } };
  }

  async function present(link: MaasConnection, inputs: Inputs, age?: number): Promise<Answer | undefined> {
    return (await options.list(link, inputs, age)).find((answer) => options.isIt(answer, inputs));
  }

  return {
    kind: options.kind,
    schema: options.schema,
    outputs: ["origin", "former"],
    ...(options.informative === undefined ? {} : { informative: options.informative }),
    ...(options.replaceOn === undefined ? {} : { replaceOn: options.replaceOn }),
    ...(options.checkTogether === undefined
      ? {}
      : {
          checkTogether: (inputs: Inputs, olds: Partial<Inputs> | undefined) =>
            options.checkTogether?.(inputs, olds) ?? [],
        }),
    ...(options.refuse === undefined
      ? {}
      : {
          refuse: (olds: object, news: Inputs, changed: readonly string[]) => options.refuse?.(olds, news, changed),
        }),
    connect: connectMaas,

    async create(link, inputs) {
      await link.client.ready();
      const found = await present(link, inputs);
      if (found !== undefined) return take(link, found, inputs);
      try {
        const made = await options.create(link, inputs);
        return { id: options.idOf(made), outputs: { origin: "created", former: null } };
      } catch (failure) {
        const rival = isDuplicate(failure) ? await present(link, inputs, 0) : undefined;
        if (rival === undefined) throw failure;
        return take(link, rival, inputs);
      }
    },

    async read(link, id, state) {
      await link.client.ready();
      const found = await options.byId(link, id);
      if (found === undefined) return undefined;
      return {
        id,
        inputs: options.inputsOf(found, state, link),
        outputs: { origin: state.origin ?? "adopted", former: state.former ?? null },
      };
    },

    async update(link, id, olds, news) {
      await link.client.ready();
      const found = await options.byId(link, id);
      if (found === undefined) throw gone(options.what(olds), id);
      await options.write(link, found, news, olds.origin);
      return { outputs: { origin: olds.origin, former: olds.former } };
    },

    async delete(link, id, state) {
      await link.client.ready();
      const found = await options.byId(link, id);
      if (found === undefined) return;
      if (state.origin === "created") await options.remove(link, found);
      else if (state.former !== null) await options.restore(link, found, state.former);
    },
  };
}
