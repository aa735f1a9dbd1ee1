import { z } from "zod";
import type { Call } from "./http/call";
import { param } from "./http/call";
import { operational } from "./http/error";
import { visibleOrRefuse } from "./http/scope";
import { MaasClient, MaasError } from "./maas/client";
import { maasSite } from "./maas/site";
import type { CloudAccount } from "./model/tenant";

/** `v1MaasCloudAccount`. */
export const accountSpecSchema = z.object({
  apiEndpoint: z.string().min(1),
  apiKey: z.string().min(1),
  preferredSubnets: z.array(z.string()).default([]),
});

/** What a cloud account says of its MAAS. */
export type AccountSpec = z.output<typeof accountSpecSchema>;

/**
 * Asks the MAAS behind an address whether it takes the key.
 * @throws PaletteError 500 with MAAS's words.
 */
export async function validateAccount(account: AccountSpec): Promise<void> {
  await throughMaas(() => maasSite.zones(new MaasClient(account.apiEndpoint, account.apiKey)));
}

/** Runs calls to MAAS; a refusal becomes an operational error of Palette's. */
export async function throughMaas<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MaasError) throw operational("CloudAccountValidationFailed", error.message);
    if (error instanceof z.ZodError)
      throw operational("CloudAccountValidationFailed", "the address does not answer as a MAAS API");
    throw error;
  }
}

/** The account that a path parameter names, when the request may see it. */
export function accountOf(call: Call, uid: string = param(call, "uid"), permission = "cloudaccount.get"): CloudAccount {
  return visibleOrRefuse(
    call,
    call.palette.state.accounts.find((each) => each.uid === uid),
    "cloudaccount",
    uid,
    permission,
  );
}
