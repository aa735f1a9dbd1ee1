import { z } from "zod";
import { MaasError } from "./client";
import type { MaasClient } from "./client";

const resourceSchema = z.object({
  id: z.number(),
  fqdn: z.string(),
  ip_addresses: z.array(z.object({ ip: z.string().nullish() })).nullish(),
});

/** Seconds that resolvers keep the API server's record. */
const TIME_TO_LIVE = 10;

/**
 * Makes the DNS record of an API server have just these addresses and answers its id. A record of that name that is there
 * (a call whose answer was lost) is taken.
 * @throws MaasError also when the domain does not exist.
 */
export async function ensureRecord(
  maas: MaasClient,
  label: string,
  domain: string,
  addresses: readonly string[],
): Promise<number> {
  const found = z
    .array(resourceSchema)
    .parse(await maas.get("/dnsresources/", { fqdn: `${label}.${domain}` }))
    .find((record) => record.fqdn === `${label}.${domain}`);
  const fields = { ip_addresses: addresses.join(" "), address_ttl: TIME_TO_LIVE };
  if (!found) {
    const made = await maas.post("/dnsresources/", undefined, { name: label, domain, ...fields });
    return resourceSchema.parse(made).id;
  }
  const present = (found.ip_addresses ?? []).map((address) => address.ip ?? "").sort();
  if (present.join(" ") !== [...addresses].sort().join(" ")) await maas.put(`/dnsresources/${found.id}/`, fields);
  return found.id;
}

/** Takes the record away; one that is gone is fine. */
export async function deleteRecord(maas: MaasClient, id: number): Promise<void> {
  try {
    await maas.delete(`/dnsresources/${id}/`);
  } catch (error) {
    if (!(error instanceof MaasError && error.status === 404)) throw error;
  }
}
