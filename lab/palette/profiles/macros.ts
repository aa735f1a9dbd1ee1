import type { Habits } from "../habits";
import { invalid } from "../http/error";

const QUOTED_VARIABLE = /(["'])(\{\{\s*\.spectro\.var\.[A-Za-z0-9_.-]+\s*\}\})\1/g;
const MACRO = /\{\{\s*\.spectro\.(var|macro|system)\.([A-Za-z0-9_.-]+)\s*\}\}/g;

/** System macros that resolve on a cluster. */
const SYSTEM_MACROS = [
  "cluster.uid",
  "cluster.name",
  "project.uid",
  "project.name",
  "tenant.uid",
  "tenant.name",
  "cloud.type",
  "kubernetes.version",
] as const;

/** What macros of a text stand for. */
export interface MacroValues {
  /** Profile variables: `{{.spectro.var.NAME}}`. */
  variables: ReadonlyMap<string, string>;
  /** Tenant and project macros: `{{.spectro.macro.NAME}}`. */
  macros: ReadonlyMap<string, string>;
  /** `{{.spectro.system.NAME}}`. */
  system: ReadonlyMap<string, string>;
  /** Whether a scalar that is one quoted variable keeps its quotes. */
  quotes: Habits["quoted-variables"];
}

/**
 * Checks that every macro of the texts is known: variables are defined in the profile, macros exist.
 * @throws PaletteError 400 naming the first that is not.
 */
export function checkMacros(
  texts: readonly { where: string; text: string }[],
  variables: readonly string[],
  macros: readonly string[],
): void {
  const known: Record<string, readonly string[]> = { var: variables, macro: macros, system: SYSTEM_MACROS };
  for (const { where, text } of texts)
    for (const [, kind = "", name = ""] of text.matchAll(MACRO))
      if (!known[kind]?.includes(name))
        throw invalid("InvalidMacro", `${where}: macro '{{.spectro.${kind}.${name}}}' is not defined`);
}

/** The text with its macros replaced; one that stands for nothing stays as it is. */
export function resolveMacros(text: string, values: MacroValues): string {
  const sources: Record<string, ReadonlyMap<string, string>> = {
    var: values.variables,
    macro: values.macros,
    system: values.system,
  };
  const unquoted = values.quotes === "stripped" ? text.replace(QUOTED_VARIABLE, "$2") : text;
  return unquoted.replace(MACRO, (whole, kind: string, name: string) => sources[kind]?.get(name) ?? whole);
}

/** Whether a text uses macros of the user's (not variables, not the system's). */
export function usesUserMacros(text: string): boolean {
  return [...text.matchAll(MACRO)].some(([, kind]) => kind === "macro");
}
