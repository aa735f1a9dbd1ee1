import type { SchemaNode } from "./json-schema";

/** One setting of the description as docs/configuration.md lists it. */
export interface SettingRow {
  /** Its path; `<name>` stands for a key of the operator's choice and `[]` for every item of a list. */
  readonly path: string;
  /** What it means. */
  readonly meaning: string;
  /** Its default as it would be written; "" = none of its own, see the meaning. */
  readonly value: string;
  /** Whether it has to be given. */
  readonly required: boolean;
}

/** All settings below a node of the schema, in the order of the description. */
export function settingRows(node: SchemaNode, path = ""): SettingRow[] {
  const rows = branches(node).flatMap((branch) => [
    ...Object.entries(branch.properties ?? {}).flatMap(([key, child]) => {
      const childPath = path === "" ? key : `${path}.${key}`;
      return [row(child, childPath, branch.required?.includes(key) === true), ...settingRows(child, childPath)];
    }),
    ...(typeof branch.additionalProperties === "object"
      ? settingRows(branch.additionalProperties, `${path}.<name>`)
      : []),
    ...(branch.items === undefined ? [] : settingRows(branch.items, `${path}[]`)),
  ]);
  return rows.filter(({ path: own }, index) => rows.findIndex((other) => other.path === own) === index);
}

/** The rows as a Markdown table. */
export function settingsTable(node: SchemaNode): string {
  const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ").replaceAll("<", "&lt;");
  const lines = settingRows(node).map(({ path, meaning, value, required }) => {
    const shown = required ? "**required**" : value === "" ? "" : `\`${value.replaceAll("|", "\\|")}\``;
    return `| \`${path.replaceAll("|", "\\|")}\` | ${cell(meaning)} | ${shown} |`;
  });
  return ["| setting | meaning | default |", "|---|---|---|", ...lines].join("\n");
}

function branches(node: SchemaNode): SchemaNode[] {
  return [node, ...(node.anyOf ?? []).flatMap(branches)];
}

function row(node: SchemaNode, path: string, required: boolean): SettingRow {
  const described = branches(node).find(({ description }) => description !== undefined);
  const options = branches(node).flatMap((branch) => branch.enum ?? []);
  const meaning = described?.description ?? "";
  return {
    path,
    meaning: options.length > 0 ? `${meaning} (${options.map(String).join(", ")})` : meaning,
    value: defaultText(node.default),
    required,
  };
}

/** Empty defaults are left out: a section, list or setting that is not given is simply not there. */
function defaultText(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value))
    return value.every((item) => typeof item !== "object") && value.length > 0 ? JSON.stringify(value) : "";
  if (typeof value === "object") return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
