import { placeNetworks } from "../../../components/bare-metal/layouts/host-layout";
import { allHosts } from "../../derived/all-hosts";
import { fillLayout, layoutArgs, namedNics } from "../../derived/layout-args";
import type { Datacenter } from "../../description/datacenter";
import type { DescriptionRule } from "../rule";

/** A network that hosts have untagged on an interface with a larger MTU. */
interface Excess {
  readonly role: string;
  readonly mtu: number;
  readonly interface: string;
  readonly interfaceMtu: number;
}

/** Excesses of all hosts with the groups that have them; a layout does the same on all of its hosts. */
function excesses(datacenter: Datacenter): (Excess & { readonly groups: ReadonlySet<string> })[] {
  const found = new Map<string, Excess & { readonly groups: Set<string> }>();
  for (const host of allHosts(datacenter)) {
    const args = layoutArgs(datacenter, host, namedNics(host));
    const filled = fillLayout(args);
    if (!("interfaces" in filled)) continue;
    for (const { network, interface: name, parent } of placeNetworks(args)) {
      const interfaceMtu = filled.interfaces[name]?.mtu ?? network.mtu;
      if (parent !== undefined || interfaceMtu <= network.mtu) continue;
      const key = JSON.stringify([network.role, name, interfaceMtu]);
      const known = found.get(key) ?? {
        role: network.role,
        mtu: network.mtu,
        interface: name,
        interfaceMtu,
        groups: new Set(),
      };
      known.groups.add(host.group);
      found.set(key, known);
    }
  }
  return [...found.values()];
}

/** A host whose interface sends larger frames than its neighbours take loses them without an error. */
export const untaggedMtuFits: DescriptionRule = {
  code: "NET019",
  severity: "warning",
  rule: "An untagged network's interface on hosts has no larger MTU than the network.",
  check: (datacenter) =>
    excesses(datacenter).map(({ role, mtu, interface: name, interfaceMtu, groups }) => ({
      path: `networks.${role}.mtu`,
      message: `is ${mtu}, but hosts of ${[...groups].join(", ")} have this network untagged on ${name}, which has MTU ${interfaceMtu} for what else it carries: they would send frames that others in the network do not take`,
      fix: `Write mtu: ${interfaceMtu} for it if its switches and neighbours take that, tag it, or lower the MTU of the other networks.`,
    })),
};
