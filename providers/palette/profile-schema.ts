import { z } from "zod";
import { parse } from "yaml";
import { messageOf } from "../dynamic/errors";
import { text } from "../dynamic/fields";
import type { ProfileLayer, ProfileVariable } from "./profile-content";

const yamlText = z.string().superRefine((value, context) => {
  try {
    parse(value);
  } catch (failure) {
    context.addIssue({ code: "custom", message: `must be YAML: ${messageOf(failure).split("\n")[0] ?? ""}` });
  }
});

/** One layer of a cluster profile. */
export const layerSchema: z.ZodType<ProfileLayer> = z.object({
  pack: z.object({
    name: text(),
    tag: text("the pack's tag in its registry"),
    version: z.exactOptional(text("the pack's version")),
    layer: z.enum(["os", "k8s", "cni", "csi", "addon"]),
    registry: z.string().nullable(),
  }),
  presets: z.array(z.string().regex(/.:./, { error: 'must be "Group:preset"' })),
  values: yamlText,
  whole: z.boolean().default(false),
  manifests: z.array(z.object({ name: text(), content: z.string() })),
});

/** A variable of a cluster profile, with Palette's own rules. */
export const variableSchema: z.ZodType<ProfileVariable> = z
  .object({
    name: text(),
    displayName: text(),
    description: z.string(),
    format: z.enum(["string", "number", "boolean", "ipv4", "ipv4cidr", "ipv6", "version", "base64"]),
    defaultValue: z.string().nullable(),
    required: z.boolean(),
    immutable: z.boolean(),
    isSensitive: z.boolean(),
    regex: z.string().nullable(),
    hidden: z.boolean().default(false),
    inputType: z.enum(["text", "dropdown", "multiline"]).default("text"),
    options: z
      .array(z.object({ value: z.string(), label: z.string().default(""), description: z.string().default("") }))
      .default([]),
  })
  .superRefine((variable, context) => {
    if (variable.immutable && variable.defaultValue === null) {
      context.addIssue({
        code: "custom",
        message: `variable ${variable.name} is read-only, so it must have a default`,
      });
    }
    if (/^\*+$/.test(variable.defaultValue ?? "")) {
      context.addIssue({
        code: "custom",
        message: `the default of variable ${variable.name} is masked (asterisks); give the real value as a stack secret`,
      });
    }
  });
