import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { LAYERS } from "../model/profile";
import { digestOf, seededUid } from "../uid";
import type { Pack } from "./pack";

const requirement = z.strictObject({ pack: z.string(), minimum: z.string(), maximum: z.string() });

const descriptionSchema = z.strictObject({
  name: z.string(),
  displayName: z.string(),
  layer: z.enum(LAYERS),
  addonType: z.string(),
  addonSubType: z.string(),
  cloudTypes: z.array(z.string()),
  versions: z.array(
    z.strictObject({
      version: z.string(),
      tag: z.string(),
      parentTags: z.array(z.string()).default([]),
      group: z.string().default(""),
      requires: z.array(requirement).optional(),
    }),
  ),
  requires: z.array(requirement),
  requiredParameters: z.array(z.string()),
  nonEmptyParameters: z.array(z.string()).default([]),
  sensitiveParameters: z.array(z.string()),
});

const presetsSchema = z.array(
  z.strictObject({
    name: z.string(),
    displayName: z.string(),
    group: z.string(),
    remove: z.array(z.string()),
    add: z.string(),
  }),
);

/**
 * Reads a registry from disk: a folder per pack with `pack.json` (what it is, its versions, what it needs), `values.yaml`
 * (`@version@` stands for the version) and, when it has any, `presets.yaml`.
 */
export function readRegistry(folder: string, registryUid: string): Pack[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .flatMap((name) => readPack(join(folder, name), registryUid));
}

function readPack(folder: string, registryUid: string): Pack[] {
  const description = descriptionSchema.parse(JSON.parse(readFileSync(join(folder, "pack.json"), "utf8")));
  const presetsFile = join(folder, "presets.yaml");
  const presets = existsSync(presetsFile) ? presetsSchema.parse(parse(readFileSync(presetsFile, "utf8"))) : [];
  const valuesTemplate = readFileSync(join(folder, "values.yaml"), "utf8");
  const { versions, ...shared } = description;
  return versions.map((each) => {
    const values = valuesTemplate.replaceAll("@version@", each.version);
    const digest = digestOf(values);
    return {
      ...shared,
      ...each,
      requires: each.requires ?? description.requires,
      uid: packUid(registryUid, description.name, each.tag, digest),
      type: "spectro",
      registryUid,
      values,
      presets,
      digest,
    };
  });
}

/** The uid of a pack: it changes when the registry gives the same name and tag another content. */
export function packUid(registryUid: string, name: string, tag: string, digest: string): string {
  return seededUid("pack", registryUid, name, tag, digest);
}
