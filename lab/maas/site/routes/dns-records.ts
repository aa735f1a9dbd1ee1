import { Form } from "../../server/form";
import { notFound, refusal } from "../../server/refusal";
import type { MaasRequest, Route } from "../../server/route";
import type { Store } from "../../store";
import { pruneDnsResources } from "../dns-addresses";
import { recordDataError, RECORD_TYPES } from "../dns-record-data";
import type { DnsDataRecord, DnsResourceRecord } from "../model";
import { idIn } from "../references";
import { renderDnsData } from "../render-dns-resource";
import { update } from "../touch";
import { readSentName, type SentName } from "./dns-resource-form";
import { byDomainAndName } from "./dns-resources";
import { resourceRoutes } from "./resource-routes";

const COEXIST = "CNAME records for a name cannot coexist with non-CNAME records.";

function sentName({ store }: MaasRequest, parameters: MaasRequest["query"], rrtype: string | undefined): SentName {
  const names = { fqdn: parameters.get("fqdn"), name: parameters.get("name"), domain: parameters.get("domain") };
  return readSentName(store, names, rrtype);
}

function resourceOf(store: Store, record: DnsDataRecord): DnsResourceRecord | undefined {
  return store.site.dnsResources.find((resource) => resource.id === record.dnsResourceId);
}

function list(request: MaasRequest): DnsDataRecord[] {
  const { store, query } = request;
  pruneDnsResources(store);
  const rrtype = query.get("rrtype");
  const { name, domain } = sentName(request, query, rrtype);
  return store.site.dnsResourceRecords
    .flatMap((record) => {
      const resource = resourceOf(store, record);
      return resource === undefined ? [] : [{ record, resource }];
    })
    .filter(({ resource }) => domain === undefined || resource.domainId === domain.id)
    .filter(({ resource }) => name === undefined || resource.name === name)
    .filter(({ record }) => rrtype === undefined || record.rrtype === rrtype)
    .sort((a, b) => byDomainAndName(a.resource, b.resource))
    .map(({ record }) => record);
}

function cnameError(store: Store, resource: DnsResourceRecord | undefined, rrtype: string): string | undefined {
  if (resource === undefined) return undefined;
  const records = store.site.dnsResourceRecords.filter((record) => record.dnsResourceId === resource.id);
  const cname = records.some((record) => record.rrtype === "CNAME");
  if (rrtype !== "CNAME") return cname ? COEXIST : undefined;
  const others = records.some((record) => record.rrtype !== "CNAME") || resource.addressIds.length > 0;
  if (others) return COEXIST;
  return cname ? "Only one CNAME can be associated with a name." : undefined;
}

type Values = Pick<DnsDataRecord, "rrtype" | "rrdata"> & { ttl?: number | null };

function read(request: MaasRequest, resource: DnsResourceRecord | undefined, record?: DnsDataRecord): Values {
  const { store } = request;
  const form = new Form(request.form, record !== undefined);
  const ttl = form.integer("ttl", { min: 0, max: 2147483647 });
  const sentType = form.required("rrtype");
  form.limitLength("rrtype", sentType, 8);
  const rrtype = (sentType ?? record?.rrtype ?? "").toUpperCase();
  if (!form.failed("rrtype") && !RECORD_TYPES.includes(rrtype)) {
    form.add("rrtype", `${rrtype} is not one of ${RECORD_TYPES.join(" ")}.`);
  }
  const rrdata = form.required("rrdata") ?? record?.rrdata ?? "";
  const wrong =
    recordDataError(rrtype, rrdata) ?? (record === undefined ? cnameError(store, resource, rrtype) : undefined);
  if (wrong !== undefined) form.add("__all__", wrong);
  form.finish();
  return { rrtype, rrdata, ...(ttl !== undefined && { ttl }) };
}

function create(request: MaasRequest): DnsDataRecord {
  const { store, form } = request;
  pruneDnsResources(store);
  const rrtype = form.get("rrtype");
  if (rrtype === undefined) throw refusal(400, "rrtype must be provided.");
  if (!form.has("rrdata")) throw refusal(400, "rrdata must be provided.");
  const { name, domain } = sentName(request, form, rrtype);
  if (domain === undefined || name === undefined) {
    throw refusal(400, "Either name and domain (or fqdn) must be specified");
  }
  const known = store.site.dnsResources.find((one) => one.name === name && one.domainId === domain.id);
  const values = read(request, known);
  let dnsResourceId = known?.id;
  if (dnsResourceId === undefined) {
    dnsResourceId = store.nextId("dnsresource");
    const made = { id: dnsResourceId, name, domainId: domain.id, addressTtl: null, addressIds: [] };
    store.site.dnsResources.push(made);
  }
  const record = { ttl: null, ...values, id: store.nextId("dnsdata"), dnsResourceId };
  store.site.dnsResourceRecords.push(record);
  return record;
}

/** A resource that has neither records nor addresses any more goes with its last record. */
function remove({ store }: MaasRequest, record: DnsDataRecord): void {
  store.site.dnsResourceRecords = store.site.dnsResourceRecords.filter((other) => other !== record);
  const resource = resourceOf(store, record);
  if (resource === undefined || resource.addressIds.length > 0) return;
  if (store.site.dnsResourceRecords.some((other) => other.dnsResourceId === resource.id)) return;
  store.site.dnsResources = store.site.dnsResources.filter((other) => other !== resource);
}

function find({ store, params }: MaasRequest): DnsDataRecord {
  pruneDnsResources(store);
  const id = idIn(params["id"] ?? "", "dnsdata");
  if (id === undefined) throw refusal(500, "Cannot resolve keyword 'name' into field.");
  const record = store.site.dnsResourceRecords.find((candidate) => candidate.id === id);
  if (record === undefined) throw notFound("DNSData");
  return record;
}

/** `dnsresourcerecords/` and `dnsresourcerecords/{id}/`: CNAME, MX, NS, SRV, SSHFP and TXT; addresses are no records. */
export const dnsRecordRoutes: Route[] = resourceRoutes<DnsDataRecord>({
  collection: "/dnsresourcerecords/",
  item: "/dnsresourcerecords/:id/",
  list,
  create,
  find,
  change: (request, record) => {
    const values = read(request, resourceOf(request.store, record), record);
    update(request.store.site.dnsResourceRecords, record, values);
  },
  remove,
  render: renderDnsData,
});
