import type * as pulumi from "@pulumi/pulumi";
import { InputError } from "../dynamic/errors";
import { text } from "../dynamic/fields";
import type { ResourceKind } from "../dynamic/kind";
import { ServedResource } from "../dynamic/resource";
import type { MaasClient } from "./client/client";
import { type MaasConnection, connectMaas } from "./connection";

/** Inputs of a {@link DefaultDomain}. */
export interface DefaultDomainArgs {
  /** Name of the domain that machines get when nobody says which. */
  domain: pulumi.Input<string>;
}

interface DefaultDomainInputs {
  domain: string;
}

interface DefaultDomainOutputs {
  former: string;
}

/** The kind behind {@link DefaultDomain}. There always is one default: it is changed, and changed back on destroy. */
export const defaultDomainKind: ResourceKind<DefaultDomainInputs, DefaultDomainOutputs, MaasConnection> = {
  kind: "maas:DefaultDomain",
  schema: { domain: text("the name of a DNS domain") },
  outputs: ["former"],
  connect: connectMaas,

  async create(link, inputs) {
    await link.client.ready();
    const former = await defaultDomain(link.client);
    await makeDefault(link.client, inputs.domain);
    return { id: "default", outputs: { former } };
  },

  async read(link, id, state) {
    await link.client.ready();
    const present = await defaultDomain(link.client);
    return { id, inputs: { domain: present }, outputs: { former: state.former ?? present } };
  },

  async update(link, _id, olds, news) {
    await link.client.ready();
    await makeDefault(link.client, news.domain);
    return { outputs: { former: olds.former } };
  },

  async delete(link, _id, state) {
    await link.client.ready();
    const present = await defaultDomain(link.client);
    if (present === state.domain && state.former !== present) await makeDefault(link.client, state.former);
  },
};

async function defaultDomain(client: MaasClient): Promise<string> {
  const found = await client.domains.find((domain) => domain.is_default);
  if (found === undefined) throw new InputError("MAAS has no default domain; set one in the MAAS UI first.", "domain");
  return found.name;
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
export class DefaultDomain extends ServedResource<DefaultDomainInputs, DefaultDomainOutputs, MaasConnection> {
  declare public readonly domain: pulumi.Output<string>;
  /** Name of the default domain before; the default again after a destroy. */
  declare public readonly former: pulumi.Output<string>;

  constructor(name: string, args: DefaultDomainArgs, options?: pulumi.CustomResourceOptions) {
    super(defaultDomainKind, name, args, options);
  }

  /** The default domain as it is; its id is `default`. */
  static get(name: string, options?: pulumi.CustomResourceOptions): DefaultDomain {
    return new DefaultDomain(name, {} as DefaultDomainArgs, { ...options, id: "default" });
  }
}
