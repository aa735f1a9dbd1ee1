import { z } from "zod";
import type { PaletteClient } from "./client/client";
import { isGone } from "../http/lost-answer";
import { listGateways, runningGateway } from "./client/gateways";
import { isAbout, itemsOf, objectMetaSchema } from "./client/object-meta";
import { requestBody } from "./client/request-body";
import { accountUpdateSchema, accountValidateSchema } from "./client/request-schemas";
import type { AccountFields, CloudAccountInputs } from "./account-ownership";
import { InputError, messageOf } from "../dynamic/errors";

/** An account as Palette answers it (`GET /v1/cloudaccounts/maas/{uid}`), real credentials included. */
const accountSchema = z
  .object({
    metadata: objectMetaSchema,
    spec: z.object({
      apiEndpoint: z.string(),
      apiKey: z.string().nullish(),
      preferredSubnets: z.array(z.string()).nullish(),
    }),
  })
  .describe("a MAAS cloud account");

const zonesSchema = itemsOf(z.object({ name: z.string() }), "zones of MAAS");

/** See {@link accountByUid}. */
export type AccountAnswer = z.infer<typeof accountSchema>;

/** Where MAAS accounts are (API: cloudaccounts/maas). */
export const accountsPath = "/v1/cloudaccounts/maas";

/** The account of a uid; undefined when Palette says that it does not exist. */
export async function accountByUid(client: PaletteClient, uid: string): Promise<AccountAnswer | undefined> {
  try {
    return await client.get(`${accountsPath}/${uid}`, accountSchema, undefined, isAbout(uid));
  } catch (failure) {
    if (isGone(failure)) return undefined;
    throw failure;
  }
}

/** The MAAS account of that exact name. */
export async function accountByName(client: PaletteClient, name: string): Promise<AccountAnswer | undefined> {
  const accounts = await client.list(accountsPath, accountSchema, "MAAS cloud accounts");
  return accounts.find((account) => account.metadata.name === name);
}

/**
 * Names of the zones that MAAS has, as Palette reads them through the gateway with the key that the account stores
 * (`GET /v1/cloudaccounts/maas/{uid}/properties/azs`).
 *
 * @throws ApiError also when Palette does not reach MAAS
 */
export async function zonesOfAccount(client: PaletteClient, uid: string): Promise<string[]> {
  const zones = await client.get(`${accountsPath}/${uid}/properties/azs`, zonesSchema);
  return zones.map(({ name }) => name);
}

/** Name of the gateway that an account uses; undefined when the project does not show that gateway. */
export async function gatewayName(client: PaletteClient, found: AccountAnswer): Promise<string | undefined> {
  const uid = found.metadata.annotations?.["overlordUid"];
  if (uid === undefined) return undefined;
  return (await listGateways(client)).find((gateway) => gateway.metadata.uid === uid)?.metadata.name;
}

/** Replaces an account; its other annotations and its labels stay. A key that Palette hides must be sent, so it has to be known. */
export async function writeAccount(
  client: PaletteClient,
  { metadata: { name, uid, annotations, labels } }: AccountAnswer,
  { overlordUid, ...spec }: AccountFields & { apiKey: string },
): Promise<void> {
  const metadata = { name, uid, annotations: { ...annotations, overlordUid }, labels: labels ?? {} };
  const body = requestBody(accountUpdateSchema, { metadata, spec });
  await client.send({ method: "PUT", path: `${accountsPath}/${uid}`, body });
}

/** The account's key; null when Palette hides it. */
export function shownKey({ spec: { apiKey } }: AccountAnswer): string | null {
  return apiKey === undefined || apiKey === null || apiKey === "" || apiKey.includes("*") ? null : apiKey;
}

/**
 * Asks Palette to reach MAAS through the gateway with these values, which stores nothing. Returns the gateway's uid.
 *
 * @throws InputError when the gateway does not run, or does not reach MAAS with them
 */
export async function validateAccount(
  client: PaletteClient,
  inputs: Omit<CloudAccountInputs, "adopt">,
): Promise<string> {
  const gateway = await runningGateway(client, inputs.gateway);
  try {
    await client.send({
      method: "POST",
      path: `/v1/overlords/maas/${gateway.metadata.uid}/account/validate`,
      body: requestBody(accountValidateSchema, { account: accountSpec(inputs) }),
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

/** The described fields of an account as Palette takes them (`v1MaasCloudAccount`). */
export function accountSpec(inputs: Omit<CloudAccountInputs, "adopt">): {
  apiEndpoint: string;
  apiKey: string;
  preferredSubnets: string[];
} {
  const { apiEndpoint, apiKey, preferredSubnets } = inputs;
  return { apiEndpoint, apiKey, preferredSubnets: preferredSubnets ?? [] };
}
