import { z } from "zod";
import { optional } from "../../dynamic/fields";
import { type Plain, samePlain } from "../../dynamic/plain";

/** Values of an object's fields by input; null is "has none". A field that is absent is not part of the comparison. */
export type Values = Readonly<Record<string, Plain>>;

/**
 * One input that is a value of the object in MAAS. In the inputs `null` means "not described": of an adopted object the field is then
 * not managed, of a created one the default is enforced.
 */
export interface ManagedField<Value, Inputs, Answer> {
  /** Type of a described value. */
  readonly type: z.ZodType<Value>;
  /** Name in messages and in `maas.approve`. Default: the input's own. */
  readonly name?: string;
  /** The input says which object is meant, or always has a value: it is described in any case. */
  readonly always?: boolean;
  /** Value of a created object for which none is described. Absent: whatever MAAS gives it, which is not enforced. */
  readonly byDefault?: (inputs: Inputs) => Plain;
  /** The text that describes "has none", for a field whose absence somebody may want: `none`. */
  readonly none?: string;
  /** The previous value is not put into a marker: it may be too long. */
  readonly unmarked?: boolean;
  /** Reads the value; undefined when this object has no such field that could be managed. */
  readonly read: (answer: Answer, inputs: Partial<Inputs>) => Plain | undefined;
}

/** The managed fields of a kind, by input. */
export type FieldTable<Fields extends object, Inputs, Answer> = {
  readonly [Key in keyof Fields]-?: ManagedField<NonNullable<Fields[Key]>, Inputs, Answer>;
};

/** A field table where neither the types of the values nor of the answer matter. */
export type AnyFieldTable = Readonly<
  Record<
    string,
    {
      readonly type: z.ZodType;
      readonly name?: string;
      readonly always?: boolean;
      readonly byDefault?: unknown;
      readonly none?: string;
      readonly unmarked?: boolean;
    }
  >
>;

/** Returns the zod type of each managed input. */
export function fieldSchemas(table: AnyFieldTable): Record<string, z.ZodType> {
  return Object.fromEntries(
    Object.entries(table).map(([key, { type, always, none }]) => {
      if (always === true) return [key, type];
      return [key, optional(none === undefined ? type : z.union([z.literal(none), type]))];
    }),
  );
}

/** Returns the value that an input describes; null for the text that describes "has none". */
export function valueOf(field: { readonly none?: string } | undefined, input: Plain): Plain {
  return field?.none !== undefined && input === field.none ? null : input;
}

/** Returns the input that describes a value. */
export function inputOf(field: { readonly none?: string }, value: Plain): Plain {
  return value === null ? (field.none ?? null) : value;
}

/** Returns the values that the inputs describe; a field that is not described is absent. */
export function describedValues(table: AnyFieldTable, inputs: object): Values {
  const given = inputs as Readonly<Record<string, Plain | undefined>>;
  return Object.fromEntries(
    Object.entries(table).flatMap(([key, field]) => {
      const input = given[key] ?? null;
      return input === null && field.always !== true ? [] : [[key, valueOf(field, input)]];
    }),
  );
}

/** Returns the values that are enforced on a created object although they are not described. */
export function defaultValues<Inputs extends object>(
  table: Readonly<Record<string, { readonly byDefault?: (inputs: Inputs) => Plain }>>,
  inputs: Inputs,
): Values {
  return Object.fromEntries(
    Object.entries(table).flatMap(([key, { byDefault }]) =>
      byDefault === undefined ? [] : [[key, byDefault(inputs)]],
    ),
  );
}

/** Whether two values are equal. */
export function sameValue(left: Plain | undefined, right: Plain | undefined): boolean {
  return samePlain(left ?? null, right ?? null);
}
