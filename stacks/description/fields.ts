import { z } from "zod";
import { addressProblem } from "../../addressing/address";
import { macAddressProblem } from "../../addressing/mac-address";
import { networkProblem } from "../../addressing/network";
import { addressRangeProblem } from "../../addressing/range";
import { vlanSetProblem } from "../../addressing/vlan-set";
import { checkedText, patternText, shown } from "../../model/checked-text";
import { MAAS_NAMES, placeNameProblem, subnetNameProblem, tagNameProblem } from "../../model/maas-names";
import { mtuSchema, vlanIdSchema } from "../../model/quantities";
import { cpuSetProblem } from "../sizing/cpu-set";

export { checkedText, patternText };

/** Refuses a list that has the same text or number twice; for `superRefine`. */
export function withoutRepetition(list: readonly (string | number)[], context: z.RefinementCtx): void {
  for (const [index, item] of list.entries()) {
    if (list.indexOf(item) === index) continue;
    const message = `${shown(item)} stands in this list already: leave one of the two`;
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
      if (problem !== undefined) context.addIssue({ code: "custom", message: `${shown(text)} ${problem}` });
    })
    .meta({ description });

/** CPU numbers such as `0-7`; spaces after commas are taken out, which the kubelet refuses. */
export const cpuSetField = (description: string) =>
  checkedText(cpuSetProblem, description, ["0-7", "0-3,16-19"]).transform((text) => text.replaceAll(/\s/g, ""));

/** A MAC address in any usual spelling. */
export const macAddressField = (description: string) =>
  checkedText(macAddressProblem, description, ["52:54:00:0b:6d:8c"]);

/** A VLAN id on the wire; 0 is the untagged (native) VLAN. */
export const vlanIdField = (description: string) => vlanIdSchema.meta({ description });

/** MTU in bytes, in MAAS's bounds. */
export const mtuField = (description: string) => mtuSchema.meta({ description });

const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const SUBDOMAIN = String.raw`(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*`;

/** A DNS label of Kubernetes: up to 63 lower-case letters, digits and dashes. */
export const labelField = (description: string, example: string) =>
  patternText(
    new RegExp(`^${LABEL}$`),
    "is not a name: up to 63 lower-case letters, digits and dashes, a letter or digit at both ends",
    description,
    [example],
  );

/** A DNS subdomain of Kubernetes: labels with dots between them, up to 253 characters. */
export const subdomainField = (description: string, example: string) =>
  patternText(
    new RegExp(`^${SUBDOMAIN}$`),
    "is not a name: lower-case letters, digits, dashes and dots, a letter or digit at the ends of each part",
    description,
    [example],
  );

/** An object of Kubernetes as `name` or `namespace/name`. */
export const referenceField = (description: string, examples: readonly [string, ...string[]]) =>
  patternText(
    new RegExp(`^(?:${LABEL}/)?${SUBDOMAIN}$`),
    "is not a name: write name or namespace/name, lower-case letters, digits, dashes and dots",
    description,
    [...examples],
  );

/** The name of a resource pool or zone: MAAS takes spaces and letters of any script, and no dots. */
export const placeNameField = (description: string, example: string) =>
  checkedText(placeNameProblem, description, [example], MAAS_NAMES.place);

/** The name of a subnet: any text on one line. */
export const subnetNameField = (description: string, example: string) =>
  checkedText(subnetNameProblem, description, [example]);

/** The name of a MAAS tag. */
export const tagNameField = (description: string, example: string) =>
  checkedText(tagNameProblem, description, [example], MAAS_NAMES.tag);
