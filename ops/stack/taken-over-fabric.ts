import type { MachineAnswer } from "../../providers/maas/client/machine-types";
import { renamedFabric } from "../../stacks/derived/observed-fabrics";
import type { Datacenter } from "../../stacks/description/datacenter";

/** The machines as they are once the described fabric exists (see {@link renamedFabric}). Pure. */
export function withFabricTakenOver(
  datacenter: Pick<Datacenter, "fabric" | "networks">,
  machines: readonly MachineAnswer[],
): readonly MachineAnswer[] {
  const renamed = renamedFabric(datacenter, machines);
  if (renamed === undefined) return machines;
  return machines.map((machine) => ({
    ...machine,
    interface_set: machine.interface_set.map((item) =>
      item.vlan?.fabric === renamed.from ? { ...item, vlan: { ...item.vlan, fabric: renamed.to } } : item,
    ),
  }));
}
