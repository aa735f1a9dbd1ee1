import { Form } from "../../server/form";
import { refusal } from "../../server/refusal";
import type { MaasRequest } from "../../server/route";
import type { Store } from "../../store";
import { normaliseAddress } from "../address";
import { addressRows } from "../dns-addresses";
import { isResourceName, splitFqdn } from "../domain-names";
import { bestSubnetFor } from "../find-subnet";
import type { DnsResourceRecord, DomainRecord } from "../model";
import { domainOf } from "./domains";

/** Name and domain of a request as sent: `fqdn`, or `name` and `domain`. */
export interface SentName {
  name?: string;
  domain?: DomainRecord;
}

/** A reference by number or by name, never by specifier. */
function domainByText(store: Store, text: string): DomainRecord {
  return domainOf(store, /^\d+$/.test(text) ? text : `name:${text}`);
}

/** Reads which name is meant. A full name whose first label cannot be one is a server error, as in the real server. */
export function readSentName(
  store: Store,
  values: { fqdn: string | undefined; name: string | undefined; domain: string | undefined },
  rrtype: string | undefined,
): SentName {
  let { name, domain } = values;
  if (name === undefined && domain === undefined && values.fqdn !== undefined) {
    const names = store.site.domains.map((one) => one.name);
    const split = splitFqdn(values.fqdn, rrtype, names);
    if (split === undefined) throw refusal(500, "cannot unpack non-iterable NoneType object");
    ({ name, domain } = split);
  }
  return {
    ...(name !== undefined && { name }),
    ...(domain !== undefined && { domain: domainByText(store, domain) }),
  };
}

/** What a DNS resource becomes; `addresses` are texts, or ids of addresses that exist. */
export interface DnsResourceValues {
  name: string;
  domainId: number;
  addressTtl?: number | null;
  addresses?: (string | number)[];
}

function knownId(store: Store, text: string): string | number {
  if (/^\d+$/.test(text)) return Number(text);
  const canonical = normaliseAddress(text);
  return addressRows(store).find((row) => row.ip === canonical)?.id ?? text;
}

/** The addresses sent: the last parameter, split at blanks. A comma does not separate. */
function readAddresses(form: Form, store: Store): (string | number)[] | undefined {
  const text = form.text("ip_addresses");
  return text?.split(/\s+/).flatMap((entry) => (entry === "" ? [] : [knownId(store, entry)]));
}

/** Reads a DNS resource (new without `resource`) and refuses with the texts of the real server. */
export function readDnsResource(request: MaasRequest, resource?: DnsResourceRecord): DnsResourceValues {
  const { store, form: sent } = request;
  const names = { fqdn: sent.get("fqdn"), name: sent.get("name"), domain: sent.get("domain") };
  const { name: sentName, domain } = readSentName(store, names, "A");
  const form = new Form(sent, resource !== undefined);
  const name = sentName?.trim() ?? resource?.name;
  if (name === undefined || name === "") form.add("name", "This field is required.");
  const domainId = domain?.id ?? resource?.domainId;
  if (domainId === undefined) form.add("domain", "This field is required.");
  const ttl = form.integer("address_ttl", { min: 0, max: 2147483647 });
  const addresses = readAddresses(form, store);
  if (addresses !== undefined) {
    if (name === undefined || name === "") throw refusal(500, "'name'");
    if (!isResourceName(name, "A")) form.add("__all__", `Invalid dnsresource name: ${name}.`);
  }
  checkResource(form, store, { name, domainId }, resource);
  form.finish();
  return {
    name: name ?? "",
    domainId: domainId ?? 0,
    ...(ttl !== undefined && { addressTtl: ttl }),
    ...(addresses !== undefined && { addresses }),
  };
}

function checkResource(
  form: Form,
  store: Store,
  values: { name: string | undefined; domainId: number | undefined },
  resource?: DnsResourceRecord,
): void {
  const { dnsResources, dnsResourceRecords } = store.site;
  const { name = "" } = values;
  const domainId = values.domainId ?? store.site.defaults.domainId;
  if (resource === undefined) {
    const taken = dnsResources.some((other) => other.name === name && other.domainId === domainId);
    if (name !== "" && taken) form.add("__all__", "Labels must be unique within their zone.");
    return;
  }
  if (resource.addressIds.length === 0) return;
  if (!isResourceName(name, "A")) form.add("__all__", `Invalid dnsresource name: ${name}.`);
  else if (dnsResourceRecords.some((one) => one.dnsResourceId === resource.id && one.rrtype === "CNAME")) {
    form.add("__all__", "Cannot add address: CNAME present.");
  }
}

/** Ids of the addresses, made where they do not exist yet. An unreadable one is a server error and makes nothing. */
export function ensureAddresses(store: Store, user: string, addresses: readonly (string | number)[]): number[] {
  for (const entry of addresses) {
    if (typeof entry === "string" && normaliseAddress(entry) === undefined) {
      throw refusal(500, `failed to detect a valid IP address from '${entry}'`);
    }
  }
  const known = new Set(addressRows(store).map((row) => row.id));
  return addresses.map((entry) => {
    if (typeof entry === "number") {
      if (!known.has(entry)) throw refusal(500, "insert or update violates foreign key constraint");
      return entry;
    }
    const ip = normaliseAddress(entry) ?? entry;
    const made = store.site.reservedAddresses.find((row) => row.ip === ip);
    if (made !== undefined) return made.id;
    const now = store.now().toISOString();
    const subnetId = bestSubnetFor(store, ip)?.id ?? null;
    const row = { id: store.nextId("address"), ip, subnetId, user, created: now, updated: now };
    store.site.reservedAddresses.push(row);
    return row.id;
  });
}
