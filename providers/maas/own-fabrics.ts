import type { MaasClient } from "./client/client";
import { fabricNamed, isAutomaticName } from "./client/fabrics";
import type { Log } from "./client/log";
import { decisionAge } from "./client/machines";
import type { MachineAnswer } from "./client/machine-types";
import type { FabricAnswer } from "./client/site-types";
import type { HostInterfaces } from "./host-network/host-interface";

/** Where a NIC goes whose previous fabric does not exist any more. */
export interface OwnFabric {
  readonly nic: string;
  /** The name of the previous fabric, `fabric-<id>`. */
  readonly previous: string;
  /** The fabric of its own that the NIC is on already; absent: it needs a new one. */
  readonly present?: string;
}

/**
 * The NICs that commissioning put on a fabric of their own, which MAAS deleted when they left it. Only untagged VLANs of fabrics that MAAS
 * named count: a fabric with a name of its own was deleted by somebody, and is not brought back. Pure.
 *
 * @param subnetFabrics names of fabrics that hold a subnet
 */
export function lostOwnFabrics(
  machine: MachineAnswer,
  previous: HostInterfaces,
  fabrics: readonly FabricAnswer[],
  subnetFabrics: ReadonlySet<string>,
): OwnFabric[] {
  return machine.interface_set.flatMap((item): OwnFabric[] => {
    const vlan = item.type === "physical" ? previous[item.name]?.vlan : undefined;
    if (vlan === undefined || vlan.vid !== 0 || !isAutomaticName(vlan.fabric)) return [];
    if (fabricNamed(fabrics, vlan.fabric) !== undefined) return [];
    const place = item.vlan?.fabric;
    const isOwn = place !== undefined && isAutomaticName(place) && !subnetFabrics.has(place);
    return [{ nic: item.name, previous: vlan.fabric, ...(isOwn ? { present: place } : {}) }];
  });
}

/**
 * A machine's previous network in which each NIC whose own fabric MAAS deleted is on a new one, as commissioning would put it. NICs that
 * shared a fabric share the new one.
 */
export async function withOwnFabrics(
  client: MaasClient,
  machine: MachineAnswer,
  previous: HostInterfaces,
  log: Log,
): Promise<HostInterfaces> {
  const subnets = await client.subnets.list();
  const holding = new Set(subnets.map(({ vlan }) => vlan.fabric));
  const lost = lostOwnFabrics(machine, previous, await client.fabrics.list(decisionAge), holding);
  const names = new Map(lost.flatMap(({ previous: old, present }) => (present === undefined ? [] : [[old, present]])));
  for (const { previous: old } of lost) {
    if (!names.has(old)) names.set(old, (await client.fabrics.createUnnamed()).name);
  }
  if (lost.length > 0) {
    const places = lost.map(({ nic, previous: old }) => `${nic} (was ${old}, is ${names.get(old) ?? ""})`);
    log.info(`NICs whose fabric MAAS deleted when they left it get one of their own again: ${places.join(", ")}`);
  }
  return Object.fromEntries(
    Object.entries(previous).map(([name, item]) => {
      const fabric = lost.some(({ nic }) => nic === name) ? names.get(item.vlan?.fabric ?? "") : undefined;
      return [name, fabric === undefined ? item : { ...item, vlan: { fabric, vid: 0 } }];
    }),
  );
}
