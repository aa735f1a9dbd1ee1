import type { MachineAnswer } from "../../providers/maas/client/machine-types";
import type { Datacenter } from "../../stacks/description/datacenter";

/**
 * The machines as they are once the described fabric exists: while no machine is on a fabric of that name, an `up` begins by giving
 * the name to the discovered fabric (`fabric-<id>`) that holds the provisioning subnet, so that nothing on it has to be moved. Pure.
 */
export function withFabricTakenOver(
  { fabric, networks }: Pick<Datacenter, "fabric" | "networks">,
  machines: readonly MachineAnswer[],
): readonly MachineAnswer[] {
  const interfaces = machines.flatMap((machine) => machine.interface_set);
  if (interfaces.some(({ vlan }) => vlan?.fabric === fabric.name)) return machines;
  const discovered = interfaces.find(
    ({ vlan, links }) =>
      vlan !== null &&
      /^fabric-\d+$/.test(vlan.fabric) &&
      links.some(({ subnet }) => subnet?.cidr === networks.provisioning.cidr),
  )?.vlan?.fabric;
  if (discovered === undefined) return machines;
  return machines.map((machine) => ({
    ...machine,
    interface_set: machine.interface_set.map((item) =>
      item.vlan?.fabric === discovered ? { ...item, vlan: { ...item.vlan, fabric: fabric.name } } : item,
    ),
  }));
}
