import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { RecordedObject } from "../derived/site-knowledge";

/** One resource of this stack as the last run recorded it. */
export interface PreviousResource {
  /** `urn:pulumi:STACK::PROJECT::PARENT-TYPES$TYPE::NAME` */
  readonly urn: string;
  /** Type token without the parents', e.g. `pulumi-nodejs:dynamic/maas:Subnet` or `vmo-metal:Site`. */
  readonly type: string;
  /** Its name in the program. */
  readonly name: string;
  /** Its outputs; those of our kinds mirror the inputs. **Secrets are in them in clear**: never log or return them. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** What the engine answers (pulumi/pulumi, built-in function `readStackResourceOutputs`): type and outputs by URN. */
const answerSchema = z.object({
  outputs: z.record(z.string(), z.object({ type: z.string(), outputs: z.record(z.string(), z.unknown()).default({}) })),
});

/**
 * Reads what the stack's state holds when a run begins: so a preview can tell an object that this run would adopt from one that it has
 * managed for long, and a renamed resource from a new one. It informs messages, refusals and aliases and never decides the shape of
 * the graph.
 *
 * The engine's built-in function behind it also serves Pulumi's stack references: it reads the last checkpoint, takes no lock and
 * reaches no API of a datacenter. Returns null under an engine without it (tests with mocks).
 */
export async function readPreviousState(): Promise<readonly PreviousResource[] | null> {
  const stackName = `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
  const answer: unknown = await pulumi.runtime.invoke("pulumi:pulumi:readStackResourceOutputs", { stackName });
  return previousResources(answer);
}

/** Returns the resources in the engine's answer; null when it is none. Pure. */
export function previousResources(answer: unknown): readonly PreviousResource[] | null {
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success) return null;
  return Object.entries(parsed.data.outputs).map(([urn, { type, outputs }]) => {
    // A name may hold `::` itself.
    return { urn, type, name: urn.split("::").slice(3).join("::"), outputs };
  });
}

/** Returns the resources of MAAS that say who owns their object. Pure. */
export function recordedObjects(resources: readonly PreviousResource[] | null): readonly RecordedObject[] | null {
  if (resources === null) return null;
  return resources.flatMap(({ type, name, outputs }) => {
    const [, kind] = /^pulumi-nodejs:dynamic\/maas:(\w+)$/.exec(type) ?? [];
    return kind === undefined ? [] : [{ kind, name, origin: originOf(outputs["origin"]), outputs }];
  });
}

/** States of earlier versions record no origin of what always exists (DHCP, settings): it was found. */
function originOf(value: unknown): RecordedObject["origin"] {
  return value === "created" || value === "referenced" ? value : "adopted";
}
