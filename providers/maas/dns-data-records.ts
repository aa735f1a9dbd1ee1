import { type DnsRecords, fqdnOf, splitFqdn } from "./dns-record-inputs";
import { gone } from "./refusals";

/** Records with data: MAAS's DNS resource records. A name may have several of one type, so that an equal one is taken over only. */
export const dataRecords: DnsRecords = {
  prefix: "data",

  async create(link, inputs) {
    const fqdn = fqdnOf(inputs);
    const isIt = (record: { fqdn: string; rrtype: string; rrdata: string }): boolean =>
      record.fqdn === fqdn && record.rrtype === inputs.type && record.rrdata === inputs.data;
    const found = await link.client.dnsRecords.find(isIt);
    if (found !== undefined) {
      const former = { addresses: [], data: found.rrdata, ttl: found.ttl };
      if (found.ttl !== inputs.ttl) await link.client.dnsRecords.update(String(found.id), { ttl: inputs.ttl });
      return { id: `data:${found.id}`, outputs: { origin: "adopted", former } };
    }
    const { name, domain, type, data, ttl } = inputs;
    const fields = { name, domain, rrtype: type, rrdata: data, ttl: ttl ?? undefined };
    const made = await link.client.dnsRecords.create(fields, isIt);
    return { id: `data:${made.id}`, outputs: { origin: "created", former: null } };
  },

  async read(link, key, state) {
    const found = await link.client.dnsRecords.get(key);
    if (found === undefined) return undefined;
    const { rrtype, rrdata, ttl, fqdn } = found;
    const type = rrtype as "CNAME" | "MX" | "NS" | "SRV" | "SSHFP" | "TXT";
    return {
      ...(await splitFqdn(link, fqdn, state)),
      type,
      addresses: [],
      data: rrdata,
      ttl,
      adopt: state.adopt ?? false,
    };
  },

  async update(link, key, news) {
    if ((await link.client.dnsRecords.get(key)) === undefined) throw gone(`DNS record ${fqdnOf(news)}`, key);
    await link.client.dnsRecords.update(key, { rrdata: news.data, ttl: news.ttl });
  },

  async restore(link, key, former) {
    if ((await link.client.dnsRecords.get(key)) === undefined) return;
    await link.client.dnsRecords.update(key, { rrdata: former.data, ttl: former.ttl });
  },

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
