import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { compareAddresses } from "../../addressing/address";
import { optional, text } from "../dynamic/fields";
import type { ResourceKind } from "../dynamic/kind";
import { ServedResource } from "../dynamic/resource";
import { type MaasConnection, connectMaas } from "./connection";
import { addressRecords } from "./dns-address-records";
import { dataRecords } from "./dns-data-records";
import type { DnsRecordInputs, DnsRecordFormer, DnsRecords } from "./dns-record-inputs";
import { address } from "./network-field";
import type { Origin, Owned } from "./ownership";

/** Inputs of a {@link DnsRecord}. */
export interface DnsRecordArgs {
  /** Name inside the domain, e.g. `api`; `@` is the domain itself. */
  name: pulumi.Input<string>;
  /** Name of the domain, which must exist. */
  domain: pulumi.Input<string>;
  /** Type of the record. `A` holds IPv4 addresses. Default: `A`. */
  type?: pulumi.Input<"A" | "CNAME" | "MX" | "NS" | "SRV" | "SSHFP" | "TXT">;
  /** Addresses of an `A` record; their order means nothing. Default: none. */
  addresses?: pulumi.Input<string[]>;
  /** Data of a record of another type, e.g. `10 mail` of an MX. Default: none. */
  data?: pulumi.Input<string | null>;
  /** Time to live in seconds. Default: the domain's. */
  ttl?: pulumi.Input<number | null>;
  /** Take over a name that has addresses already. Default: false. An equal record is always taken over. */
  adopt?: pulumi.Input<boolean>;
}

/** The kind behind {@link DnsRecord}. MAAS keeps addresses and other data under two kinds of objects. */
export const dnsRecordKind: ResourceKind<DnsRecordInputs, Owned<DnsRecordFormer>, MaasConnection> = {
  kind: "maas:DnsRecord",
  schema: {
    name: z.string().regex(/^(@|[\w-]+(\.[\w-]+)*)$/, { error: "must be a DNS name inside the domain, or @" }),
    domain: text("the name of a DNS domain"),
    type: z.enum(["A", "CNAME", "MX", "NS", "SRV", "SSHFP", "TXT"]).default("A"),
    addresses: z
      .array(address())
      .default([])
      .transform((items) => [...new Set(items)].sort(compareAddresses)),
    data: optional(z.string().min(1)),
    ttl: optional(z.int().min(1).max(604_800, { error: "must be at most 604800 seconds (a week)" })),
    adopt: z.boolean().default(false),
  },
  outputs: ["origin", "former"],
  informative: ["adopt"],
  replaceOn: ["type", "name", "domain"],
  connect: connectMaas,

  checkTogether: (inputs) => {
    if (inputs.type === "A") {
      return inputs.data === null ? [] : [{ property: "data", reason: "an A record has addresses, not data" }];
    }
    if (inputs.addresses.length > 0)
      return [{ property: "addresses", reason: `a ${inputs.type} record has data, not addresses` }];
    return inputs.data === null ? [{ property: "data", reason: `must be given for a ${inputs.type} record` }] : [];
  },

  async create(link, inputs) {
    await link.client.ready();
    return recordsOf(inputs.type).create(link, inputs);
  },

  async read(link, id, state) {
    await link.client.ready();
    const [family, key] = splitId(id);
    const inputs = await family.read(link, key, state);
    if (inputs === undefined) return undefined;
    return { id, inputs, outputs: { origin: state.origin ?? "adopted", former: state.former ?? null } };
  },

  async update(link, id, olds, news) {
    await link.client.ready();
    const [family, key] = splitId(id);
    await family.update(link, key, news);
    return { outputs: { origin: olds.origin, former: olds.former } };
  },

  async delete(link, id, state) {
    await link.client.ready();
    const [family, key] = splitId(id);
    if (state.origin === "created") await family.remove(link, key);
    else if (state.former !== null) await family.restore(link, key, state.former);
  },
};

function recordsOf(type: DnsRecordInputs["type"]): DnsRecords {
  return type === "A" ? addressRecords : dataRecords;
}

/** `address:7` is a DNS resource, `data:7` a DNS resource record. */
function splitId(id: string): [DnsRecords, string] {
  const [family, key = id] = id.split(":");
  return [family === dataRecords.prefix ? dataRecords : addressRecords, key];
}

/** A DNS record of MAAS (API: dnsresources for addresses, dnsresourcerecords for the rest). */
export class DnsRecord extends ServedResource<DnsRecordInputs, Owned<DnsRecordFormer>, MaasConnection> {
  declare public readonly name: pulumi.Output<string>;
  declare public readonly domain: pulumi.Output<string>;
  declare public readonly type: pulumi.Output<string>;
  declare public readonly addresses: pulumi.Output<string[]>;
  declare public readonly data: pulumi.Output<string | null>;
  declare public readonly ttl: pulumi.Output<number | null>;
  declare public readonly adopt: pulumi.Output<boolean>;
  /** Whether it was created here or taken over. */
  declare public readonly origin: pulumi.Output<Origin>;
  /** The values that a record taken over had before. */
  declare public readonly former: pulumi.Output<DnsRecordFormer | null>;

  constructor(name: string, args: DnsRecordArgs, options?: pulumi.CustomResourceOptions) {
    super(dnsRecordKind, name, args, options);
  }

  /** A record that is managed elsewhere: `address:<id>` of a DNS resource, `data:<id>` of a DNS resource record. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): DnsRecord {
    return new DnsRecord(name, {} as DnsRecordArgs, { ...options, id });
  }
}
