import { z } from "zod";
import { LAYERS, PACK_TYPES, PROFILE_TYPES, VARIABLE_FORMATS } from "../model/profile";

const labels = z.record(z.string(), z.string());

/** A variable's definition (`v1Variable`). */
const variableSchema = z.object({
  name: z.string(),
  displayName: z.string().default(""),
  description: z.string().default(""),
  format: z.enum(VARIABLE_FORMATS).default("string"),
  defaultValue: z.string().optional(),
  regex: z.string().default(""),
  required: z.boolean().default(false),
  immutable: z.boolean().default(false),
  isSensitive: z.boolean().default(false),
  hidden: z.boolean().default(false),
  inputType: z.enum(["text", "dropdown", "multiline"]).default("text"),
  options: z
    .array(
      z.object({
        value: z.string(),
        label: z.string().default(""),
        description: z.string().default(""),
        default: z.boolean().default(false),
      }),
    )
    .default([]),
});

/** `v1Variables`. */
export const variablesSchema = z.object({ variables: z.array(variableSchema).default([]) });

/** An exported profile, as it is imported (`v1ClusterProfileImportEntity`). */
export const importSchema = z.object({
  metadata: z.object({ name: z.string().min(1), description: z.string().default(""), labels: labels.default({}) }),
  spec: z.object({
    version: z.string().default("1.0.0"),
    template: z.object({
      type: z.enum(PROFILE_TYPES).default("cluster"),
      cloudType: z.string().default("all"),
      packs: z
        .array(
          z.object({
            name: z.string().min(1),
            type: z.enum(PACK_TYPES).default("spectro"),
            layer: z.enum(LAYERS),
            version: z.string().default(""),
            tag: z.string().default(""),
            values: z.string().default(""),
            registry: z
              .object({
                metadata: z
                  .object({ uid: z.string().default(""), name: z.string().default(""), kind: z.string().default("") })
                  .optional(),
              })
              .optional(),
            manifests: z.array(z.object({ name: z.string().min(1), content: z.string().default("") })).default([]),
          }),
        )
        .default([]),
    }),
    variables: z.array(variableSchema).default([]),
  }),
});

/** An exported profile as a client imports it, with defaults. */
export type ImportEntity = z.output<typeof importSchema>;

/** One pack of an exported profile. */
export type ImportPack = ImportEntity["spec"]["template"]["packs"][number];

/** A pack of a create, update or add call (`v1PackManifestEntity`, `v1PackManifestUpdateEntity`). */
export const packSchema = z.object({
  name: z.string().min(1),
  uid: z.string().default(""),
  type: z.enum(PACK_TYPES).default("spectro"),
  layer: z.enum(LAYERS).optional(),
  tag: z.string().default(""),
  registryUid: z.string().default(""),
  values: z.string().default(""),
  manifests: z
    .array(z.object({ name: z.string().min(1), content: z.string().default(""), uid: z.string().default("") }))
    .default([]),
});

/** A pack as a client sends it, with defaults. */
export type PackInput = z.output<typeof packSchema>;

const metadata = z.object({
  name: z.string().default(""),
  annotations: labels.optional(),
  labels: labels.optional(),
});

/** `v1ClusterProfileEntity`. */
export const createSchema = z.object({
  metadata: metadata.extend({ name: z.string().min(1) }),
  spec: z.object({
    version: z.string().default("1.0.0"),
    template: z.object({
      type: z.enum(PROFILE_TYPES).default("cluster"),
      cloudType: z.string().default("all"),
      packs: z.array(packSchema).default([]),
    }),
    variables: z.array(variableSchema).default([]),
  }),
});

/** `v1ClusterProfileUpdateEntity`. */
export const updateSchema = z.object({
  metadata: metadata.default({ name: "" }),
  spec: z.object({
    version: z.string().default(""),
    template: z.object({
      type: z.enum(PROFILE_TYPES).optional(),
      packs: z.array(packSchema).default([]),
    }),
  }),
});

/** `v1ProfileMetaEntity`. */
export const metadataSchema = z.object({
  metadata: metadata,
  spec: z.object({ version: z.string().default("") }).optional(),
});

/** `v1ClusterProfileCloneEntity`. */
export const cloneSchema = z.object({
  metadata: z.object({
    name: z.string().min(1),
    version: z.string().default("1.0.0"),
    target: z
      .object({ scope: z.enum(["system", "tenant", "project", "resource"]), projectUid: z.string().default("") })
      .optional(),
  }),
});
