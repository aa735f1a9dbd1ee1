import type { Fields } from "./client/form";
import type { MaasConnection } from "./connection";

/** Types of records with data; MAAS keeps addresses under another kind of object. */
export type DataType = "CNAME" | "MX" | "NS" | "SRV" | "SSHFP" | "TXT";

/** Values of a DNS record; null is "not described". */
export interface DnsRecordFields {
  name: string;
  domain: string;
  type: "A" | DataType;
  addresses: string[] | null;
  data: string | null;
  ttl: number | null;
}

/** A DNS record as either of the two kinds of objects in which MAAS keeps records answers it. */
export interface DnsRecordAnswer {
  /** `address:7` for a DNS resource, `data:7` for a DNS resource record. */
  readonly id: string;
  readonly fqdn: string;
  readonly name: string;
  readonly domain: string;
  readonly type: "A" | DataType;
  /** Empty on a record with data. */
  readonly addresses: string[];
  /** Null on a record with addresses. */
  readonly data: string | null;
  readonly ttl: number | null;
}

/** One of the two kinds of objects in which MAAS keeps records; keys are MAAS's ids. */
export interface DnsRecords {
  /** Before the colon of an id. */
  readonly prefix: string;
  /** The records that the inputs may mean; at most one. */
  find(link: MaasConnection, inputs: DnsRecordFields, age?: number): Promise<DnsRecordAnswer[]>;
  get(link: MaasConnection, key: string, known: Partial<DnsRecordFields>): Promise<DnsRecordAnswer | undefined>;
  form(values: Partial<DnsRecordFields>): Fields;
  create(link: MaasConnection, fields: Fields, inputs: DnsRecordFields): Promise<DnsRecordAnswer>;
  send(link: MaasConnection, key: string, fields: Fields): Promise<unknown>;
  remove(link: MaasConnection, key: string): Promise<void>;
}

/** Returns the full name of a record. */
export function fqdnOf(inputs: { readonly name: string; readonly domain: string }): string {
  return inputs.name === "@" ? inputs.domain : `${inputs.name}.${inputs.domain}`;
}

/** Returns name and domain of a full name, which is all that MAAS answers: the longest domain that fits is the one. */
export async function splitFqdn(
  link: MaasConnection,
  fqdn: string,
  state: Partial<DnsRecordFields>,
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
