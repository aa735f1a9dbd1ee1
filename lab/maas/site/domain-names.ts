const LABEL = "[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,62}[a-zA-Z0-9])?";
const DOMAIN = new RegExp(`^(?:${LABEL}[.])*${LABEL}[.]?$`);

/** Python's way of quoting a text in a message. */
function quoted(text: string): string {
  return text.includes("'") && !text.includes('"') ? `"${text}"` : `'${text.replaceAll("'", "\\'")}'`;
}

/** What is wrong with a domain name as a whole (also the target of a record); undefined when nothing is. */
export function domainNameError(name: string): string | undefined {
  if (name.length > 255) return "Domain name length cannot exceed 255 characters.";
  if (!DOMAIN.test(name)) {
    return /[^a-zA-Z0-9.-]/.test(name) ? "Domain name contains invalid characters." : `Invalid domain name: ${name}.`;
  }
  return name === "maas-internal" ? "Domain name cannot duplicate maas internal domain name." : undefined;
}

/** What is wrong with the labels of a domain or host name; undefined when nothing is. */
export function labelsError(name: string): string | undefined {
  if (name.length > 255) return "Hostname is too long.  Maximum allowed is 255 characters.";
  for (const label of name.split(".")) {
    if (label === "") return "DNS name contains an empty label.";
    if (label.length > 63) return `Label is too long: ${quoted(label)}.  Maximum allowed is 63 characters.`;
    if (label.startsWith("-") || label.endsWith("-")) return `Label cannot start or end with hyphen: ${quoted(label)}.`;
    if (!/^[a-zA-Z0-9-]*$/.test(label)) return `Label contains disallowed characters: ${quoted(label)}.`;
  }
  return undefined;
}

/** What is wrong with a host name (its first label takes no underscore); undefined when nothing is. */
export function hostnameError(name: string): string | undefined {
  const host = name.split(".")[0] ?? "";
  if (name.length <= 255 && host.includes("_")) return `Host label cannot contain underscore: ${quoted(host)}.`;
  return labelsError(name);
}

/** Names that stand for a domain itself or for everything in it. */
const SPECIAL = ["", "@", "*"];

/** Whether a name can hold addresses (one label) or services (`_service._proto[.label]`). */
export function isResourceName(name: string, rrtype: string): boolean {
  if (SPECIAL.includes(name)) return true;
  const service = `_${LABEL}[.]_${LABEL}(?:[.]${LABEL})?`;
  return new RegExp(`^${rrtype === "SRV" ? service : LABEL}$`).test(name);
}

/**
 * Splits a full name into name and domain: a domain's own name is `@` in it. Undefined when the first label cannot be a
 * resource's name.
 */
export function splitFqdn(
  fqdn: string,
  rrtype: string | undefined,
  domains: readonly string[],
): { name: string; domain: string | undefined } | undefined {
  if (SPECIAL.includes(fqdn)) return { name: fqdn, domain: undefined };
  if (domains.includes(fqdn)) return { name: "@", domain: fqdn };
  const name = rrtype === "SRV" ? `_${LABEL}[.]_${LABEL}(?:[.]${LABEL})?` : LABEL;
  const match = new RegExp(`^(${name})[.]((?:${LABEL}[.])*${LABEL}[.]?)$`).exec(fqdn);
  return match?.[1] === undefined ? undefined : { name: match[1], domain: match[2] };
}
