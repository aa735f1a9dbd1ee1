import { z } from "zod";
import { InputError } from "../../dynamic/errors";
import type { PaletteClient } from "./client";
import { itemsOf, objectMetaSchema } from "./object-meta";

/** A private cloud gateway (`GET /v1/overlords`). */
const gatewaySchema = z.object({
  metadata: objectMetaSchema,
  spec: z.object({ cloudAccountUid: z.string().nullish(), isSystem: z.boolean().nullish() }).nullish(),
  status: z
    .object({ state: z.string().nullish(), isActive: z.boolean().nullish(), isReady: z.boolean().nullish() })
    .nullish(),
});

const gatewaysSchema = itemsOf(gatewaySchema, "private cloud gateways");

/** See {@link listGateways}. */
export type Gateway = z.infer<typeof gatewaySchema>;

/** The gateway that is part of Palette itself; it has no state. */
const systemGateway = "System Private Gateway";

/** All gateways; this list has no pages. */
export async function listGateways(client: PaletteClient): Promise<Gateway[]> {
  return client.get("/v1/overlords", gatewaysSchema);
}

/**
 * A gateway by its exact name; the server's filter is not relied upon.
 *
 * @throws InputError when there is none of that name, or it is not running.
 */
export async function runningGateway(client: PaletteClient, name: string): Promise<Gateway> {
  const gateways = await listGateways(client);
  const found = gateways.find((gateway) => gateway.metadata.name === name);
  if (found === undefined) {
    const names = gateways.map((gateway) => gateway.metadata.name).join(", ") || "none";
    throw new InputError(
      `Palette has no private cloud gateway "${name}"; it has: ${names}. Set palette.gateway in vmo-metal:datacenter.`,
      "vmo-metal:datacenter palette.gateway",
    );
  }
  const state = found.status?.state ?? "unknown";
  if (name !== systemGateway && state !== "Running") {
    throw new InputError(
      `The private cloud gateway "${name}" is not running (its state is ${state}), so Palette cannot reach MAAS. ` +
        "Bring the gateway up (Palette: Tenant Settings, Private Cloud Gateways), then run the command again.",
      "vmo-metal:datacenter palette.gateway",
    );
  }
  return found;
}
