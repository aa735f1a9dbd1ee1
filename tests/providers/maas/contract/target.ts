import { parseApiKey } from "../../../../providers/maas/client/api-key";
import { MaasClient } from "../../../../providers/maas/client/client";
import { Command, type Kept } from "../region";
import type { SomeKind } from "./kind-case";

/** A MAAS that the contract is tried on. */
export interface Target {
  readonly url: string;
  readonly apiKey: string;
  /** Name of the datacenter: what is made is marked with it. */
  readonly datacenter: string;
}

/** One command of the engine on it. */
export function commandOn(target: Target): Command {
  return new Command(target, { name: target.datacenter });
}

/** Somebody else at the same MAAS. */
export function stranger(target: Target): MaasClient {
  const key = parseApiKey(target.apiKey, "MAAS_API_KEY");
  return new MaasClient({ url: target.url, credentials: () => key, keyOrigin: "MAAS_API_KEY" });
}

/**
 * Destroys what was made, the latest first. One that fails does not keep the others from being destroyed.
 *
 * @throws AggregateError with all failures
 */
export async function destroyAll(target: Target, made: [SomeKind, Kept][]): Promise<void> {
  const failures: unknown[] = [];
  for (const [kind, kept] of made.splice(0).reverse()) {
    try {
      await commandOn(target).destroy(kind, kept);
    } catch (failure) {
      failures.push(failure);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join("\n"));
}
