import { z } from "zod";
import { addressProblem } from "../../addressing/address";
import { macAddressProblem } from "../../addressing/mac-address";
import { networkProblem } from "../../addressing/network";
import { addressRangeProblem } from "../../addressing/range";
import { vlanSetProblem } from "../../addressing/vlan-set";
import { cpuSetProblem } from "../sizing/cpu-set";

/** Says what is wrong with a text, as a predicate that follows the quoted text, or nothing. */
export type ProblemOf = (text: string) => string | undefined;

/** A text that a problem function accepts. The message of a refused one names the text, the rule and the fix. */
export function checkedText(problemOf: ProblemOf, description: string, examples: readonly string[]) {
  return z
    .string()
    .superRefine((text, context) => {
      const problem = problemOf(text);
      if (problem !== undefined) context.addIssue({ code: "custom", message: `"${text}" ${problem}` });
    })
    .meta({ description, examples: [...examples] });
}

/** A text that matches a pattern; the pattern also goes to the JSON Schema. `rule` says in words what it wants. */
export function patternText(pattern: RegExp, rule: string, description: string, examples: readonly string[]) {
  return z
    .string()
    .regex(pattern, { error: (issue) => `"${String(issue.input)}" ${rule}` })
    .meta({ description, examples: [...examples] });
}

/** Refuses a list that has the same text or number twice; for `superRefine`. */
export function withoutRepetition(list: readonly (string | number)[], context: z.RefinementCtx): void {
  for (const [index, item] of list.entries()) {
    if (list.indexOf(item) === index) continue;
    const message = `${JSON.stringify(item)} stands in this list already: leave one of the two`;
    context.addIssue({ code: "custom", message, path: [index] });
  }
}

/** An IPv4 address. */
export const addressField = (description: string, example: string) =>
  checkedText(addressProblem, description, [example]);

/** An IPv4 network; host bits are cleared later, with a note. */
export const cidrField = (description: string, example: string) => checkedText(networkProblem, description, [example]);

/** `first-last` or a network. */
export const rangeField = (description: string) =>
  checkedText(addressRangeProblem, description, ["10.20.40.10-10.20.40.99", "10.20.40.0/26"]);

/** VLAN ids such as `21-100,200`. A single id may be written as a number. */
export const vlanSetField = (description: string) =>
  z
    .union([checkedText(vlanSetProblem, description, ["21-100,200"]), z.int()])
    .transform(String)
    .superRefine((text, context) => {
      const problem = vlanSetProblem(text);
      if (problem !== undefined) context.addIssue({ code: "custom", message: `"${text}" ${problem}` });
    })
    .meta({ description });

/** CPU numbers such as `0-7`. */
export const cpuSetField = (description: string) => checkedText(cpuSetProblem, description, ["0-7", "0-3,16-19"]);

/** Certificates as PEM text. */
export const certificateText = z
  .string()
  .refine((text) => /^\s*-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----\s*$/.test(text), {
    error: "is not a PEM certificate: it starts with -----BEGIN CERTIFICATE-----",
  });

/** Why a text is no time zone of the IANA database; undefined when it is one. */
export function timeZoneProblem(text: string): string | undefined {
  try {
    if (/^[A-Za-z]/.test(text) && new Intl.DateTimeFormat("en", { timeZone: text }).format() !== "") return undefined;
  } catch (failure) {
    if (!(failure instanceof RangeError)) throw failure;
  }
  return "is not a time zone: write area and city, like Europe/Berlin";
}

/** A MAC address in any usual spelling. */
export const macAddressField = (description: string) =>
  checkedText(macAddressProblem, description, ["52:54:00:0b:6d:8c"]);

/** A VLAN id on the wire; 0 is the untagged (native) VLAN. */
export const vlanIdField = (description: string) => z.int().min(0).max(4094).meta({ description });

/** MTU in bytes, in MAAS's bounds. */
export const mtuField = (description: string) => z.int().min(552).max(65535).meta({ description });

/** A DNS label of Kubernetes: up to 63 lower-case letters, digits and dashes. */
export const labelField = (description: string, example: string) =>
  patternText(
    /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    "is not a name: up to 63 lower-case letters, digits and dashes, a letter or digit at both ends",
    description,
    [example],
  );

/** A DNS subdomain of Kubernetes: labels with dots between them, up to 253 characters. */
export const subdomainField = (description: string, example: string) =>
  patternText(
    /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/,
    "is not a name: lower-case letters, digits, dashes and dots, a letter or digit at the ends of each part",
    description,
    [example],
  );

/** The name of a resource pool or zone: MAAS takes spaces and letters of any script, and no dots. */
export const placeNameField = (description: string, example: string) =>
  patternText(
    /^[\p{L}\p{N}_](?:[\p{L}\p{N}_ -]{0,254}[\p{L}\p{N}_-])?$/u,
    "is not a name that MAAS takes for this: up to 256 letters, digits, spaces, dashes and underscores, no dot, no space or dash first and no space last",
    description,
    [example],
  );

/** The name of a subnet: any text on one line. */
export const subnetNameField = (description: string, example: string) =>
  patternText(
    /^(?! )[^\p{Cc}]{1,256}(?<! )$/u,
    "is not a name of a subnet: one line of up to 256 characters, no space at an end",
    description,
    [example],
  );

/** The name of a tag of MAAS. */
export const tagNameField = (description: string, example: string) =>
  patternText(
    /^[A-Za-z0-9_.-]{1,256}$/,
    "is not a name that MAAS takes for a tag: up to 256 letters, digits, dashes, underscores and dots",
    description,
    [example],
  );

/** Why a text is no `http(s)://host` address without credentials, query and fragment, or undefined when it is one. */
export function webAddressProblem(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text)) return "is not a web address: start it with http:// or https://";
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return "is not a web address: write http(s)://host:port/path";
  }
  if (url.search !== "" || url.hash !== "") return "has a query or fragment: leave it out";
  return undefined;
}

/** A web address. One that holds credentials is refused without showing it. */
export function webAddressField(problemOf: ProblemOf, description: string, examples: readonly string[]) {
  return z
    .string()
    .superRefine((text, context) => {
      const withCredentials = /^[a-z]+:\/\/[^/]*@/i.test(text);
      const problem = withCredentials
        ? "the address holds credentials: take them out, keys are stack secrets or environment variables"
        : problemOf(text);
      if (problem !== undefined)
        context.addIssue({ code: "custom", message: withCredentials ? problem : `"${text}" ${problem}` });
    })
    .meta({ description, examples: [...examples] });
}
