import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import type { Connection, ResourceKind } from "./kind";

/** Inputs of a resource class: each plain input, or an output of it. */
export type ArgumentsOf<Inputs extends object> = { [Property in keyof Inputs]: pulumi.Input<Inputs[Property]> };

/**
 * The text kept in state as a resource's provider: one constant line that loads the current code from the project's folder (the
 * engine runs dynamic providers there). State so holds no code, and a fixed provider also reaches refresh and destroy of
 * resources that an older version made.
 */
export function loader(kind: string): string {
  return `exports.handler=()=>require(process.cwd()+"/providers/load.cjs")(${JSON.stringify(kind)})`;
}

/** Never called: it stands where Pulumi would serialise a closure; the transformation below puts the loader there. */
const placeholder: pulumi.dynamic.ResourceProvider = {
  create: () => Promise.reject(new Error("the loader was not put in place")),
};

/**
 * Base of every resource class. A subclass declares its outputs with `declare public readonly x: pulumi.Output<T>` (a field that
 * is initialised again after `super()` would be undefined).
 */
export abstract class ServedResource<Inputs extends object, Outputs extends object, Link extends Connection>
  extends pulumi.dynamic.Resource
{
  /** The identity of the API that the object was made on. */
  declare public readonly madeOn: pulumi.Output<string>;

  protected constructor(
    kind: ResourceKind<Inputs, Outputs, Link>,
    name: string,
    args: Partial<ArgumentsOf<Inputs>>,
    options: pulumi.CustomResourceOptions = {},
  ) {
    const [module, type] = kind.kind.split(":");
    const names = [...Object.keys(kind.schema), ...kind.outputs, "madeOn"];
    const placeholders = Object.fromEntries(names.map((property) => [property, undefined]));
    // One that is managed elsewhere is read as it is, so that no default stands for what nobody said.
    const defaults = options.id === undefined ? defaultsOf(kind.schema) : {};
    const useLoader: pulumi.ResourceTransformation = ({ props, opts }) => ({
      props: { ...(props as object), __provider: loader(kind.kind) },
      opts,
    });
    super(
      placeholder,
      name,
      { ...placeholders, ...defaults, ...withSecrets(kind, saidInFull(kind.schema, definedOf(args))) },
      pulumi.mergeOptions(options, {
        additionalSecretOutputs: [...(kind.secretOutputs ?? []), ...(kind.secretInputs ?? [])],
        transformations: [useLoader],
      }),
      module,
      type,
    );
  }
}

/**
 * The default of each input that has one. The check fills them in too; said by the program already, they do not show as a difference
 * while a refresh goes on.
 */
function defaultsOf(schema: Readonly<Record<string, z.ZodType>>): Record<string, unknown> {
  const parsed = Object.entries(schema).map(([property, type]) => [property, type.safeParse(undefined)] as const);
  return Object.fromEntries(parsed.flatMap(([property, result]) => (result.success ? [[property, result.data]] : [])));
}

/**
 * Arguments as the check leaves them, members that have a default included, where all of one is known: a refresh shows the program's
 * own words beside the state's, and what only the check filled in would look like a difference. What the check refuses is left to it.
 */
function saidInFull(
  schema: Readonly<Record<string, z.ZodType>>,
  args: Record<string, unknown>,
): Record<string, unknown> {
  const entries = Object.entries(args).map(([property, value]) => {
    const result = isKnown(value) ? schema[property]?.safeParse(value) : undefined;
    return [property, result?.success === true ? result.data : value];
  });
  return Object.fromEntries(entries) as Record<string, unknown>;
}

/** The arguments with the kind's secret inputs marked as secrets, whether or not the program marked them. */
function withSecrets(
  { secretInputs = [] }: { readonly secretInputs?: readonly string[] },
  args: Record<string, unknown>,
): Record<string, unknown> {
  const marked = secretInputs.filter((name) => name in args).map((name) => [name, pulumi.secret(args[name])] as const);
  return { ...args, ...Object.fromEntries(marked) };
}

/** Whether a value is data through and through: no output or promise is part of it. */
function isKnown(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (Array.isArray(value)) return value.every(isKnown);
  return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isKnown);
}

function definedOf(args: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
}
