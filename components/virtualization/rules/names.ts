import { LONGEST_LABEL } from "../../../model/dns-names";
import type { Manifest } from "../objects/manifest";

const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** What is wrong with a DNS label (a namespace, a host name); undefined for nothing. Kubernetes: at most 63 characters. */
export function labelProblem(text: string): string | undefined {
  if (text.length > LONGEST_LABEL)
    return `"${text}" has ${text.length} characters: a DNS label has at most ${LONGEST_LABEL}`;
  return label.test(text) ? undefined : `"${text}" is not a DNS label: lower-case letters, digits and dashes`;
}

/** What is wrong with the name of an object; undefined for nothing. Kubernetes: a DNS subdomain of at most 253 characters. */
export function subdomainProblem(text: string): string | undefined {
  if (text.length > 253) return `"${text.slice(0, 20)}…" has ${text.length} characters: a name has at most 253`;
  return text.split(".").every((part) => label.test(part))
    ? undefined
    : `"${text}" is not a DNS subdomain: lower-case letters, digits, dashes and dots`;
}

/** Rules for the metadata of every object. */
export function metadataProblems({ metadata }: Manifest): string[] {
  const { name, namespace, annotations, labels } = metadata;
  const namespaceProblem = namespace === undefined ? undefined : labelProblem(namespace);
  const nameProblem = subdomainProblem(name);
  const values = Object.entries({ ...labels }).filter(([, value]) => value.length > LONGEST_LABEL);
  const texts = Object.entries({ ...annotations }).filter(([, value]) => typeof value !== "string");
  return [
    ...(nameProblem === undefined ? [] : [`metadata.name: ${nameProblem}`]),
    ...(namespaceProblem === undefined ? [] : [`metadata.namespace: ${namespaceProblem}`]),
    ...values.map(([key]) => `metadata.labels.${key}: a label has at most ${LONGEST_LABEL} characters`),
    ...texts.map(([key]) => `metadata.annotations.${key}: an annotation is text: write it in quotes`),
  ];
}
