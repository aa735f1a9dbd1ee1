import type { JsonObject } from "../json";
import type { ZoneRecord } from "./model";

/** A zone as MAAS answers it: its address holds the name, not the id. */
export function renderZone(zone: ZoneRecord): JsonObject {
  return {
    id: zone.id,
    name: zone.name,
    description: zone.description,
    resource_uri: `/MAAS/api/2.0/zones/${encodeURIComponent(zone.name)}/`,
  };
}
