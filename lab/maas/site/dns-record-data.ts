import { domainNameError } from "./domain-names";

/** Record types that can be made; addresses belong to the resource itself. */
export const RECORD_TYPES: readonly string[] = ["MX", "NS", "CNAME", "SSHFP", "SRV", "TXT"];

const CNAME_LABEL = "[_a-zA-Z0-9](?:[-_a-zA-Z0-9]{0,62}[_a-zA-Z0-9])?";
const CNAME = new RegExp(`^(?:${CNAME_LABEL}\\.)*${CNAME_LABEL}\\.?$`);
const SRV_TEXT =
  "Invalid SRV: Should be '<priority> <weight> <port> <server>'. Range for priority, weight, and port are 0-65536.";
const MX_TEXT = "Invalid MX: Should be '<preference> <server>'. Range for preference is 0-65535.";
const SSHFP_TEXT = "Invalid SSHFP: Should be '<algorithm> <fptype> <fingerprint>'.";

function isShort(text: string | undefined): boolean {
  return Number(text) <= 65535;
}

function mx(rrdata: string): string | undefined {
  const match = /^(\d+)\s+(.+)$/.exec(rrdata);
  return match === null || !isShort(match[1]) ? MX_TEXT : domainNameError(match[2] ?? "");
}

function srv(rrdata: string): string | undefined {
  const match = /^(\d+)\s+(\d+)\s+(\d+)\s+(.*)/.exec(rrdata);
  if (match === null || ![match[1], match[2], match[3]].every(isShort)) return SRV_TEXT;
  return match[4] === "." ? undefined : domainNameError(match[4] ?? "");
}

/** What is wrong with a record's data, in MAAS's words; undefined when nothing is (of TXT never). */
export function recordDataError(rrtype: string, rrdata: string): string | undefined {
  switch (rrtype) {
    case "CNAME":
      return CNAME.test(rrdata) ? undefined : "Invalid CNAME: Should be '<server>'.";
    case "SSHFP":
      return /^\d+\s+\d+\s+.*$/.test(rrdata) ? undefined : SSHFP_TEXT;
    case "MX":
      return mx(rrdata);
    case "NS":
      return domainNameError(rrdata);
    case "SRV":
      return srv(rrdata);
    default:
      return undefined;
  }
}
