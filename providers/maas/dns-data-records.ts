import type { DnsRecordAnswer as RecordAnswer } from "./client/site-types";
import type { MaasConnection } from "./connection";
import {
  type DataType,
  type DnsRecordAnswer,
  type DnsRecordFields,
  type DnsRecords,
  fqdnOf,
  splitFqdn,
} from "./dns-record-inputs";

/** Records with data: MAAS's DNS resource records. A name may have several of one type, so that only an equal one is meant. */
export const dataRecords: DnsRecords = {
  prefix: "data",

  async find(link, inputs, age) {
    const found = await link.client.dnsRecords.find((record) => isRecord(record, inputs), age);
    return found === undefined ? [] : [await answerOf(link, found, inputs)];
  },

  async get(link, key, known) {
    const found = await link.client.dnsRecords.get(key);
    return found === undefined ? undefined : answerOf(link, found, known);
  },

  form: ({ data, ttl }) => ({ rrdata: data ?? undefined, ttl }),

  async create(link, { ttl, ...fields }, inputs) {
    const { name, domain, type } = inputs;
    const made = await link.client.dnsRecords.create(
      { name, domain, rrtype: type, ...fields, ttl: ttl ?? undefined },
      (record) => isRecord(record, inputs),
    );
    return answerOf(link, made, inputs);
  },

  send: (link, key, fields) => link.client.dnsRecords.update(key, fields),

  async remove(link, key) {
    const found = await link.client.dnsRecords.get(key);
    if (found === undefined) return;
    await link.client.dnsRecords.remove(key);
    // MAAS may leave the name without anything behind, and a domain with names cannot be deleted.
    const others = (await link.client.dnsRecords.list(0)).some((record) => record.fqdn === found.fqdn);
    const name = others ? undefined : await link.client.dnsResources.find((item) => item.fqdn === found.fqdn, 0);
    if (name !== undefined && name.ip_addresses.length === 0) await link.client.dnsResources.remove(String(name.id));
  },
};

function isRecord(record: RecordAnswer, inputs: DnsRecordFields): boolean {
  return record.fqdn === fqdnOf(inputs) && record.rrtype === inputs.type && record.rrdata === inputs.data;
}

async function answerOf(
  link: MaasConnection,
  { id, fqdn, rrtype, rrdata, ttl }: RecordAnswer,
  known: Partial<DnsRecordFields>,
): Promise<DnsRecordAnswer> {
  const type = rrtype as DataType;
  return { ...(await splitFqdn(link, fqdn, known)), id: `data:${id}`, fqdn, type, addresses: [], data: rrdata, ttl };
}
