import { compareAddresses } from "../../addressing/address";
import type { DnsResourceAnswer } from "./client/site-types";
import type { MaasConnection } from "./connection";
import { type DnsRecordAnswer, type DnsRecordFields, type DnsRecords, fqdnOf, splitFqdn } from "./dns-record-inputs";

/** Records with addresses: MAAS's DNS resources, one per name. */
export const addressRecords: DnsRecords = {
  prefix: "address",

  // A name without addresses holds other records only: it has no record of this type yet.
  async find(link, inputs, age) {
    const found = await named(link, inputs, age);
    return found === undefined || addressesOf(found).length === 0 ? [] : [await answerOf(link, found, inputs)];
  },

  async get(link, key, known) {
    const found = await link.client.dnsResources.get(key);
    return found === undefined ? undefined : answerOf(link, found, known);
  },

  // Addresses go separated by spaces: of a repeated field MAAS takes the last only, and it answers 500 to commas.
  form: ({ addresses, ttl }) => ({ ip_addresses: addresses?.join(" "), address_ttl: ttl }),

  async create(link, fields, inputs) {
    const empty = await named(link, inputs);
    const { name, domain } = inputs;
    const made =
      empty === undefined
        ? await link.client.dnsResources.create({ name, domain, ...fields }, ({ fqdn }) => fqdn === fqdnOf(inputs))
        : await link.client.dnsResources.update(String(empty.id), fields);
    return answerOf(link, made, inputs);
  },

  send: (link, key, fields) => link.client.dnsResources.update(key, fields),

  async remove(link, key) {
    const found = await link.client.dnsResources.read(key);
    if (found === undefined) return;
    // The name's other records have owners of their own: only the addresses go then.
    const shared = (await link.client.dnsRecords.list(0)).some((record) => record.fqdn === found.fqdn);
    if (shared) await link.client.dnsResources.update(key, { ip_addresses: "", address_ttl: null });
    else await link.client.dnsResources.remove(key);
  },
};

function named(link: MaasConnection, inputs: DnsRecordFields, age?: number): Promise<DnsResourceAnswer | undefined> {
  return link.client.dnsResources.find(({ fqdn }) => fqdn === fqdnOf(inputs), age);
}

async function answerOf(
  link: MaasConnection,
  answer: DnsResourceAnswer,
  known: Partial<DnsRecordFields>,
): Promise<DnsRecordAnswer> {
  return {
    ...(await splitFqdn(link, answer.fqdn, known)),
    id: `address:${answer.id}`,
    fqdn: answer.fqdn,
    type: "A",
    addresses: addressesOf(answer),
    data: null,
    ttl: answer.address_ttl,
  };
}

/** MAAS answers the addresses in another order than they were sent. */
function addressesOf(answer: DnsResourceAnswer): string[] {
  return answer.ip_addresses.flatMap(({ ip }) => (ip === null ? [] : [ip])).sort(compareAddresses);
}
