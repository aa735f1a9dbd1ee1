import type * as pulumi from "@pulumi/pulumi";
import type { ConfigurationReader } from "./configuration";
import { ApiError, InputError, PartialFailure, messageOf } from "./errors";
import { checkProperties } from "./check-properties";
import { type Connection, type Found, type ResourceKind, asRecorded } from "./kind";
import { type PlainObject, containsUnknown, samePlain, toState } from "./plain";
import { reporting } from "./reporting";
import { printVisible } from "./print-visible";

/** The state member under which the identity of the API is kept that an object was made on. */
export const madeOn = "madeOn";

/** The member that holds the loader; the engine adds it to every dynamic resource. */
const providerMember = "__provider";

/** A kind as the engine sees it. */
export type ServedProvider = pulumi.dynamic.ResourceProvider<PlainObject, PlainObject>;

/**
 * Serves one kind to the engine: the single place where Pulumi's dynamic-provider protocol is spoken.
 *
 * - `check` and `diff` are pure and never call an API.
 * - Outputs mirror the inputs, so that they stay known in previews.
 * - Every answer leaves through `toState`; an unfinished object leaves as one error that keeps its id and `__provider`.
 */
export function serve<Inputs extends object, Outputs extends object, Link extends Connection>(
  kind: ResourceKind<Inputs, Outputs, Link>,
): ServedProvider {
  let configuration: ConfigurationReader | undefined;
  let link: Link | undefined;

  /** The engine may call before `configure` has been awaited, so the connection is made at first use, from what it left. */
  function connection(): Link {
    if (configuration === undefined) throw new Error(`${kind.kind} was called before it was configured`);
    link ??= kind.connect(configuration);
    return link;
  }

  /** Kept with what a resource is, not with what is wished of it: a program does not say it. */
  const identity = (): PlainObject => ({ [madeOn]: connection().identity });

  const provider = {
    async configure(request: pulumi.dynamic.ConfigureRequest): Promise<void> {
      configuration = request.config;
    },

    async check(olds: PlainObject, news: PlainObject): Promise<pulumi.dynamic.CheckResult<PlainObject>> {
      const { inputs, failures } = checkProperties(kind, withoutProvider(olds), withoutProvider(news));
      return { inputs: toState(inputs), failures };
    },

    async diff(id: string, olds: PlainObject, news: PlainObject): Promise<pulumi.dynamic.DiffResult> {
      refuseForeign(connection(), olds);
      if (isHeld(kind, news)) return { changes: false, replaces: [], deleteBeforeReplace: true };
      const changed = changedInputs(kind, olds, news);
      const known = !containsUnknown(news);
      const refusal = known ? kind.refuse?.(olds, news as Inputs, changed) : undefined;
      if (refusal !== undefined) throw new InputError(refusal);
      const replaces = changed.filter(
        (key) =>
          ((kind.replaceOn as readonly string[] | undefined)?.includes(key) === true ||
            kind.replaces?.(olds, key) === true) &&
          !containsUnknown(news[key]),
      );
      const other = kind.otherObject?.(id, olds, news as Inputs);
      // What a provider prints while it compares is part of the preview (pulumi-nodejs attaches it to the stack).
      if (other?.notice !== undefined) printVisible(other.notice);
      const unfinished = known && (kind.mustUpdate?.(olds, news as Inputs) ?? false);
      return {
        changes: changed.length > 0 || unfinished || other !== undefined,
        replaces: [...new Set([...replaces, ...(other?.replaces ?? [])])],
        deleteBeforeReplace: true,
      };
    },

    async create(inputs: PlainObject): Promise<pulumi.dynamic.CreateResult<PlainObject>> {
      return finishing(inputs, identity(), async () => {
        const made = await kind.create(connection(), plainInputs<Inputs>(inputs));
        return { id: made.id, outs: toState({ ...withoutProvider(inputs), ...made.outputs, ...identity() }) };
      });
    },

    async read(id: string, state: PlainObject = {}): Promise<pulumi.dynamic.ReadResult<PlainObject>> {
      refuseForeign(connection(), state);
      const { [madeOn]: _identity, ...known } = withoutProvider(state);
      const found = await confirmedRead(kind, connection(), id, known as Partial<Inputs & Outputs>);
      if (found === undefined) return {};
      if (found === asRecorded) return { id, inputs: inputsOf(kind, known), props: { ...known, ...identity() } };
      return {
        id: found.id,
        inputs: toState(found.inputs),
        props: toState({ ...found.inputs, ...informativeOf(kind, known), ...found.outputs, ...identity() }),
      };
    },

    async update(id: string, olds: PlainObject, news: PlainObject): Promise<pulumi.dynamic.UpdateResult<PlainObject>> {
      refuseForeign(connection(), olds);
      if (isHeld(kind, news)) return { outs: { ...withoutProvider(olds), ...identity() } };
      return finishing(news, identity(), async () => {
        const former = withoutProvider(olds) as Inputs & Outputs;
        const updated = await kind.update(connection(), id, former, plainInputs<Inputs>(news));
        return { outs: toState({ ...withoutProvider(news), ...updated.outputs, ...identity() }) };
      });
    },

    async delete(id: string, state: PlainObject): Promise<void> {
      refuseForeign(connection(), state);
      await kind.delete(connection(), id, withoutProvider(state) as Inputs & Outputs);
    },
  };
  return withoutStackTraces(reporting(kind.kind, provider, () => connection().identity));
}

/**
 * The engine prints the stack trace of what check, diff, read and delete throw. An error of ours says all there is to say, so it has none; a
 * bug keeps its own.
 */
