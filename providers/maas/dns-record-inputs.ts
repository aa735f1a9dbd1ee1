import type { Made } from "../dynamic/kind";
import type { MaasConnection } from "./connection";
import type { Owned } from "./ownership";

/** Inputs of a DNS record after defaults. */
export interface DnsRecordInputs {
  name: string;
  domain: string;
  type: "A" | "CNAME" | "MX" | "NS" | "SRV" | "SSHFP" | "TXT";
  addresses: string[];
  data: string | null;
  ttl: number | null;
  adopt: boolean;
}

/** The values that a record taken over had before. */
export interface DnsRecordFormer {
  addresses: string[];
  data: string | null;
  ttl: number | null;
}

/** One of the two kinds of objects that MAAS keeps records in. */
export interface DnsRecords {
  /** Before the colon of an id. */
  readonly prefix: string;
  create(link: MaasConnection, inputs: DnsRecordInputs): Promise<Made<Owned<DnsRecordFormer>>>;
  read(link: MaasConnection, key: string, state: Partial<DnsRecordInputs>): Promise<DnsRecordInputs | undefined>;
  update(link: MaasConnection, key: string, news: DnsRecordInputs): Promise<void>;
  restore(link: MaasConnection, key: string, former: DnsRecordFormer): Promise<void>;
  remove(link: MaasConnection, key: string): Promise<void>;
}

/** The full name of a record. */
export function fqdnOf(inputs: { readonly name: string; readonly domain: string }): string {
  return inputs.name === "@" ? inputs.domain : `${inputs.name}.${inputs.domain}`;
}

/** Name and domain of a full name; MAAS answers only that. The longest domain that fits is the one. */
export async function splitFqdn(
  link: MaasConnection,
  fqdn: string,
  state: Partial<DnsRecordInputs>,
): Promise<{ name: string; domain: string }> {
  if (state.name !== undefined && state.domain !== undefined) {
    const { name, domain } = state;
    if (fqdnOf({ name, domain }) === fqdn) return { name, domain };
  }
  const domains = (await link.client.domains.list())
    .map((domain) => domain.name)
    .filter((name) => fqdn === name || fqdn.endsWith(`.${name}`))
    .sort((left, right) => right.length - left.length);
  const domain = domains[0] ?? fqdn.slice(fqdn.indexOf(".") + 1);
  return { name: fqdn === domain ? "@" : fqdn.slice(0, -domain.length - 1), domain };
}
