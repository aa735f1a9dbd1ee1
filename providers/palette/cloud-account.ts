import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { optional, text } from "../dynamic/fields";
import type { ResourceKind } from "../dynamic/kind";
import { ServedResource } from "../dynamic/resource";
import { InputError } from "../dynamic/errors";
import { isGone } from "../http/lost-answer";
import { requestBody } from "./client/request-body";
import { accountCreateSchema } from "./client/request-schemas";
import { connect, type PaletteConnection } from "./connection";
import type { AccountFields, CloudAccountInputs, CloudAccountOutputs } from "./account-ownership";
import {
  accountByName,
  accountByUid,
  accountSpec,
  accountsPath,
  gatewayName,
  shownKey,
  validateAccount,
  writeAccount,
} from "./accounts";
import { adoptAccount, desiredFields, renamed, restoreAccountValues } from "./adopt-account";
import { markerKey, type Origin } from "./ownership";

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
   * it the API server may get the address of the PXE NIC. Default: none for an account made here; not managed on one that existed.
   */
  preferredSubnets?: pulumi.Input<string[] | null>;
  /** Whether fields of an account that exists already may be changed (installing a gateway makes one). Default: false. */
  adopt?: pulumi.Input<boolean>;
}

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
    preferredSubnets: optional(z.array(z.string())),
    adopt: z.boolean().default(false),
  },
  outputs: ["origin", "previous"],
  secretInputs: ["apiKey"],
  secretOutputs: ["previous"],
  informative: ["adopt"],
  connect,

  async create(link, inputs) {
    const found = await accountByName(link.client, inputs.name);
    const overlordUid = await validateAccount(link.client, inputs);
    if (found !== undefined)
      return { id: found.metadata.uid, outputs: await adoptAccount(link, found, inputs, overlordUid) };
    const uid = await createAccount(link, inputs, overlordUid);
    return { id: uid, outputs: { origin: "created", previous: null } };
  },

  async read(link, id, state) {
    const found = await accountByUid(link.client, id);
    if (found === undefined) return undefined;
    const outputs = knownOutputs(state);
    const subnets = found.spec.preferredSubnets ?? [];
    const unmanaged =
      (state.preferredSubnets ?? null) === null && (outputs.origin !== "created" || subnets.length === 0);
    return {
      id,
      inputs: {
        name: found.metadata.name,
        gateway: (await gatewayName(link.client, found)) ?? state.gateway ?? "",
        apiEndpoint: found.spec.apiEndpoint,
        apiKey: shownKey(found) ?? state.apiKey ?? "",
        preferredSubnets: unmanaged ? null : subnets,
        adopt: state.adopt ?? false,
      },
      outputs,
    };
  },

  async update(link, id, olds, news) {
    const found = await accountByUid(link.client, id);
    if (found === undefined) {
      throw new InputError(
        `Cloud account "${olds.name}" is gone from Palette; run with --refresh, then it is created again.`,
      );
    }
    const overlordUid = await validateAccount(link.client, news);
    const { origin, previous } = knownOutputs(olds);
    if (origin !== "created") return { outputs: await adoptAccount(link, found, news, overlordUid, previous) };
    await writeAccount(link.client, renamed(found, news.name), {
      ...desiredFields(news, overlordUid),
      preferredSubnets: news.preferredSubnets ?? [],
    });
    return { outputs: { origin, previous } };
  },

  async delete(link, id, state) {
    const { origin, previous } = knownOutputs(state);
    if (origin === "adopted") return restoreAccountValues(link, id, state, previous ?? {});
    if (origin === "referenced") return;
    try {
      await link.client.send({ method: "DELETE", path: `${accountsPath}/${id}` });
    } catch (failure) {
      if (!isGone(failure)) throw failure;
    }
  },
};

/** The outputs of a state, also of one that 0.1.0 wrote: it recorded all previous values, under another name. */
function knownOutputs(state: Partial<CloudAccountOutputs> & { former?: AccountFields | null }): CloudAccountOutputs {
  return { origin: state.origin ?? "adopted", previous: state.previous ?? state.former ?? null };
}

async function createAccount(
  link: PaletteConnection,
  inputs: CloudAccountInputs,
  overlordUid: string,
): Promise<string> {
  const body = requestBody(accountCreateSchema, {
    metadata: { name: inputs.name, annotations: { overlordUid, [markerKey]: link.datacenter } },
    spec: accountSpec(inputs),
  });
  const made = await link.client.create({ path: accountsPath, body }, async () => {
    const found = await accountByName(link.client, inputs.name);
    return found?.metadata.annotations?.[markerKey] === link.datacenter ? { uid: found.metadata.uid } : undefined;
  });
  return made.uid;
}

/** Palette's account for a MAAS (API: cloudaccounts/maas): where and with which key its clusters get machines. */
export class CloudAccount extends ServedResource<CloudAccountInputs, CloudAccountOutputs, PaletteConnection> {
  declare public readonly name: pulumi.Output<string>;
  declare public readonly gateway: pulumi.Output<string>;
  declare public readonly apiEndpoint: pulumi.Output<string>;
  declare public readonly apiKey: pulumi.Output<string>;
  declare public readonly preferredSubnets: pulumi.Output<string[] | null>;
  /** Whether it was created here, adopted, or is referenced. */
  declare public readonly origin: pulumi.Output<Origin>;

  constructor(name: string, args: CloudAccountArgs, options?: pulumi.CustomResourceOptions) {
    super(cloudAccountKind, name, args, options);
  }

  /** An account that is managed elsewhere, by its uid. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): CloudAccount {
    return new CloudAccount(name, {} as CloudAccountArgs, { ...options, id });
  }
}
