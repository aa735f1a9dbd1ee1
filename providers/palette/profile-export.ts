import { isMap, isScalar, isSeq, parse, parseDocument } from "yaml";
import { z } from "zod";
import { InputError, messageOf } from "../dynamic/errors";
import type { ProfileLayer, ProfileVariable } from "./profile-content";
import { withMacrosKept } from "./macro-text";
import { isMasked } from "./profile-drift";

/** What of an exported profile is kept as a secret, and what its masks are filled with. */
export interface ExportSecrets {
  /** Values by `pack/key/key/…`: fills a mask, or keeps a value of the file out of the layers. */
  values: Readonly<Record<string, string>>;
  /** Manifests by `pack/name` whose content in the file is a secret. */
  manifests: readonly string[];
}

/** An exported profile, said as the inputs of a cluster profile. */
export interface ExportedProfile {
  name: string;
  version: string;
  description: string;
  profileType: string;
  cloudType: string;
  layers: ProfileLayer[];
  variables: ProfileVariable[];
  /** Contents of the manifests that are secrets, by `pack/name`. */
  secretManifests: Record<string, string>;
  secretValues: Record<string, string>;
  /** Variables whose default the file masks: a cluster has to be given their values. */
  maskedVariables: string[];
}

/** JSON null stands for empty, as in all that Palette writes. */
const texts = z
  .string()
  .nullish()
  .transform((text) => text ?? "");
const listOf = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);

const exportSchema = z.object({
  metadata: z.object({ name: z.string().min(1), description: texts }),
  spec: z.object({
    version: texts,
    template: z.object({
      type: texts,
      cloudType: texts,
      packs: listOf(
        z.object({
          name: z.string().min(1),
          type: texts,
          layer: z.enum(["os", "k8s", "cni", "csi", "addon"]),
          tag: texts,
          version: texts,
          values: texts,
          registry: z
            .object({ metadata: z.object({ name: texts }).nullish() })
            .nullish()
            .transform((registry) => registry?.metadata?.name ?? ""),
          manifests: listOf(z.object({ name: z.string().min(1), content: texts })),
        }),
      ),
    }),
    variables: listOf(
      z.object({
        name: z.string().min(1),
        displayName: texts,
        description: texts,
        format: z
          .enum(["string", "number", "boolean", "ipv4", "ipv4cidr", "ipv6", "version", "base64"])
          .nullish()
          .transform((format) => format ?? "string"),
        defaultValue: texts,
        regex: texts,
        required: flag,
        immutable: flag,
        isSensitive: flag,
        hidden: flag,
        inputType: z
          .enum(["text", "dropdown", "multiline"])
          .nullish()
          .transform((type) => type ?? "text"),
        options: listOf(z.object({ value: z.string(), label: texts, description: texts })),
      }),
    ),
  }),
});
type ExportPack = z.output<typeof exportSchema>["spec"]["template"]["packs"][number];
type ExportVariable = z.output<typeof exportSchema>["spec"]["variables"][number];

/**
 * Reads a profile that was exported from Palette as JSON or YAML. Its layers hold whole values, as Palette exported them; registries are found
 * by name, because their uids differ from tenant to tenant.
 *
 * @param source name of the file, for messages
 * @throws InputError for a text that is no exported profile, and for masks (asterisks) that are not filled: Palette refuses them, and nobody
 * could know what stood there
 */
export function readProfileExport(text: string, source: string, secrets: ExportSecrets): ExportedProfile {
  const { metadata, spec } = parsed(text, source);
  const { template, variables } = spec;
  refuseMasks(source, template.packs, variables, secrets);
  const secretManifests = Object.fromEntries(
    template.packs.flatMap((pack) =>
      pack.manifests
        .map(({ name, content }): [string, string] => [`${pack.name}/${name}`, content])
        .filter(([key]) => secrets.manifests.includes(key)),
    ),
  );
  return {
    name: metadata.name,
    version: spec.version === "" ? "1.0.0" : spec.version,
    description: metadata.description,
    profileType: template.type === "" ? "cluster" : template.type,
    cloudType: template.cloudType === "" ? "all" : template.cloudType,
    layers: template.packs.map((pack) => layerOf(pack, secrets)),
    variables: variables.map(variableOf),
    secretManifests,
    secretValues: { ...secrets.values },
    maskedVariables: variables.filter(({ defaultValue }) => isMasked(defaultValue)).map(({ name }) => name),
  };
}

