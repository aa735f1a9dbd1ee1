import type { JsonObject } from "../json";
import type { PoolRecord } from "./model";

/** A resource pool as MAAS answers it. */
export function renderPool(pool: PoolRecord): JsonObject {
  return {
    id: pool.id,
    name: pool.name,
    description: pool.description,
    resource_uri: `/MAAS/api/2.0/resourcepool/${pool.id}/`,
  };
}
