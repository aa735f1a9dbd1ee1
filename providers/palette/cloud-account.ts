import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { text } from "../dynamic/fields";
import type { ResourceKind } from "../dynamic/kind";
import { ServedResource } from "../dynamic/resource";
import { InputError, messageOf } from "../dynamic/errors";
import type { PaletteClient } from "./client/client";
import { isNotFound } from "./client/failure";
import { listGateways, runningGateway } from "./client/gateways";
import type { Created, ObjectMeta } from "./client/object-meta";
import { connect, type PaletteConnection } from "./connection";
import { markerKey, type Origin, originOf } from "./ownership";

/** Inputs of a {@link CloudAccount}. */
export interface CloudAccountArgs {
  /** Name of the account; machine clusters refer to it. */
  name: pulumi.Input<string>;
  /** Name of the private cloud gateway through which Palette reaches MAAS. */
  gateway: pulumi.Input<string>;
  /** URL of MAAS as the gateway sees it, e.g. `http://maas:5240/MAAS`. */
  apiEndpoint: pulumi.Input<string>;
  /** MAAS API key; a secret, also when given as plain text. */
  apiKey: pulumi.Input<string>;
  /**
   * CIDRs of the subnets from which the API server's DNS addresses are taken, first choice first. Hosts with several networks need it: without
   * it the API server may get the address of the PXE NIC. Default: none.
   */
  preferredSubnets?: pulumi.Input<string[]>;
  /** Take an account over that exists already (installing a gateway makes one). Default: false, an existing one is an error. */
  adopt?: pulumi.Input<boolean>;
}

interface CloudAccountInputs {
  name: string;
  gateway: string;
  apiEndpoint: string;
  apiKey: string;
  preferredSubnets: string[];
  adopt: boolean;
}

interface CloudAccountOutputs {
  origin: Origin;
  /** What an account was like that was taken over; null for one made here. Holds a key: a secret. */
  former: FormerAccount | null;
}

/** Values that a destroy puts back. */
interface FormerAccount {
  overlordUid: string;
  apiEndpoint: string;
  /** Null when Palette did not show it: then it is left as it is. */
  apiKey: string | null;
  preferredSubnets: string[];
}

/** An account as Palette answers it (`GET /v1/cloudaccounts/maas/{uid}`), real credentials included. */
interface AccountAnswer {
  metadata: ObjectMeta;
  spec: { apiEndpoint: string; apiKey?: string | null; preferredSubnets?: string[] | null };
}

const path = "/v1/cloudaccounts/maas";

/** The kind behind {@link CloudAccount}. */
export const cloudAccountKind: ResourceKind<CloudAccountInputs, CloudAccountOutputs, PaletteConnection> = {
  kind: "palette:CloudAccount",
  schema: {
    name: text(),
    gateway: text("the name of a private cloud gateway"),
    apiEndpoint: z.url({ error: "must be the URL of MAAS, e.g. http://maas:5240/MAAS" }),
    apiKey: z
      .string()
      .regex(/^[^:\s]+:[^:\s]+:[^:\s]+$/, { error: "must be a MAAS API key (three parts with : between)" }),
    preferredSubnets: z.array(z.string()).default([]),
    adopt: z.boolean().default(false),
  },
  outputs: ["origin", "former"],
  secretInputs: ["apiKey"],
  secretOutputs: ["former"],
  informative: ["adopt"],
  connect,

  async create(link, inputs) {
    const found = await accountByName(link.client, inputs.name);
    const overlordUid = await validate(link.client, inputs);
    if (found === undefined) {
      const uid = await createAccount(link, inputs, overlordUid);
      return { id: uid, outputs: { origin: "created", former: null } };
    }
    const origin = originOf({
      what: `Cloud account "${inputs.name}"`,
      owner: found.metadata.annotations?.[markerKey],
      datacenter: link.datacenter,
      adopt: inputs.adopt,
    });
    await replace(link.client, found, inputs, overlordUid);
    const former = origin === "adopted" ? formerAccount(found) : null;
    return { id: found.metadata.uid, outputs: { origin, former } };
  },

  async read(link, id, state) {
    const found = await accountByUid(link.client, id);
    if (found === undefined) return undefined;
    return {
      id,
      inputs: {
        name: found.metadata.name,
        gateway: (await gatewayName(link.client, found)) ?? state.gateway ?? "",
        apiEndpoint: found.spec.apiEndpoint,
        apiKey: shownKey(found) ?? state.apiKey ?? "",
        preferredSubnets: found.spec.preferredSubnets ?? [],
        adopt: state.adopt ?? false,
      },
      outputs: { origin: state.origin ?? "adopted", former: state.former ?? null },
    };
  },

  async update(link, id, olds, news) {
    const found = await accountByUid(link.client, id);
    if (found === undefined) {
      throw new InputError(
        `Cloud account "${olds.name}" is gone from Palette; run with --refresh, then it is made again.`,
      );
    }
    await replace(link.client, found, news, await validate(link.client, news));
    return { outputs: { origin: olds.origin, former: olds.former } };
  },

  async delete(link, id, state) {
    if (state.origin === "adopted") return putBack(link.client, id, state.former);
    try {
      await link.client.send({ method: "DELETE", path: `${path}/${id}` });
    } catch (failure) {
      if (!isNotFound(failure)) throw failure;
    }
  },
};

