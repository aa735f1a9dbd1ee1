/** An object's type without the `undefined` that an optional field of a schema allows. */
export type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** The object without fields that are undefined, so that spreading it does not clear defaults. */
export function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Defined<T>;
}
