import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { checkedText } from "../../model/checked-text";
import { dnsNameProblem } from "../../model/dns-names";
import { InputError } from "../dynamic/errors";
import { ServedResource } from "../dynamic/resource";
import { decisionAge } from "./client/machines";
import type { DomainAnswer } from "./client/site-types";
import type { MaasConnection } from "./connection";
import { listNames, stillInUse } from "./in-use";
import { ownedKind } from "./owned-kind";
import type { OwnershipInputs } from "./owned-kind-options";
import { foreignUsers, ownerBy } from "./owners";
import type { Origin, Owned } from "./ownership/decide";
import { domainObject } from "./ownership/object-names";
import type { Values } from "./ownership/values";

/** Inputs of a {@link Domain}. */
export interface DomainArgs {
  /** Name of the domain; lower case, without a trailing dot. */
  name: pulumi.Input<string>;
  /** Whether MAAS answers for the domain itself. Default: not described; true on a created domain. */
  authoritative?: pulumi.Input<boolean | null>;
  /** Time to live of its records in seconds, 1 to 604800. Default: not described; MAAS's own on a created domain. */
  ttl?: pulumi.Input<number | null>;
  /** Whether fields of an object that exists already may be changed. Default: false; one that is as described needs no permission. */
  adopt?: pulumi.Input<boolean>;
  /** Names of fields whose dangerous change is approved (`maas.approve`). Default: none. */
  approve?: pulumi.Input<string[]>;
  /** Compare only, never write: somebody else manages it. Default: false. */
  reference?: pulumi.Input<boolean>;
}

interface DomainFields {
  name: string;
  authoritative: boolean | null;
  ttl: number | null;
}

type DomainInputs = DomainFields & OwnershipInputs;

/** The kind behind {@link Domain}. */
export const domainKind = ownedKind<DomainFields, object, DomainAnswer>({
  kind: "maas:Domain",
  objectKind: "domain",
  fields: {
    name: {
      type: z
        .string()
        .transform((name) => name.toLowerCase().replace(/\.$/, ""))
        .pipe(checkedText(dnsNameProblem)),
      always: true,
      // MAAS keeps the case of names, DNS does not know it.
      read: (answer) => answer.name.toLowerCase(),
    },
    authoritative: { type: z.boolean(), byDefault: () => true, read: (answer) => answer.authoritative },
    ttl: {
      type: z.int().min(1).max(604_800, { error: "must be at most 604800 seconds (a week)" }),
      byDefault: () => null,
      read: (answer) => answer.ttl,
    },
  },
  object: ({ name }) => domainObject(name),
  isIt: (answer, inputs) => answer.name.toLowerCase() === inputs.name,
  list: (link, _inputs, age) => link.client.domains.list(age),
  idOf: (answer) => String(answer.id),
  byId: (link, id) => link.client.domains.get(id),
  // A domain has no field for a marker: the machines in it have one.
  owner: (link, answer) => ownerBy(link, { machines: ({ domain }) => domain.name === answer.name }),
  users: (link, answer) => foreignUsers(link, { machines: ({ domain }) => domain.name === answer.name }),
  form: (_link, { name, authoritative, ttl }) => ({ name, authoritative: authoritative ?? undefined, ttl }),
  create: (link, { ttl, ...fields }, inputs) =>
    link.client.domains.create({ ...fields, ttl: ttl ?? undefined }, (answer) => answer.name === inputs.name),
  send: (link, answer, fields) => link.client.domains.update(String(answer.id), fields),
  async remove(link, answer) {
    const what = `DNS domain "${answer.name}"`;
    if (answer.is_default) {
      throw new InputError(
        `${what} is MAAS's default domain now, which MAAS does not delete. Make another domain the default first.`,
      );
    }
    // MAAS answers 500 to the deletion of a domain with machines or records.
    const machines = (await link.client.machines.list(decisionAge)).filter(
      (machine) => machine.domain.name === answer.name,
    );
    const records = (await link.client.dnsResources.list(decisionAge)).filter(
      (record) => record.fqdn === answer.name || record.fqdn.endsWith(`.${answer.name}`),
    );
    if (machines.length > 0 || records.length > 0) {
      const users = [
        ...(machines.length === 0 ? [] : [`machines ${listNames(machines.map((machine) => machine.hostname))}`]),
        ...(records.length === 0 ? [] : [`DNS records ${listNames(records.map((record) => record.fqdn))}`]),
      ];
      throw stillInUse(what, `it holds ${users.join(" and ")}`, "Move the machines and delete the records first.");
    }
    await link.client.domains.remove(String(answer.id));
  },
});

/** A DNS domain of MAAS (API: domains), e.g. the zone delegated to MAAS (RA, Canonical MAAS configuration, DNS). */
export class Domain extends ServedResource<DomainInputs, Owned, MaasConnection> {
  declare public readonly name: pulumi.Output<string>;
  declare public readonly authoritative: pulumi.Output<boolean | null>;
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

  constructor(name: string, args: DomainArgs, options?: pulumi.CustomResourceOptions) {
    super(domainKind, name, args, options);
  }

  /** A domain that is managed elsewhere, by its MAAS id. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): Domain {
    return new Domain(name, {} as DomainArgs, { ...options, id });
  }
}
