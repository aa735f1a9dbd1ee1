import { z } from "zod";
import type { PaletteClient } from "./client/client";
import { isGone } from "../http/lost-answer";
import { listGateways } from "./client/gateways";
import { isAbout, objectMetaSchema } from "./client/object-meta";
import type { AccountFields } from "./account-ownership";

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
  { overlordUid, ...spec }: AccountFields,
): Promise<void> {
  const metadata = { name, uid, annotations: { ...annotations, overlordUid }, labels: labels ?? {} };
  await client.send({ method: "PUT", path: `${accountsPath}/${uid}`, body: { metadata, spec } });
}

/** The account's key; null when Palette hides it. */
export function shownKey({ spec: { apiKey } }: AccountAnswer): string | null {
  return apiKey === undefined || apiKey === null || apiKey === "" || apiKey.includes("*") ? null : apiKey;
}
