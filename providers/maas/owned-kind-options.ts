import type { z } from "zod";
import type { Failure, ResourceKind } from "../dynamic/kind";
import type { Plain, PlainObject } from "../dynamic/plain";
import type { Fields as FormFields } from "./client/form";
import type { MaasConnection } from "./connection";
import type { ObjectKind, Usage } from "./ownership/dangers";
import type { Owned } from "./ownership/decide";
import type { Forecast } from "./ownership/forecast";
import type { AnyFieldTable, FieldTable, Values } from "./ownership/values";

/** Inputs of every kind whose objects may exist already; none of them is a value of the object. */
export interface OwnershipInputs {
  /** Whether fields of an object that this stack did not create may be changed. */
  adopt: boolean;
  /** Names of fields whose dangerous change is approved, from `maas.approve`. */
  approve: string[];
  /** Whether the object is managed elsewhere: it is compared and never written. */
  reference: boolean;
}

/** Where a kind keeps its marker. */
export interface MarkerField<Answer> {
  /** The input that holds the text before the marker. */
  readonly text: string;
  /** The form field: `description` or `comment`. */
  readonly form: string;
  readonly read: (answer: Answer) => string;
  /** MAAS does not take an empty text (range comments): then no marker is written behind an empty text that has to come back. */
  readonly unclearable?: boolean;
}

/** Why values are written: the description states them, or a destroy restores them. */
export type WriteReason = "described" | "restored";

/** What distinguishes one kind of site object from another; `ownedKind` derives the rest. */
export interface OwnedKindOptions<Fields extends object, Extra extends object, Answer> {
  /** `maas:ResourcePool` */
  readonly kind: string;
  readonly objectKind: ObjectKind;
  readonly fields: FieldTable<Fields, Fields & Extra & OwnershipInputs, Answer>;
  /** Inputs that are no values of the object. */
  readonly extra?: { readonly [Key in keyof Extra]-?: z.ZodType<Extra[Key]> };
  readonly replaceOn?: readonly (keyof Fields & string)[];
  /** Inputs whose change needs another object if this stack did not create the present one. */
  readonly replaceFound?: readonly (keyof Fields & string)[];
  checkTogether?(inputs: Fields & Extra & OwnershipInputs, olds: Partial<Fields> | undefined): Failure[];
  /** The object as messages and `maas.approve` name it: `subnet 10.21.0.0/21`. */
  object(inputs: Fields & Extra): string;
  /** Whether the inputs mean this object. */
  isIt(answer: Answer, inputs: Fields & Extra): boolean;
  /** The objects among which the inputs' one is; `age` as in {@link CachedList.all}. */
  list(link: MaasConnection, inputs: Fields & Extra, age?: number): Promise<readonly Answer[]>;
  idOf(answer: Answer): string;
  /** The object of an id, undefined when truly gone. `known` are its inputs as far as they are recorded. */
  byId(link: MaasConnection, id: string, known: Partial<Fields & Extra>): Promise<Answer | undefined>;
  /** Computed outputs of the kind's own, by name. */
  readonly computed?: Readonly<Record<string, (answer: Answer) => Plain>>;
  readonly marker?: MarkerField<Answer>;
  /** Another datacenter that owns the object, derived from what stands on it or what it belongs to. */
  owner?(link: MaasConnection, answer: Answer): Promise<string | undefined>;
  /** Machines in use that use the object. */
  usage?(link: MaasConnection, answer: Answer): Promise<Usage>;
  /** What other datacenters have on the object, in words. */
  users?(link: MaasConnection, answer: Answer): Promise<string[]>;
  /** Values that follow from the described ones for this object, and so count as described. */
  implied?(link: MaasConnection, answer: Answer, inputs: Fields & Extra): Promise<Partial<Fields>>;
  /** Turns values into form fields. `whole` are all effective values, of which `values` may be a part. */
  form(link: MaasConnection, values: Partial<Fields>, whole: Partial<Fields>): FormFields | Promise<FormFields>;
  create(link: MaasConnection, fields: FormFields, inputs: Fields & Extra): Promise<Answer>;
  send(link: MaasConnection, answer: Answer, fields: FormFields): Promise<unknown>;
  /** What has to be done before values are written: something that would be lost by them. */
  beforeWrite?(link: MaasConnection, answer: Answer, values: Partial<Fields>, reason: WriteReason): Promise<void>;
  /** What has to be done after values were written. */
  afterWrite?(link: MaasConnection, answer: Answer, values: Partial<Fields>, reason: WriteReason): Promise<void>;
  /** The values of a destroy that may be written back. */
  restorable?(link: MaasConnection, answer: Answer, values: Values): Values;
  /** Previous values as states of earlier versions hold them (`former`). */
  readonly legacyPrevious?: (former: Plain) => PlainObject;
  /** Applied values of such states where they are not the inputs. */
  readonly legacyApplied?: (state: Readonly<Record<string, Plain | undefined>>) => PlainObject;
  /** Deletes the object, or throws an error that names who uses it. */
  remove(link: MaasConnection, answer: Answer): Promise<void>;
}

/** A kind of site object, with what a preview needs of it. */
export interface OwnedKind<Inputs extends object> extends ResourceKind<Inputs, Owned, MaasConnection> {
  readonly objectKind: ObjectKind;
  readonly fields: AnyFieldTable;
  /** The input behind whose value the marker stands; undefined when MAAS has no field for one. */
  readonly markerText: string | undefined;
  /**
   * Returns what an update would do with the object if this stack had no record of it. Reads only. A refusal is part of the result;
   * errors of the API are thrown. Names of fabrics have to be those that MAAS has now.
   */
  forecast(link: MaasConnection, args: Partial<Inputs>): Promise<Forecast>;
}
