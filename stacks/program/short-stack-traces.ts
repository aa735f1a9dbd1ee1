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

/**
 * Takes the frames of packages from a failure's stack trace; a RunError, which is shown by its message alone, keeps none. Pulumi colours the stack of
 * whatever ends a program, and Node.js 20 takes half a minute and a gigabyte for a frame of a file straight in `node_modules/@scope/`, as Pulumi's
 * own are named.
 */
export function keepOwnFrames(failure: unknown): void {
  if (!(failure instanceof Error)) return;
  const refusal: boolean = pulumi.RunError.isInstance(failure);
  const frames = (failure.stack ?? "").split("\n").filter((line) => !/^\s+at .*node_modules/.test(line));
  failure.stack = refusal ? "" : frames.join("\n");
}
