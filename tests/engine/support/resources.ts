/** A resource as the engine's state keeps it. */
export interface StateResource {
  urn: string;
  type: string;
  id?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
}

/** The resources in a state file. */
export function resourcesOf(state: string): StateResource[] {
  const { checkpoint } = JSON.parse(state) as { checkpoint: { latest: { resources?: StateResource[] } } };
  return checkpoint.latest.resources ?? [];
}

/** The engine's last lines: how many resources were created, changed, deleted, left alone. */
export function counts(output: string): Record<string, number> {
  const block = output.slice(output.lastIndexOf("Resources:"));
  const found = [
    ...block.matchAll(/^\s+[-+~]*\s*(\d+) (created|updated|deleted|replaced|unchanged|errored|to create|to update)/gm),
  ];
  return Object.fromEntries(found.map(([, count, what]) => [what ?? "", Number(count)]));
}