/** Asks Palette to reach MAAS through the gateway with these values; answers the gateway's uid. */
async function validate(client: PaletteClient, inputs: CloudAccountInputs): Promise<string> {
  const gateway = await runningGateway(client, inputs.gateway);
  try {
    await client.send({
      method: "POST",
      path: `/v1/overlords/maas/${gateway.metadata.uid}/account/validate`,
      body: { account: accountSpec(inputs) },
      repeatable: true,
    });
  } catch (failure) {
    throw new InputError(
      `Palette cannot use MAAS at ${inputs.apiEndpoint} through gateway "${inputs.gateway}": ${messageOf(failure)} ` +
        "Check that the gateway reaches that URL and that the MAAS API key is valid.",
    );
  }
  return gateway.metadata.uid;
}

async function createAccount(
  link: PaletteConnection,
  inputs: CloudAccountInputs,
  overlordUid: string,
): Promise<string> {
  const body = {
    metadata: { name: inputs.name, annotations: { overlordUid, [markerKey]: link.datacenter } },
    spec: accountSpec(inputs),
  };
  const made = await link.client.create<Created>({ path, body }, async () => {
    const found = await accountByName(link.client, inputs.name);
    return found?.metadata.annotations?.[markerKey] === link.datacenter ? { uid: found.metadata.uid } : undefined;
  });
  return made.uid;
}

async function replace(
  client: PaletteClient,
  found: AccountAnswer,
  inputs: CloudAccountInputs,
  overlordUid: string,
): Promise<void> {
  await write(
    client,
    { ...found, metadata: { ...found.metadata, name: inputs.name } },
    overlordUid,
    accountSpec(inputs),
  );
}

/** Replaces an account; its other annotations and its labels stay. */
async function write(
  client: PaletteClient,
  { metadata: { name, uid, annotations, labels } }: AccountAnswer,
  overlordUid: string,
  spec: ReturnType<typeof accountSpec>,
): Promise<void> {
  const metadata = { name, uid, annotations: { ...annotations, overlordUid }, labels: labels ?? {} };
  await client.send({ method: "PUT", path: `${path}/${uid}`, body: { metadata, spec } });
}

function formerAccount(found: AccountAnswer): FormerAccount {
  return {
    overlordUid: found.metadata.annotations?.["overlordUid"] ?? "",
    apiEndpoint: found.spec.apiEndpoint,
    apiKey: shownKey(found),
    preferredSubnets: found.spec.preferredSubnets ?? [],
  };
}

/** Gives an account that was taken over its former values back. One that is gone stays gone. */
async function putBack(client: PaletteClient, uid: string, former: FormerAccount | null): Promise<void> {
  const found = former === null ? undefined : await accountByUid(client, uid);
  if (former === null || found === undefined) return;
  const { overlordUid, apiEndpoint, preferredSubnets } = former;
  const apiKey = former.apiKey ?? shownKey(found);
  if (apiKey !== null) await write(client, found, overlordUid, { apiEndpoint, apiKey, preferredSubnets });
}

/** The account's key; null when Palette hides it. */
function shownKey({ spec: { apiKey } }: AccountAnswer): string | null {
  return apiKey === undefined || apiKey === null || apiKey === "" || apiKey.includes("*") ? null : apiKey;
}

function accountSpec(inputs: CloudAccountInputs): { apiEndpoint: string; apiKey: string; preferredSubnets: string[] } {
  return { apiEndpoint: inputs.apiEndpoint, apiKey: inputs.apiKey, preferredSubnets: inputs.preferredSubnets };
}

/** Answers undefined for an account that does not exist. */
export async function accountByUid(client: PaletteClient, uid: string): Promise<AccountAnswer | undefined> {
  try {
    return await client.get<AccountAnswer>(`${path}/${uid}`);
  } catch (failure) {
    if (isNotFound(failure)) return undefined;
    throw failure;
  }
}

/** The MAAS account of that exact name. */
export async function accountByName(client: PaletteClient, name: string): Promise<AccountAnswer | undefined> {
  const accounts = await client.list<AccountAnswer>(path);
  return accounts.find((account) => account.metadata.name === name);
}

async function gatewayName(client: PaletteClient, found: AccountAnswer): Promise<string | undefined> {
  const uid = found.metadata.annotations?.["overlordUid"];
  if (uid === undefined) return undefined;
  return (await listGateways(client)).find((gateway) => gateway.metadata.uid === uid)?.metadata.name;
}

/** Palette's account for a MAAS (API: cloudaccounts/maas): where and with which key its clusters get machines. */
export class CloudAccount extends ServedResource<CloudAccountInputs, CloudAccountOutputs, PaletteConnection> {
  declare public readonly name: pulumi.Output<string>;
  declare public readonly gateway: pulumi.Output<string>;
  declare public readonly apiEndpoint: pulumi.Output<string>;
  declare public readonly apiKey: pulumi.Output<string>;
  declare public readonly preferredSubnets: pulumi.Output<string[]>;
  /** Whether it was created here or taken over. */
  declare public readonly origin: pulumi.Output<Origin>;

  constructor(name: string, args: CloudAccountArgs, options?: pulumi.CustomResourceOptions) {
    super(cloudAccountKind, name, args, options);
  }

  /** An account that is managed elsewhere, by its uid. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): CloudAccount {
    return new CloudAccount(name, {} as CloudAccountArgs, { ...options, id });
  }
}
