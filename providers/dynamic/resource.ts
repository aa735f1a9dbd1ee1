import * as pulumi from "@pulumi/pulumi";
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
    const useLoader: pulumi.ResourceTransformation = ({ props, opts }) => ({
      props: { ...(props as object), __provider: loader(kind.kind) },
      opts,
    });
    super(
      placeholder,
      name,
      { ...placeholders, ...args },
      pulumi.mergeOptions(options, {
        additionalSecretOutputs: [...(kind.secretOutputs ?? [])],
        transformations: [useLoader],
      }),
      module,
      type,
    );
  }
}
