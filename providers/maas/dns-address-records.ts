import { compareAddresses } from "../../addressing/address";
import { samePlain } from "../dynamic/plain";
import type { DnsResourceAnswer } from "./client/site-types";
import { type DnsRecordInputs, type DnsRecords, fqdnOf, splitFqdn } from "./dns-record-inputs";
import { originOf } from "./ownership";
import { gone } from "./refusals";

/** Records with addresses: MAAS's DNS resources, one per name. */
export const addressRecords: DnsRecords = {
  prefix: "address",

  async create(link, inputs) {
    const fqdn = fqdnOf(inputs);
    const found = await link.client.dnsResources.find((resource) => resource.fqdn === fqdn);
    if (found === undefined) {
      const made = await link.client.dnsResources.create(
        { name: inputs.name, domain: inputs.domain, ...fieldsOf(inputs) },
        (resource) => resource.fqdn === fqdn,
      );
      return { id: `address:${made.id}`, outputs: { origin: "created", former: null } };
    }
    const former = { addresses: addressesOf(found), data: null, ttl: found.address_ttl };
    // A name without addresses holds other records only: addresses are added, and taken off again on destroy.
    const harmless = former.addresses.length === 0 || samePlain(former.addresses, inputs.addresses);
    const origin = originOf({
      what: `DNS name ${fqdn}`,
      datacenter: link.datacenter,
      adopt: inputs.adopt || harmless,
    });
    await link.client.dnsResources.update(String(found.id), fieldsOf(inputs));
    return { id: `address:${found.id}`, outputs: { origin, former } };
  },

  async read(link, key, state) {
    const found = await link.client.dnsResources.get(key);
    if (found === undefined) return undefined;
    return {
      ...(await splitFqdn(link, found.fqdn, state)),
      type: "A",
      addresses: addressesOf(found),
      data: null,
      ttl: found.address_ttl,
      adopt: state.adopt ?? false,
    };
  },

  async update(link, key, news) {
    const found = await link.client.dnsResources.get(key);
    if (found === undefined) throw gone(`DNS name ${fqdnOf(news)}`, key);
    await link.client.dnsResources.update(key, fieldsOf(news));
  },

  async restore(link, key, former) {
    if ((await link.client.dnsResources.get(key)) === undefined) return;
    await link.client.dnsResources.update(key, fieldsOf(former));
  },

  async remove(link, key) {
    const found = await link.client.dnsResources.read(key);
    if (found === undefined) return;
    // Other records of the name are somebody else's: only the addresses go then.
    const shared = (await link.client.dnsRecords.list(0)).some((record) => record.fqdn === found.fqdn);
    if (shared) await link.client.dnsResources.update(key, fieldsOf({ addresses: [], ttl: null }));
    else await link.client.dnsResources.remove(key);
  },
};

/** Addresses go separated by spaces: of a repeated field MAAS takes the last only, and it answers 500 to commas. */
function fieldsOf(values: Pick<DnsRecordInputs, "addresses" | "ttl">) {
  return { ip_addresses: values.addresses.join(" "), address_ttl: values.ttl };
}

/** MAAS answers the addresses in another order than they were sent. */
function addressesOf(answer: DnsResourceAnswer): string[] {
  return answer.ip_addresses.flatMap(({ ip }) => (ip === null ? [] : [ip])).sort(compareAddresses);
}