function withoutStackTraces(provider: ServedProvider): ServedProvider {
  const quiet = <Arguments extends unknown[], Result>(method: (...args: Arguments) => Promise<Result>) => {
    return async (...args: Arguments): Promise<Result> => {
      try {
        return await method(...args);
      } catch (failure) {
        if (failure instanceof InputError || failure instanceof ApiError || failure instanceof PartialFailure)
          failure.stack = "";
        throw failure;
      }
    };
  };
  const { check, diff, read } = provider;
  return {
    ...provider,
    ...(check === undefined ? {} : { check: quiet(check) }),
    ...(diff === undefined ? {} : { diff: quiet(diff) }),
    ...(read === undefined ? {} : { read: quiet(read) }),
    ...(provider.delete === undefined ? {} : { delete: quiet(provider.delete) }),
  };
}

/** Inputs whose new value differs from the former state, less those that only inform. An unknown value counts as a change. */
function changedInputs<Inputs extends object, Outputs extends object, Link extends Connection>(
  kind: ResourceKind<Inputs, Outputs, Link>,
  olds: PlainObject,
  news: PlainObject,
): string[] {
  const informative = new Set<string>(kind.informative ?? []);
  const computed = new Set<string>(kind.outputs);
  const unchanged = (key: string): boolean =>
    kind.same?.(key, olds, news) ?? samePlain(olds[key] ?? null, news[key] ?? null);
  return Object.keys(kind.schema).filter((key) => !informative.has(key) && !computed.has(key) && !unchanged(key));
}

function isHeld<Inputs extends object, Outputs extends object, Link extends Connection>(
  kind: ResourceKind<Inputs, Outputs, Link>,
  news: PlainObject,
): boolean {
  return kind.held?.(news as Partial<Inputs>) ?? false;
}

/** The inputs among the properties of a state. */
function inputsOf<Inputs extends object, Outputs extends object, Link extends Connection>(
  kind: ResourceKind<Inputs, Outputs, Link>,
  state: PlainObject,
): PlainObject {
  return Object.fromEntries(Object.entries(state).filter(([key]) => key in kind.schema));
}

/** What the last update was told for information only: no object has it, so a refresh leaves it and shows no difference. */
function informativeOf<Inputs extends object, Outputs extends object, Link extends Connection>(
  kind: ResourceKind<Inputs, Outputs, Link>,
  state: PlainObject,
): PlainObject {
  const informative = new Set<string>(kind.informative ?? []);
  return Object.fromEntries(Object.entries(state).filter(([key]) => informative.has(key)));
}

/**
 * Reads an object, and reads it again from the API when an input differs whose change would re-create it: one wrong answer must not delete
 * anything.
 *
 * @throws InputError when the two reads disagree and neither shows what is recorded
 */
async function confirmedRead<Inputs extends object, Outputs extends object, Link extends Connection>(
  kind: ResourceKind<Inputs, Outputs, Link>,
  link: Link,
  id: string,
  state: Partial<Inputs & Outputs>,
): Promise<Found<Inputs, Outputs> | undefined | typeof asRecorded> {
  const found = await kind.read(link, id, state);
  if (found === undefined || found === asRecorded) return found;
  const recorded = state as PlainObject;
  const moved = (read: Found<Inputs, Outputs>): PlainObject =>
    Object.fromEntries(
      Object.entries(read.inputs as PlainObject).filter(
        ([key, value]) =>
          (kind.replaceOn as readonly string[] | undefined)?.includes(key) === true &&
          recorded[key] !== undefined &&
          !samePlain(recorded[key] ?? null, value ?? null),
      ),
    );
  const first = moved(found);
  if (Object.keys(first).length === 0) return found;
  link.reload?.();
  const again = await kind.read(link, id, state);
  if (again === undefined || again === asRecorded) return again;
  const second = moved(again);
  if (Object.keys(second).length === 0 || samePlain(first, second)) return again;
  throw new InputError(
    `Two reads of ${kind.kind} ${id} disagree about ${Object.keys({ ...first, ...second }).join(", ")}, whose change would re-create it. ` +
      "Nothing is changed. Check the API and any proxy before it, then run the command again.",
  );
}

/** Runs a create or an update; what it leaves half done becomes the engine's initialisation error, which keeps the object. */
async function finishing<Result>(
  inputs: PlainObject,
  identity: PlainObject,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (failure) {
    if (!(failure instanceof PartialFailure)) throw failure;
    const properties = toState({ ...inputs, ...failure.state, ...identity });
    throw Object.assign(new Error(failure.message, { cause: failure }), {
      id: failure.id,
      properties: { ...properties, [providerMember]: inputs[providerMember] },
      reasons: [messageOf(failure)],
    });
  }
}

function identityFailure(link: Connection, state: PlainObject): string | undefined {
  const former = state[madeOn];
  if (typeof former !== "string" || former === link.identity || link.formerIdentities.includes(former))
    return undefined;
  return (
    `it was made on ${former}, but this stack now points to ${link.identity}. ` +
    "A resource is only handled where it was made. If that is the same server under a new address, add the old one to " +
    "formerUrls in the datacenter description; else give the other server a stack of its own."
  );
}

function refuseForeign(link: Connection, state: PlainObject): void {
  const reason = identityFailure(link, state);
  if (reason !== undefined) throw new InputError(`This resource cannot be handled here: ${reason}`, madeOn);
}

function withoutProvider(properties: PlainObject): PlainObject {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => key !== providerMember));
}

function plainInputs<Inputs extends object>(properties: PlainObject): Inputs {
  const { [providerMember]: _provider, [madeOn]: _identity, ...inputs } = properties;
  return inputs as Inputs;
}
