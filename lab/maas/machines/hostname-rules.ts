const LABEL = /^[a-zA-Z0-9-]*$/;

function labelFault(label: string): string | undefined {
  if (label === "") return "DNS name contains an empty label.";
  if (label.length > 63) return `Label is too long: '${label}'.  Maximum allowed is 63 characters.`;
  if (label.startsWith("-") || label.endsWith("-")) return `Label cannot start or end with hyphen: '${label}'.`;
  return LABEL.test(label) ? undefined : `Label contains disallowed characters: '${label}'.`;
}

/** What is wrong with a host name (which may carry a domain), in MAAS's words; undefined when it is good. */
export function hostnameFault(hostname: string): string | undefined {
  if (hostname.length > 255) return "Hostname is too long.  Maximum allowed is 255 characters.";
  const labels = hostname.split(".");
  const [host = ""] = labels;
  if (host.includes("_")) return `Host label cannot contain underscore: '${host}'.`;
  return labels.map(labelFault).find((fault) => fault !== undefined);
}
