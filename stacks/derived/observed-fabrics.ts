import type { MachineAnswer } from "../../providers/maas/client/machine-types";
import type { Datacenter } from "../description/datacenter";

/** The part of an observed machine from which fabrics are known. */
type NetworkedMachine = Pick<MachineAnswer, "interface_set">;

/** A fabric that gets the described name. */
export interface RenamedFabric {
  readonly from: string;
  readonly to: string;
}

/**
 * The fabric that an `up` gives the described name: while no machine is on a fabric of that name, the one that MAAS made itself
 * (`fabric-<id>`) and that holds the provisioning subnet, so that nothing on it has to be moved. Undefined when there is none. Pure.
 */
export function renamedFabric(
  { fabric, networks }: Pick<Datacenter, "fabric" | "networks">,
  machines: readonly NetworkedMachine[],
): RenamedFabric | undefined {
  const interfaces = machines.flatMap((machine) => machine.interface_set);
  if (interfaces.some(({ vlan }) => vlan?.fabric === fabric.name)) return undefined;
  const from = interfaces.find(
    ({ vlan, links, discovered }) =>
      vlan !== null &&
      /^fabric-\d+$/.test(vlan.fabric) &&
      [...links, ...(discovered ?? [])].some(({ subnet }) => subnet?.cidr === networks.provisioning.cidr),
  )?.vlan?.fabric;
  return from === undefined ? undefined : { from, to: fabric.name };
}

/**
 * Names of fabrics that MAAS made for one NIC each: a NIC that got no address during commissioning is put on a fabric of its own.
 * Pure.
 *
 * @param others fabrics that something else than these machines is on (rack controllers)
 */
export function fabricsOfOneNic(machines: readonly NetworkedMachine[], others: Iterable<string> = []): Set<string> {
  const nics = new Map<string, number>();
  for (const { type, vlan } of machines.flatMap((machine) => machine.interface_set))
    if (type === "physical" && vlan !== null) nics.set(vlan.fabric, (nics.get(vlan.fabric) ?? 0) + 1);
  for (const fabric of others) nics.delete(fabric);
  return new Set([...nics].filter(([name, count]) => count === 1 && /^fabric-\d+$/.test(name)).map(([name]) => name));
}
