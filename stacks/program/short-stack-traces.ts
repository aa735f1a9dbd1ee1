import * as pulumi from "@pulumi/pulumi";

/** That part of Pulumi's `Resource` which notes where a resource was made; it is not part of its public types. */
interface Traced {
  stackTrace?: (skip: number) => unknown[];
}

/**
 * Has Pulumi keep one frame of the stack trace of each resource, the place in the source, instead of all: with all of them a tenth and more of the
 * state would be traces (650 bytes a resource, @pulumi/pulumi 3.248), which no command shows. A version of Pulumi that keeps none is left as it is.
 */
export function keepStackTracesShort(resource: Traced = pulumi.Resource as unknown as Traced): void {
  const { stackTrace } = resource;
  if (stackTrace === undefined) return;
  // One frame more is skipped: that of this function.
  resource.stackTrace = (skip) => stackTrace(skip + 1).slice(0, 1);
}
