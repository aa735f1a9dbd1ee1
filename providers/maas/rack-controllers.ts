import { InputError } from "../dynamic/errors";
import type { MaasClient } from "./client/client";
import type { RackControllerAnswer, VlanAnswer } from "./client/site-types";

/** The system id of a rack controller given by hostname, FQDN or system id. @throws InputError naming those that exist. */
export async function rackId(client: MaasClient, wanted: string): Promise<string> {
  const racks = await client.rackControllers.list();
  const found = racks.find((rack) => isCalled(rack, wanted));
  if (found !== undefined) return found.system_id;
  throw new InputError(
    `MAAS has no rack controller "${wanted}". It has: ${racks.map((rack) => rack.hostname).join(", ") || "none"}.`,
    "primaryRack",
  );
}

/** How the inputs name a rack controller: as they did before when that still is the one, else by hostname. */
export async function rackName(
  client: MaasClient,
  systemId: string | null,
  before: string | null | undefined,
): Promise<string | null> {
  if (systemId === null) return null;
  if (before === systemId) return before;
  const rack = (await client.rackControllers.list()).find((candidate) => candidate.system_id === systemId);
  if (rack === undefined) return systemId;
  return typeof before === "string" && isCalled(rack, before) ? before : rack.hostname;
}

/**
 * The rack controller for a VLAN that names none: the one that serves it already, else the one that has an interface on it. MAAS takes
 * those only that have an interface on a VLAN of that number.
 */
export async function chooseRack(client: MaasClient, vlan: VlanAnswer): Promise<string> {
  const racks = (await client.rackControllers.list()).filter((rack) =>
    rack.interface_set.some((item) => item.vlan?.vid === vlan.vid),
  );
  const serving = racks.find((rack) => rack.system_id === vlan.primary_rack);
  if (serving !== undefined) return serving.system_id;
  const onVlan = racks.filter((rack) => rack.interface_set.some((item) => item.vlan?.id === vlan.id));
  const [only, ...others] = onVlan.length > 0 ? onVlan : racks;
  if (only !== undefined && others.length === 0) return only.system_id;
  const where = `VLAN ${vlan.vid} of fabric "${vlan.fabric}"`;
  throw new InputError(
    only === undefined
      ? `No rack controller has an interface on ${where}, so that none can serve DHCP there. Connect one, or relay the VLAN (enabled: false, relayTo).`
      : `${where} can be served by several rack controllers: ${racks.map((rack) => rack.hostname).join(", ")}. Name one as primaryRack.`,
    "primaryRack",
  );
}

function isCalled(rack: RackControllerAnswer, name: string): boolean {
  return [rack.system_id, rack.hostname, rack.fqdn].includes(name);
}
