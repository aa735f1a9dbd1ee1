import * as pulumi from "@pulumi/pulumi";
import type { PreviousResource } from "./previous-state";
import { PreviousUrns } from "./same-object";

/**
 * Registers every resource under the URN that the state has its real object under: a resource whose name in the program changed (a
 * network, a profile or a namespace was renamed) is renamed in the state, never deleted and created again.
 */
export function keepIdentity(previous: readonly PreviousResource[]): void {
  if (previous.length === 0) return;
  const urns = new PreviousUrns(previous);
  pulumi.runtime.registerStackTransformation(({ type, name, props, opts }) => {
    const alias = urns.aliasOf({ type, name, inputs: props ?? {} });
    if (alias === undefined) return undefined;
    return { props: props, opts: pulumi.mergeOptions(opts, { aliases: [alias] }) };
  });
}
