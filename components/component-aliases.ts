import * as pulumi from "@pulumi/pulumi";

/**
 * Options of a component whose type had another token before. With it as an alias, the component and everything below it keep their
 * place in the state; without it the engine would delete and create all of them.
 *
 * @param type the previous type token, e.g. `vmo-metal:bare-metal:Host`
 */
export function withPreviousType(
  options: pulumi.ComponentResourceOptions,
  type: string,
): pulumi.ComponentResourceOptions {
  return pulumi.mergeOptions(options, { aliases: [{ type }] });
}
