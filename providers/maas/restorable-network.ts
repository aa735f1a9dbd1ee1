import { InputError } from "../dynamic/errors";
import type { Log } from "./client/log";
import { type HostInterface, type HostInterfaces, parentsOf } from "./host-network/host-interface";
import { planHostNetwork } from "./host-network/plan-host-network";
import type { PresentNetwork } from "./host-network/present-network";

/**
 * As much of a former network as MAAS can be brought back to: addresses below a bridge are left out, since MAAS itself takes them off
 * sooner or later, an MTU above that of what is below comes down to it, and where no way leads back (a bond over NICs without a VLAN) the NICs alone are put back, with a warning. So a
 * network that somebody left half made never stands in the way of a destroy. Pure but for the log.
 */
export function restorableNetwork(present: PresentNetwork, former: HostInterfaces, log: Log): HostInterfaces {
  const bridged = new Set(Object.values(former).flatMap((item) => (item.type === "bridge" ? parentsOf(item) : [])));
  const wanted = Object.fromEntries(
    Object.entries(former).map(([name, item]): [string, HostInterface] => [
      name,
      {
        ...item,
        ...(item.mtu === undefined ? {} : { mtu: ceiling(former, name) }),
        ...(bridged.has(name) ? { links: [] } : {}),
      },
    ]),
  );
  try {
    planHostNetwork(present, wanted);
    return wanted;
  } catch (failure) {
    if (!(failure instanceof InputError)) throw failure;
    log.warning(
      `of its former network only the NICs are put back, not the bonds, bridges and VLAN interfaces: ${failure.message}`,
    );
    return Object.fromEntries(Object.entries(wanted).filter(([, item]) => item.type === "physical"));
  }
}

/** The smallest MTU of an interface and all below it; infinite when none is set. */
function ceiling(interfaces: HostInterfaces, name: string): number {
  const item = interfaces[name];
  if (item === undefined) return Infinity;
  return Math.min(item.mtu ?? Infinity, ...parentsOf(item).map((parent) => ceiling(interfaces, parent)));
}
