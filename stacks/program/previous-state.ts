import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

/** One resource as the stack's state has it when a run begins. */
export interface PreviousResource {
  /** `urn:pulumi:STACK::PROJECT::PARENT-TYPES$TYPE::NAME` */
  readonly urn: string;
  /** Type token, e.g. `pulumi-nodejs:dynamic/maas:Zone`. */
  readonly type: string;
  /** Its outputs; those of our kinds mirror the inputs. **Secrets are in them in clear**: never log or return them. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** What the engine answers (pulumi/pulumi pkg/resource/deploy, `readStackResourceOutputs`). Other members are ignored. */
const answer = z.object({
  outputs: z
    .record(z.string(), z.object({ type: z.string(), outputs: z.record(z.string(), z.unknown()).default({}) }))
    .default({}),
});

/**
 * Reads the stack's own resources as the last run recorded them; none for a new stack, and none on mocks. The engine serves this to
 * programs as it serves stack references: it takes no lock and reaches no API of a datacenter.
 */
export async function readPreviousState(): Promise<PreviousResource[]> {
  const stackName = `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
  const found: unknown = await pulumi.runtime.invoke("pulumi:pulumi:readStackResourceOutputs", { stackName });
  return Object.entries(answer.parse(found ?? {}).outputs).map(([urn, resource]) => ({ urn, ...resource }));
}
