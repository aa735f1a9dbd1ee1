import { z } from "zod";
import { lineField } from "../../model/plain-text";

/** An exported cluster profile that is imported beside, or instead of, the ones of this project. */
export interface ProfileFile {
  /** Path of the file, from the project's folder. */
  readonly file: string;
  /** Values of its variables on the cluster. */
  readonly variables: Readonly<Record<string, string>>;
  /** Keys of stack secrets with values of its sensitive variables, by variable. */
  readonly secretVariables: Readonly<Record<string, string>>;
  /** Keys of stack secrets that fill what the file masks, by `pack/key/key/…`. */
  readonly secretValues: Readonly<Record<string, string>>;
  /** Manifests by `pack/name` whose content in the file is a secret. */
  readonly secretManifests: readonly string[];
}

const secretKeys = z.record(
  z.string(),
  z.string().regex(/^[A-Za-z][A-Za-z0-9]*$/, { error: "is not the key of a stack secret: letters and digits" }),
);

/** The field `profileFiles` of the `cluster` section. */
export const profileFilesField = z
  .array(
    z.strictObject({
      file: lineField("Path of the exported profile (JSON or YAML), from the project's folder"),
      variables: z
        .record(z.string(), z.string())
        .default({})
        .meta({ description: "Values of its variables on the cluster" }),
      secretVariables: secretKeys
        .default({})
        .meta({ description: "Keys of stack secrets with values of its sensitive variables, by variable" }),
      secretValues: secretKeys
        .default({})
        .meta({ description: "Keys of stack secrets that fill what the file masks, by pack/key/key/…" }),
      secretManifests: z
        .array(z.string())
        .default([])
        .meta({ description: "Manifests (pack/name) whose content in the file is a secret" }),
    }),
  )
  .default([])
  .meta({
    description:
      "Exported cluster profiles to import; one of the same name as ours, or of type infra, takes its place, others are added",
  });
