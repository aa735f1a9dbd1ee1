import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { InputError } from "../dynamic/errors";
import { optional } from "../dynamic/fields";
import { ServedResource } from "../dynamic/resource";
import { decisionAge } from "./client/machines";
import type { DomainAnswer } from "./client/site-types";
import type { MaasConnection } from "./connection";
import { listNames, stillInUse } from "./in-use";
import { ownedKind } from "./owned-kind";
import type { Origin, Owned } from "./ownership";

/** Inputs of a {@link Domain}. */
export interface DomainArgs {
  /** Name of the domain; lower case, without a trailing dot. */
  name: pulumi.Input<string>;
  /** Whether MAAS answers for the domain itself. Default: true. */
  authoritative?: pulumi.Input<boolean>;
  /** Time to live of its records in seconds, 1 to 604800. Default: MAAS's own. */
  ttl?: pulumi.Input<number | null>;
  /** Take a domain over that exists already. Default: false, an existing one is an error. */
  adopt?: pulumi.Input<boolean>;
}

interface DomainInputs {
  name: string;
  authoritative: boolean;
  ttl: number | null;
  adopt: boolean;
}

/** The values that a domain taken over had before. */
export interface DomainFormer {
  name: string;
  authoritative: boolean;
  ttl: number | null;
}

const label = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?";

/** The kind behind {@link Domain}. */
export const domainKind = ownedKind<DomainInputs, DomainAnswer, DomainFormer>({
  kind: "maas:Domain",
  schema: {
    name: z
      .string()
      .transform((name) => name.toLowerCase().replace(/\.$/, ""))
      .refine((name) => new RegExp(`^${label}(?:\\.${label})*$`).test(name), {
        error: "must be a DNS domain such as metal.example.com",
      }),
    authoritative: z.boolean().default(true),
    ttl: optional(z.int().min(1).max(604_800, { error: "must be at most 604800 seconds (a week)" })),
    adopt: z.boolean().default(false),
  },
  informative: ["adopt"],
  what: (inputs) => `DNS domain "${inputs.name}"`,
  isIt: (answer, inputs) => answer.name.toLowerCase() === inputs.name,
  list: (link, _inputs, age) => link.client.domains.list(age),
  idOf: (answer) => String(answer.id),
  byId: (link, id) => link.client.domains.get(id),
  // A domain's answer has no field for a marker. One that is empty and equal already is what a killed run leaves: taking it
  // over changes nothing and it is never deleted.
  claim: (answer, inputs) => ({ adopt: inputs.adopt || isEmptyAndEqual(answer, inputs) }),
  create: (link, inputs) =>
    link.client.domains.create(
      { name: inputs.name, authoritative: inputs.authoritative, ttl: inputs.ttl ?? undefined },
      (answer) => answer.name === inputs.name,
    ),
  inputsOf: (answer, state) => ({
    // MAAS keeps the case of names, DNS does not know it.
    name: answer.name.toLowerCase(),
    authoritative: answer.authoritative,
    ttl: answer.ttl,
    adopt: state.adopt ?? false,
  }),
  write: (link, answer, inputs) =>
    link.client.domains.update(String(answer.id), {
      name: answer.name.toLowerCase() === inputs.name ? undefined : inputs.name,
      authoritative: inputs.authoritative,
      ttl: inputs.ttl,
    }),
  formerOf: (answer) => ({ name: answer.name, authoritative: answer.authoritative, ttl: answer.ttl }),
  restore: (link, answer, former) => link.client.domains.update(String(answer.id), { ...former }),
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

function isEmptyAndEqual(answer: DomainAnswer, inputs: DomainInputs): boolean {
  return (
    !answer.is_default &&
    answer.resource_record_count === 0 &&
    answer.authoritative === inputs.authoritative &&
    answer.ttl === inputs.ttl
  );
}

/** A DNS domain of MAAS (API: domains), e.g. the zone delegated to MAAS (RA, Canonical MAAS configuration, DNS). */
export class Domain extends ServedResource<DomainInputs, Owned<DomainFormer>, MaasConnection> {
  declare public readonly name: pulumi.Output<string>;
  declare public readonly authoritative: pulumi.Output<boolean>;
  declare public readonly ttl: pulumi.Output<number | null>;
  declare public readonly adopt: pulumi.Output<boolean>;
  /** Whether it was created here or taken over. */
  declare public readonly origin: pulumi.Output<Origin>;
  /** The values that a domain taken over had before. */
  declare public readonly former: pulumi.Output<DomainFormer | null>;

  constructor(name: string, args: DomainArgs, options?: pulumi.CustomResourceOptions) {
    super(domainKind, name, args, options);
  }

  /** A domain that is managed elsewhere, by its MAAS id. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): Domain {
    return new Domain(name, {} as DomainArgs, { ...options, id });
  }
}
