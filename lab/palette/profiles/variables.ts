import { isIPv4, isIPv6 } from "node:net";
import { invalid } from "../http/error";
import type { JsonObject } from "../json";
import type { Variable } from "../model/profile";
import { MASK } from "../observation/masking";
import { isMasked } from "../packs/pack-values";

/**
 * Checks the definitions of a profile's variables: unique names and display names, a default where one is needed and of
 * the right format, a dropdown's options, no masked default.
 * @throws PaletteError 400
 */
export function checkVariables(variables: readonly Variable[]): void {
  const names = new Set<string>();
  const displayNames = new Set<string>();
  for (const variable of variables) {
    const refuse = (why: string): never => {
      throw invalid("InvalidVariable", `Variable '${variable.name}' ${why}`);
    };
    if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(variable.name)) refuse("has a name that is not allowed");
    if (names.has(variable.name)) refuse("is defined twice");
    names.add(variable.name);
    const shown = variable.displayName || variable.name;
    if (displayNames.has(shown)) refuse(`has the display name '${shown}' of another variable`);
    displayNames.add(shown);
    checkDefault(variable, refuse);
  }
}

function checkDefault(variable: Variable, refuse: (why: string) => never): void {
  const value = variable.defaultValue ?? "";
  if (isMasked(value)) refuse("default value should not be masked");
  if (value === "" && variable.hidden && variable.required) refuse("is hidden and required and needs a default value");
  if (value === "" && variable.immutable) refuse("is read-only and needs a default value");
  if (variable.inputType === "dropdown") {
    if (variable.options.length === 0) refuse("is a dropdown without options");
    if (value !== "" && !variable.options.some((option) => option.value === value))
      refuse("has a default value that is not one of its options");
  }
  if (variable.regex !== "" && compileRegex(variable.regex) === undefined) refuse("has an invalid regex");
  const problem = value === "" ? undefined : valueProblem(variable, value);
  if (problem !== undefined) refuse(`default value ${problem}`);
}

/** Why a value is none for the variable ("is not a number"); undefined when it is fine. */
function valueProblem(variable: Variable, value: string): string | undefined {
  if (!FORMATS[variable.format](value)) return `'${shown(variable, value)}' is not of format ${variable.format}`;
  const regex = variable.regex === "" ? undefined : compileRegex(variable.regex);
  if (regex && !regex.test(value)) return `'${shown(variable, value)}' does not match the regex ${variable.regex}`;
  if (variable.inputType === "dropdown" && !variable.options.some((option) => option.value === value))
    return `'${shown(variable, value)}' is not one of the options`;
  return undefined;
}

const FORMATS: Record<Variable["format"], (value: string) => boolean> = {
  string: () => true,
  number: (value) => /^-?\d+(\.\d+)?$/.test(value),
  boolean: (value) => value === "true" || value === "false",
  ipv4: isIPv4,
  ipv4cidr: (value) => {
    const [address = "", prefix = ""] = value.split("/");
    return isIPv4(address) && /^([0-9]|[12][0-9]|3[0-2])$/.test(prefix);
  },
  ipv6: isIPv6,
  version: (value) => /^v?\d+(\.\d+)*([-+][0-9A-Za-z.-]+)?$/.test(value),
  base64: (value) => /^[A-Za-z0-9+/]*={0,2}$/.test(value) && value.length % 4 === 0,
};

function compileRegex(source: string): RegExp | undefined {
  try {
    return new RegExp(source);
  } catch {
    return undefined;
  }
}

function shown(variable: Variable, value: string): string {
  return variable.isSensitive ? MASK : value;
}

/** A definition as the API writes it; a sensitive default is masked. */
export function variableView(variable: Variable): JsonObject {
  const { defaultValue, ...definition } = variable;
  return {
    ...definition,
    defaultValue: variable.isSensitive && defaultValue ? MASK : defaultValue,
    options: variable.options.length === 0 ? null : variable.options,
  };
}

/**
 * The values that a cluster has for a profile's variables: its own, else the defaults; variables without any are left out.
 */
export function variableValues(variables: readonly Variable[], own: Record<string, string>): Map<string, string> {
  const values = new Map<string, string>();
  for (const variable of variables) {
    const value = own[variable.name] ?? variable.defaultValue;
    if (value !== undefined) values.set(variable.name, value);
  }
  return values;
}

/** What is wrong with a cluster's own values for a profile's variables, as sentences; empty when nothing is. */
export function ownValueProblems(variables: readonly Variable[], own: Record<string, string>): string[] {
  const problems: string[] = [];
  for (const [name, value] of Object.entries(own)) {
    const variable = variables.find((each) => each.name === name);
    if (!variable) problems.push(`Variable '${name}' is not defined in the cluster profile`);
    else if (variable.immutable && value !== variable.defaultValue)
      problems.push(`Variable '${name}' is read-only and cannot be given another value`);
    else {
      const problem = value === "" ? undefined : valueProblem(variable, value);
      if (problem !== undefined) problems.push(`Variable '${name}' value ${problem}`);
    }
  }
  for (const variable of variables)
    if (variable.required && (own[variable.name] ?? variable.defaultValue ?? "") === "")
      problems.push(`Variable '${variable.name}' is required and has no value`);
  return problems;
}
