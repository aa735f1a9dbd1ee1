import { ApiError, InputError } from "../dynamic/errors";
import type { Fields } from "./client/form";
import type { MachineAnswer } from "./client/machine-types";
import type { MaasClient } from "./client/client";
import type { Log } from "./client/log";

/** Where a machine stands and what it is called. */
export interface Place {
  readonly hostname: string;
  readonly pool: string;
  readonly zone: string;
  readonly domain: string;
  /** As MAAS has it, with a marker if any. */
  readonly description: string;
}

/** Tags to put on and to take off. */
export interface TagChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** The place of a machine as MAAS has it. */
export function placeOf(machine: MachineAnswer): Place {
  return {
    hostname: machine.hostname,
    pool: machine.pool.name,
    zone: machine.zone.name,
    domain: machine.domain.name,
    description: machine.description,
  };
}

/** Puts a machine in its place with one write, and none when it stands there. @throws InputError naming what MAAS does not have. */
export async function moveMachine(client: MaasClient, machine: MachineAnswer, wanted: Place): Promise<void> {
  const present = placeOf(machine);
  const keys = Object.keys(wanted) as (keyof Place)[];
  const changed: Fields = Object.fromEntries(
    keys.filter((key) => present[key] !== wanted[key]).map((key) => [key, wanted[key]]),
  );
  if (Object.keys(changed).length === 0) return;
  try {
    await client.machines.update(machine.system_id, changed);
  } catch (failure) {
    throw explain(failure, machine, wanted);
  }
}

/** Puts tags on a machine and takes some off. @throws InputError for a tag that MAAS does not have. */
export async function changeTags(client: MaasClient, machine: MachineAnswer, change: TagChange): Promise<void> {
  const steps = [
    ...change.add
      .filter((tag) => !machine.tag_names.includes(tag))
      .map((tag) => ({ tag, add: [machine.system_id], remove: [] })),
    ...change.remove
      .filter((tag) => machine.tag_names.includes(tag))
      .map((tag) => ({ tag, add: [], remove: [machine.system_id] })),
  ];
  for (const { tag, add, remove } of steps) {
    try {
      await client.tags.updateNodes(tag, add, remove);
    } catch (failure) {
      if (!(failure instanceof ApiError) || failure.status !== 404) throw failure;
      if (remove.length > 0) continue;
      throw new InputError(`MAAS has no tag "${tag}" for machine ${machine.hostname}; describe it first.`, "tags");
    }
    client.machines.markStale(machine.system_id);
  }
}

/** The wanted place, with MAAS's default pool, zone or domain in place of one that is gone. */
export async function existingPlace(client: MaasClient, wanted: Place, log: Log): Promise<Place> {
  const pools = await client.pools.list();
  const zones = await client.zones.list();
  const domains = await client.domains.list();
  const pool = nameOr(pools, wanted.pool, (candidate) => candidate.id === 0);
  const zone = nameOr(zones, wanted.zone, (candidate) => candidate.id === 1 || candidate.name === "default");
  const domain = nameOr(domains, wanted.domain, (candidate) => candidate.is_default);
  const moved = [
    ...(pool === wanted.pool ? [] : [`resource pool ${wanted.pool}`]),
    ...(zone === wanted.zone ? [] : [`zone ${wanted.zone}`]),
    ...(domain === wanted.domain ? [] : [`domain ${wanted.domain}`]),
  ];
  if (moved.length > 0) log.warning(`its former ${moved.join(" and ")} is gone; it goes to MAAS's default instead`);
  return { ...wanted, pool, zone, domain };
}

function nameOr<Item extends { readonly name: string }>(
  items: readonly Item[],
  name: string,
  isDefault: (item: Item) => boolean,
): string {
  if (items.some((item) => item.name === name)) return name;
  return items.find(isDefault)?.name ?? name;
}

function explain(failure: unknown, machine: MachineAnswer, wanted: Place): unknown {
  if (!(failure instanceof ApiError) || failure.status !== 400) return failure;
  const { detail } = failure.failure;
  const who = `Machine ${machine.hostname} (${machine.system_id})`;
  if (/(^|; )architecture:/.test(detail)) {
    return new InputError(
      `${who} cannot be changed: MAAS has no synced image for ${machine.architecture}, and then refuses every change of a machine. ` +
        `Sync an image for it (MAAS, Images) first. MAAS says: ${detail}`,
      "machine",
    );
  }
  const unknown = (["pool", "zone", "domain"] as const).filter((key) => new RegExp(`(^|; )${key}:`).test(detail));
  if (unknown.length === 0) return failure;
  const names = unknown.map((key) => `${key === "pool" ? "resource pool" : key} "${wanted[key]}"`);
  return new InputError(
    `${who}: MAAS has no ${names.join(" and no ")}; describe it first. MAAS says: ${detail}`,
    unknown[0],
  );
}
