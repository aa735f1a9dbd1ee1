import { parseApiKey } from "../../../../providers/maas/client/api-key";
import { MaasClient } from "../../../../providers/maas/client/client";
import { Command } from "../region";

/** A MAAS that the contract is tried on. */
export interface Target {
  readonly url: string;
  readonly apiKey: string;
}

/** One command of the engine on it. */
export function commandOn(target: Target): Command {
  return new Command(target);
}

/** Somebody else at the same MAAS. */
export function stranger(target: Target): MaasClient {
  const key = parseApiKey(target.apiKey, "MAAS_API_KEY");
  return new MaasClient({ url: target.url, credentials: () => key, keyOrigin: "MAAS_API_KEY" });
}
