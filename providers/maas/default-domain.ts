import type * as pulumi from "@pulumi/pulumi";
import { InputError } from "../dynamic/errors";
import { text } from "../dynamic/fields";
import { ServedResource } from "../dynamic/resource";
import type { MaasClient } from "./client/client";
import type { DomainAnswer } from "./client/site-types";
import type { MaasConnection } from "./connection";
import { ownedKind } from "./owned-kind";
import type { OwnershipInputs } from "./owned-kind-options";
import type { Origin, Owned } from "./ownership/decide";
import type { Values } from "./ownership/values";

/** Inputs of a {@link DefaultDomain}. */
export interface DefaultDomainArgs {
  /** Name of the domain that machines get by default. */
  domain: pulumi.Input<string>;
  /** Whether fields of an object that exists already may be changed. Default: false; one that is as described needs no permission. */
  adopt?: pulumi.Input<boolean>;
  /** Names of fields whose dangerous change is approved (`maas.approve`). Default: none. */
  approve?: pulumi.Input<string[]>;
  /** Compare only, never write: somebody else manages it. Default: false. */
  reference?: pulumi.Input<boolean>;
}

interface DefaultDomainFields {
  domain: string;
}

type DefaultDomainInputs = DefaultDomainFields & OwnershipInputs;

/** The kind behind {@link DefaultDomain}. There always is one default: it is adopted, and restored on destroy. */
export const defaultDomainKind = ownedKind<DefaultDomainFields, object, DomainAnswer>({
  kind: "maas:DefaultDomain",
  objectKind: "default domain",
  fields: {
    domain: { type: text("the name of a DNS domain"), always: true, read: (answer) => answer.name },
  },
  legacyPrevious: (former) => ({ domain: former }),
  object: () => "default domain",
  isIt: () => true,
  list: async (link) => [await defaultDomain(link.client)],
  idOf: () => "default",
  byId: (link) => defaultDomain(link.client),
  form: (_link, { domain }) => ({ domain }),
  create: (link) => defaultDomain(link.client),
  send: (link, _answer, { domain }) => makeDefault(link.client, String(domain)),
  // The default was set to what it was before; there always is one.
  remove: () => Promise.resolve(),
});

async function defaultDomain(client: MaasClient): Promise<DomainAnswer> {
  const found = await client.domains.find((domain) => domain.is_default);
  if (found === undefined) throw new InputError("MAAS has no default domain; set one in the MAAS UI first.", "domain");
  return found;
}

async function makeDefault(client: MaasClient, name: string): Promise<void> {
  const found = await client.domains.find((domain) => domain.name === name);
  if (found === undefined) {
    const names = (await client.domains.list()).map((domain) => domain.name).join(", ");
    throw new InputError(`MAAS has no domain "${name}" to make the default. It has: ${names}.`, "domain");
  }
  if (!found.is_default) await client.setDefaultDomain(found.id);
}

/** Which DNS domain is MAAS's default (API: domains, set_default). One per MAAS. */
export class DefaultDomain extends ServedResource<DefaultDomainInputs, Owned, MaasConnection> {
  declare public readonly domain: pulumi.Output<string>;
  declare public readonly adopt: pulumi.Output<boolean>;
  declare public readonly approve: pulumi.Output<string[]>;
  declare public readonly reference: pulumi.Output<boolean>;
  /** Whether it was created here, adopted, or is only referenced. */
  declare public readonly origin: pulumi.Output<Origin>;
  /** Values that managed fields of an adopted object had before. */
  declare public readonly previous: pulumi.Output<Values>;
  /** Values that this stack gave the managed fields of an adopted object. */
  declare public readonly applied: pulumi.Output<Values>;

  constructor(name: string, args: DefaultDomainArgs, options?: pulumi.CustomResourceOptions) {
    super(defaultDomainKind, name, args, options);
  }

  /** The default domain as it is; its id is `default`. */
  static get(name: string, options?: pulumi.CustomResourceOptions): DefaultDomain {
    return new DefaultDomain(name, {} as DefaultDomainArgs, { ...options, id: "default" });
  }
}
