import * as pulumi from "@pulumi/pulumi";

/** A resource as the engine was asked to make it. */
export interface MadeResource {
  type: string;
  name: string;
  /** Given when it is only read. */
  id: string | undefined;
  inputs: Record<string, unknown>;
}

/** What the mocks answer and pretend. */
export interface MockedEngine {
  /** Outputs of every resource beside its inputs, such as those that a real one computes; none by default. */
  computed?: Record<string, unknown>;
  /** Default: `test`. */
  stack?: string;
  /** Default: an `up`. */
  preview?: boolean;
}

/**
 * Replaces Pulumi's engine by mocks: the id of a resource is `id-of-<name>`, its outputs are its inputs. Answers the list in which every
 * resource is noted as it is made.
 */
export async function mockEngine({ computed, stack = "test", preview }: MockedEngine = {}): Promise<MadeResource[]> {
  const made: MadeResource[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, id, inputs }) => {
        const resource: MadeResource = {
          type,
          name,
          id: id === "" ? undefined : id,
          inputs: { ...(inputs as object) },
        };
        made.push(resource);
        return { id: resource.id ?? `id-of-${name}`, state: { ...resource.inputs, ...computed } };
      },
      call: () => ({}),
    },
    "vmo-metal",
    stack,
    preview,
    "organization",
  );
  return made;
}

/** Resolves to an output's value. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<pulumi.Unwrap<T>> {
  return new Promise((resolve) => {
    output.apply((value) => {
      resolve(value as pulumi.Unwrap<T>);
    });
  });
}
