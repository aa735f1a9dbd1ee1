import { hostLayout } from "../../components/bare-metal/layouts/host-layout";
import type { MachineAnswer } from "../../providers/maas/client/machine-types";
import type { HostInterfaces } from "../../providers/maas/host-network/host-interface";
import { hostInterfacesSchema } from "../../providers/maas/host-network/host-interfaces-schema";
import { machineFacts } from "../../providers/maas/look-ups/machine-facts";
import { chosenNicNames, layoutArgs } from "../../stacks/derived/layout-args";
import type { Datacenter } from "../../stacks/description/datacenter";
import type { Host } from "../../stacks/description/hosts";

/**
 * The network that a description gives a host: its layout filled in, every default written out. Pure.
 *
 * @param machine the host in MAAS; undefined when it is not known, then NICs must be chosen by name
 * @throws Error for a NIC that is chosen by MAC address or speed and cannot be found
 */
export function wantedNetwork(datacenter: Datacenter, host: Host, machine: MachineAnswer | undefined): HostInterfaces {
  const nics =
    machine === undefined ? undefined : machineFacts(machine).interfaces.filter(({ type }) => type === "physical");
  return hostInterfacesSchema.parse(hostLayout(layoutArgs(datacenter, host, chosenNicNames(host, nics))));
}
