import * as pulumi from "@pulumi/pulumi";
import type { RecordedObject, RecordedOrigin } from "../derived/site-knowledge";

/** A resource of this stack as the last run recorded it. */
export interface RecordedResource {
  /** Type token without the parents', e.g. `pulumi-nodejs:dynamic/maas:Subnet` or `vmo-metal:Site`. */
  readonly type: string;
  /** Its name in the program. */
  readonly name: string;
  /** Its outputs, mirrored inputs included. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/**
 * Returns what the stack's state holds at the start of the run, so that a preview can tell an object that this run would adopt from
 * one that it has managed for long. It informs messages and refusals and never decides the shape of the graph.
 *
 * The engine's built-in function behind it also serves Pulumi's stack references: it reads the last checkpoint and registers nothing.
 * Returns null under an engine without it (tests with mocks).
 */
export async function recordedResources(): Promise<readonly RecordedResource[] | null> {
  const stackName = `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
  const answer: unknown = await pulumi.runtime.invoke("pulumi:pulumi:readStackResourceOutputs", { stackName });
  return resourcesOf(answer);
}

/** Reads the engine's answer: outputs and type by URN. Pure; null when it is none. */
export function resourcesOf(answer: unknown): readonly RecordedResource[] | null {
  if (!isRecord(answer) || !isRecord(answer["outputs"])) return null;
  return Object.entries(answer["outputs"]).map(([urn, value]) => {
    const outputs = isRecord(value) && isRecord(value["outputs"]) ? value["outputs"] : {};
    const type = isRecord(value) && typeof value["type"] === "string" ? value["type"] : "";
    return { type, name: urn.split("::").slice(3).join("::"), outputs };
  });
}

/** Returns the resources of MAAS that say who owns their object. Pure. */
export function recordedObjects(resources: readonly RecordedResource[] | null): readonly RecordedObject[] | null {
  if (resources === null) return null;
  return resources.flatMap(({ type, name, outputs }) => {
    const [, kind] = /^pulumi-nodejs:dynamic\/maas:(\w+)$/.exec(type) ?? [];
    return kind === undefined ? [] : [{ kind, name, origin: originOf(outputs["origin"]), outputs }];
  });
}

/** States of earlier versions record no origin of what always exists (DHCP, settings): it was found. */
function originOf(value: unknown): RecordedOrigin {
  return value === "created" || value === "referenced" ? value : "adopted";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
