import type { z } from "zod";
import type { ConfigurationReader } from "./configuration";
import type { PlainObject } from "./plain";

/** What a kind knows of the API it acts on. */
export interface Connection {
  /**
   * The API and scope that objects are made on, e.g. `http://maas:5240/MAAS` or `https://api.spectrocloud.com#project`. Kept with
   * every resource; a resource refuses to be handled on another one.
   */
  readonly identity: string;
  /** Identities by which the same API was known before (a renamed host); resources made on them are taken along. */
  readonly formerIdentities: readonly string[];
  /** Makes the next reads reload what is cached of the API. Absent where nothing is cached. */
  reload?(): void;
}

/** What a create or an update made. `outputs` are the computed values; inputs are mirrored by the adapter. */
export interface Made<Outputs> {
  id: string;
  outputs: Outputs;
}

/** What a read found: `inputs` as they really are (so that drift shows in the diff), and the computed values. */
export interface Found<Inputs, Outputs> {
  id: string;
  inputs: Inputs;
  outputs: Outputs;
}

/**
 * Result of a read that could not see the object now, although it still belongs to the stack (its machine is being repaired, or was removed from
 * MAAS): the record stays as it is. Never "gone", and no drift.
 */
export const asRecorded = "as recorded";

/** Why a resource has to be replaced although no input of it says so by itself. */
export interface OtherObject<Inputs> {
  /** The inputs that a preview shows as the cause. */
  readonly replaces: readonly (keyof Inputs & string)[];
  /** What the operator reads about it beside the preview's own lines. */
  readonly notice?: string;
}

/** One property that is not as it must be. */
export interface Failure {
  /** The property, e.g. `interfaces.bond_mgmt.mtu`. */
  property: string;
  /** What is wrong, the rule and the fix. */
  reason: string;
}

/**
 * One kind of resource: everything that the adapter needs to serve it to the engine. Inputs are plain JSON; every input whose
 * drift matters has a default in `schema` and is read back by `read`.
 *
 * @typeParam Inputs  plain inputs after defaults
 * @typeParam Outputs plain computed outputs (without the inputs, which are mirrored)
 * @typeParam Link    the connection that the methods act on
 */
export interface ResourceKind<Inputs extends object, Outputs extends object, Link extends Connection> {
  /** Module and type as they stand in the resource's type token, e.g. `maas:ResourcePool`. */
  readonly kind: string;
  /**
   * One zod type per input. Parsed property by property, so that in preview a value not known yet leaves the others checked;
   * defaults and normalisation (transforms) apply here, and so show in diffs.
   */
  readonly schema: { readonly [Property in keyof Inputs]-?: z.ZodType<Inputs[Property]> };
  /** Names of the computed outputs; the resource class declares them all. */
  readonly outputs: readonly (keyof Outputs & string)[];
  /**
   * Inputs that are secrets. The resource class marks them, so that the engine encrypts them in its state and masks them in its
   * output even when a program passes plain text; the outputs that mirror them are secret too.
   */
  readonly secretInputs?: readonly (keyof Inputs & string)[];
  /** Outputs that the engine must keep encrypted although no input of that name is secret. */
  readonly secretOutputs?: readonly (keyof Outputs & string)[];
  /** Inputs whose change needs a new object. The old one is deleted first: names exist once. Never for unknown values. */
  readonly replaceOn?: readonly (keyof Inputs & string)[];
  /** Inputs that inform the reader of a preview and are no change by themselves. */
  readonly informative?: readonly (keyof Inputs & string)[];
  /** Whether an input whose change needs a new object only sometimes needs one now. Pure. */
  replaces?(olds: PlainObject, key: string): boolean;
  /** Whether an input is unchanged although state and program write it differently ("not described" and the default). Pure. */
  same?(key: string, olds: PlainObject, news: PlainObject): boolean;
  /** Makes the connection from the stack's configuration. Must not await and must not throw for a missing key. */
  connect(configuration: ConfigurationReader): Link;
  /** Rules over several inputs; only called when all inputs are known and each is valid. Pure. `olds` are the former inputs. */
  checkTogether?(inputs: Inputs, olds: Partial<Inputs> | undefined): Failure[];
  /**
   * Fills in inputs that follow from the others and the former ones, so that a preview shows them. Called when every input that is not informative is
   * known and all are valid. The new object of a replacement has no former inputs. Pure.
   */
  settle?(inputs: Inputs, olds: Partial<Inputs> | undefined): Inputs;
  /** A change that the inputs alone do not show (something recorded as unfinished that can be finished now). Pure. */
  mustUpdate?(olds: PlainObject, news: Inputs): boolean;
  /**
   * Whether the object is left out of this run. The adapter then keeps the recorded inputs, reports no difference and calls no `update`, so that
   * nothing is written and nothing is replaced. `create` is still called and records a placeholder. Pure.
   */
  held?(inputs: Partial<Inputs>): boolean;
  /** Whether the inputs now mean another object than the one of this id, which only a replacement can handle. Pure. */
  otherObject?(id: string, olds: PlainObject, news: Inputs): OtherObject<Inputs> | undefined;
  /** A reason to refuse the difference in preview already (e.g. it would replace a live cluster). Pure. */
  refuse?(olds: PlainObject, news: Inputs, changed: readonly string[]): string | undefined;
  create(link: Link, inputs: Inputs): Promise<Made<Outputs>>;
  /**
   * Returns undefined only when the object is truly gone (design: 404 of the object, absence from its parent's full answer), and
   * {@link asRecorded} when it cannot be compared now.
   */
  read(
    link: Link,
    id: string,
    state: Partial<Inputs & Outputs>,
  ): Promise<Found<Inputs, Outputs> | typeof asRecorded | undefined>;
  /** Also called to finish what a {@link PartialFailure} left, then with news equal to olds. */
  update(link: Link, id: string, olds: Inputs & Outputs, news: Inputs): Promise<{ outputs: Outputs }>;
  /** Idempotent: an object that is gone already is a success. */
  delete(link: Link, id: string, state: Inputs & Outputs): Promise<void>;
}
