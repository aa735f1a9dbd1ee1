import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { compareAddresses } from "../../addressing/address";
import { text } from "../dynamic/fields";
import { ServedResource } from "../dynamic/resource";
import type { MaasConnection } from "./connection";
import { addressRecords } from "./dns-address-records";
import { dataRecords } from "./dns-data-records";
import { type DnsRecordAnswer, type DnsRecordFields, type DnsRecords, fqdnOf } from "./dns-record-inputs";
import { address } from "./network-field";
import { ownedKind } from "./owned-kind";
import type { OwnershipInputs } from "./owned-kind-options";
import { ownerBy } from "./owners";
import type { Origin, Owned } from "./ownership/decide";
import type { Values } from "./ownership/values";

/** Inputs of a {@link DnsRecord}. */
export interface DnsRecordArgs {
  /** Name inside the domain, e.g. `api`; `@` is the domain itself. */
  name: pulumi.Input<string>;
  /** Name of the domain, which must exist. */
  domain: pulumi.Input<string>;
  /** Type of the record. `A` holds IPv4 addresses. Default: `A`. */
  type?: pulumi.Input<"A" | "CNAME" | "MX" | "NS" | "SRV" | "SSHFP" | "TXT">;
  /** Addresses of an `A` record; their order means nothing. Default: not described; none on a created record. */
  addresses?: pulumi.Input<string[] | null>;
  /** Data of a record of another type, e.g. `10 mail` of an MX. Default: none. */
  data?: pulumi.Input<string | null>;
  /** Time to live in seconds. Default: not described; the domain's on a created record. */
  ttl?: pulumi.Input<number | null>;
  /** Whether fields of an object that exists already may be changed. Default: false; one that is as described needs no permission. */
  adopt?: pulumi.Input<boolean>;
  /** Names of fields whose dangerous change is approved (`maas.approve`). Default: none. */
  approve?: pulumi.Input<string[]>;
  /** Compare only, never write: somebody else manages it. Default: false. */
  reference?: pulumi.Input<boolean>;
}

type DnsRecordInputs = DnsRecordFields & OwnershipInputs;

/** The kind behind {@link DnsRecord}. MAAS keeps addresses and other data under two kinds of objects. */
export const dnsRecordKind = ownedKind<DnsRecordFields, object, DnsRecordAnswer>({
  kind: "maas:DnsRecord",
  objectKind: "DNS record",
  fields: {
    name: {
      type: z.string().regex(/^(@|[\w-]+(\.[\w-]+)*)$/, { error: "must be a DNS name inside the domain, or @" }),
      always: true,
      read: (answer) => answer.name,
    },
    domain: { type: text("the name of a DNS domain"), always: true, read: (answer) => answer.domain },
    type: {
      type: z.enum(["A", "CNAME", "MX", "NS", "SRV", "SSHFP", "TXT"]).default("A"),
      always: true,
      read: (answer) => answer.type,
    },
    addresses: {
      type: z.array(address()).transform((items) => [...new Set(items)].sort(compareAddresses)),
      byDefault: () => [],
      read: ({ type, addresses }) => (type === "A" ? addresses : undefined),
    },
    data: { type: z.string().min(1), read: ({ type, data }) => (type === "A" ? undefined : data) },
    ttl: {
      type: z.int().min(1).max(604_800, { error: "must be at most 604800 seconds (a week)" }),
      byDefault: () => null,
      read: (answer) => answer.ttl,
    },
  },
  replaceOn: ["type", "name", "domain"],
  checkTogether: ({ type, addresses, data }) => {
    if (type === "A") {
      return data === null ? [] : [{ property: "data", reason: "an A record has addresses, not data" }];
    }
    if ((addresses ?? []).length > 0)
      return [{ property: "addresses", reason: `a ${type} record has data, not addresses` }];
    return data === null ? [{ property: "data", reason: `must be given for a ${type} record` }] : [];
  },
  object: (inputs) => `DNS record ${fqdnOf(inputs)} ${inputs.type}`,
  isIt: () => true,
  list: (link, inputs, age) => recordsOf(inputs.type).find(link, inputs, age),
  idOf: (answer) => answer.id,
  byId(link, id, known) {
    const [family, key] = splitId(id);
    return family.get(link, key, known);
  },
  // A record has no field for a marker: the machines in its domain have one.
  owner: (link, answer) => ownerBy(link, { machines: ({ domain }) => domain.name === answer.domain }),
  form: (_link, values, { type = "A" }) => recordsOf(type).form(values),
  create: (link, fields, inputs) => recordsOf(inputs.type).create(link, fields, inputs),
  send(link, answer, fields) {
    const [family, key] = splitId(answer.id);
    return family.send(link, key, fields);
  },
  remove(link, answer) {
    const [family, key] = splitId(answer.id);
    return family.remove(link, key);
  },
});

function recordsOf(type: DnsRecordFields["type"]): DnsRecords {
  return type === "A" ? addressRecords : dataRecords;
}

/** `address:7` is a DNS resource, `data:7` a DNS resource record. */
function splitId(id: string): [DnsRecords, string] {
  const [family, key = id] = id.split(":");
  return [family === dataRecords.prefix ? dataRecords : addressRecords, key];
}

/** A DNS record of MAAS (API: dnsresources for addresses, dnsresourcerecords for the rest). */
export class DnsRecord extends ServedResource<DnsRecordInputs, Owned, MaasConnection> {
  declare public readonly name: pulumi.Output<string>;
  declare public readonly domain: pulumi.Output<string>;
  declare public readonly type: pulumi.Output<string>;
  declare public readonly addresses: pulumi.Output<string[] | null>;
  declare public readonly data: pulumi.Output<string | null>;
  declare public readonly ttl: pulumi.Output<number | null>;
  declare public readonly adopt: pulumi.Output<boolean>;
  declare public readonly approve: pulumi.Output<string[]>;
  declare public readonly reference: pulumi.Output<boolean>;
  /** Whether it was created here, adopted, or is only referenced. */
  declare public readonly origin: pulumi.Output<Origin>;
  /** Values that managed fields of an adopted object had before. */
  declare public readonly previous: pulumi.Output<Values>;
  /** Values that this stack gave the managed fields of an adopted object. */
  declare public readonly applied: pulumi.Output<Values>;

  constructor(name: string, args: DnsRecordArgs, options?: pulumi.CustomResourceOptions) {
    super(dnsRecordKind, name, args, options);
  }

  /** A record that is managed elsewhere: `address:<id>` of a DNS resource, `data:<id>` of a DNS resource record. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): DnsRecord {
    return new DnsRecord(name, {} as DnsRecordArgs, { ...options, id });
  }
}