function parsed(text: string, source: string): z.output<typeof exportSchema> {
  let data: unknown;
  try {
    data = parse(text);
  } catch (failure) {
    throw new InputError(`${source} is neither JSON nor YAML: ${messageOf(failure).split("\n")[0] ?? ""}`);
  }
  const result = exportSchema.safeParse(data);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new InputError(
    `${source} is no exported cluster profile: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}. ` +
      "Export it in Palette (Profiles, the profile's menu, Export) and give that file.",
  );
}

function layerOf(pack: ExportPack, secrets: ExportSecrets): ProfileLayer {
  return {
    pack: {
      name: pack.name,
      tag: pack.tag === "" ? pack.version : pack.tag,
      ...(pack.type === "manifest" || pack.version === "" || pack.version === pack.tag || pack.tag === ""
        ? {}
        : { version: pack.version }),
      layer: pack.layer,
      registry: pack.type === "manifest" ? null : pack.registry,
    },
    presets: [],
    whole: true,
    values: withoutSecrets(pack.values, keysOf(pack.name, secrets)),
    manifests: pack.manifests.filter(({ name }) => !secrets.manifests.includes(`${pack.name}/${name}`)),
  };
}

/** A masked default is left out: the cluster is given a value, or it is no variable of ours to fill. */
function variableOf({ defaultValue, regex, ...variable }: ExportVariable): ProfileVariable {
  return {
    ...variable,
    displayName: variable.displayName === "" ? variable.name : variable.displayName,
    defaultValue: defaultValue === "" || isMasked(defaultValue) ? null : defaultValue,
    regex: regex === "" ? null : regex,
  };
}

function keysOf(pack: string, { values }: ExportSecrets): string[][] {
  return Object.keys(values)
    .filter((key) => key.startsWith(`${pack}/`))
    .map((key) =>
      key
        .slice(pack.length + 1)
        .split("/")
        .map((part) => part.replaceAll("~1", "/")),
    );
}

/** Takes what is secret out of values; it is put back when Palette is told of them. */
function withoutSecrets(values: string, secrets: readonly string[][]): string {
  if (secrets.length === 0) return values;
  return withMacrosKept(values, (text) => {
    const document = parseDocument(text);
    for (const keys of secrets) document.setIn(keys, "");
    return document.toString({ lineWidth: 0 });
  });
}

function refuseMasks(
  source: string,
  packs: readonly ExportPack[],
  variables: readonly ExportVariable[],
  secrets: ExportSecrets,
): void {
  const filled = new Set(Object.keys(secrets.values));
  const masks = packs.flatMap((pack) => maskedKeys(pack).filter((key) => !filled.has(key)));
  const stuck = variables
    .filter(({ defaultValue, immutable, hidden }) => isMasked(defaultValue) && (immutable || hidden))
    .map(
      ({ name }) =>
        `the default of variable ${name} (which a cluster cannot be given, because it is read-only or hidden)`,
    );
  if (masks.length + stuck.length === 0) return;
  throw new InputError(
    `${source} holds masks (asterisks) where Palette hid secret values. Give what stood there as a secret, by these keys: ` +
      `${[...masks, ...stuck].join(", ")}.`,
  );
}

/** Where the values of a pack hold a mask, as keys of secret values. */
function maskedKeys(pack: ExportPack): string[] {
  return maskedPaths(parseDocument(pack.values).contents).map((keys) =>
    [pack.name, ...keys.map((key) => key.replaceAll("/", "~1"))].join("/"),
  );
}

function maskedPaths(node: unknown): string[][] {
  if (isScalar(node)) return isMasked(node.value) ? [[]] : [];
  if (isMap(node))
    return node.items.flatMap(({ key, value }) =>
      maskedPaths(value).map((rest) => [String(isScalar(key) ? key.value : key), ...rest]),
    );
  if (isSeq(node))
    return node.items.flatMap((item, index) => maskedPaths(item).map((rest) => [String(index), ...rest]));
  return [];
}
