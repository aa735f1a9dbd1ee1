import { interfaceNameProblem } from "../../../addressing/interface-name";
import type { HostInterface, HostInterfaces } from "./host-interface";
import { formatVlan, parentsOf, sameVlan } from "./host-interface";

/** A rule that a description breaks. */
export interface HostInterfacesProblem {
  /** Keys from the map of interfaces to the value, e.g. `["br0", "parents"]`. */
  readonly path: readonly string[];
  /** What is wrong, the rule and the fix. */
  readonly message: string;
}

/**
 * What MAAS could never hold, or would answer 200 to and keep differently: names that Linux cannot have, interfaces on what is not described, two bonds on one NIC,
 * bridges on bridges, VLAN interfaces on VLAN interfaces or on another fabric, parts of one stack on different VLANs, links on what is
 * in a bond or bridge, an MTU above that of the interface below (MAAS would raise the lower one), two default gateways.
 */
export function checkHostInterfaces(interfaces: HostInterfaces): HostInterfacesProblem[] {
  const problems = Object.entries(interfaces).flatMap(([name, item]) => [
    ...checkName(name),
    ...checkParents(name, item, interfaces),
    ...checkAgainstParents(name, item, interfaces),
  ]);
  return [
    ...problems,
    ...checkSharing(interfaces),
    ...checkDefaultGateways(interfaces),
    ...checkStaticAddresses(interfaces),
  ];
}

function checkName(name: string): HostInterfacesProblem[] {
  const problem = interfaceNameProblem(name);
  return problem === undefined ? [] : [{ path: [name], message: `the name "${name}" ${problem}` }];
}

/** What kinds each kind may sit on. */
const ALLOWED_PARENTS: Record<HostInterface["type"], readonly HostInterface["type"][]> = {
  physical: [],
  bond: ["physical"],
  bridge: ["physical", "bond", "vlan"],
  vlan: ["physical", "bond", "bridge"],
};

function checkParents(name: string, item: HostInterface, all: HostInterfaces): HostInterfacesProblem[] {
  if (item.type === "physical") return [];
  const path = [name, "parents"];
  if (item.type !== "bond" && item.parents.length !== 1)
    return [{ path, message: `a ${item.type} sits on exactly one interface, not on ${item.parents.length}` }];
  return item.parents.flatMap((parent) => {
    const below = all[parent];
    if (below === undefined)
      return [{ path, message: `"${parent}" is not described: add it to the interfaces, or correct the name` }];
    const allowed = ALLOWED_PARENTS[item.type];
    if (allowed.includes(below.type)) return [];
    return [
      { path, message: `a ${item.type} cannot sit on the ${below.type} ${parent}: only on ${allowed.join(", ")}` },
    ];
  });
}

function checkAgainstParents(name: string, item: HostInterface, all: HostInterfaces): HostInterfacesProblem[] {
  const problems: HostInterfacesProblem[] = [];
  if (item.type === "vlan" && item.vlan?.vid === 0)
    problems.push({ path: [name, "vlan"], message: "a VLAN interface needs a tagged VLAN, with a vid from 1 to 4094" });
  for (const { name: lower, mtu } of mtusBelow(item, all))
    if (item.mtu !== undefined && item.mtu > mtu)
      problems.push({
        path: [name, "mtu"],
        message: `${item.mtu} is more than the ${mtu} of ${lower} below: raise the MTU there too, MAAS would do so by itself`,
      });
  for (const parent of parentsOf(item)) {
    const below = all[parent];
    if (below === undefined) continue;
    if (item.type === "vlan" && item.vlan !== undefined && below.vlan?.fabric !== item.vlan.fabric)
      problems.push({
        path: [name, "vlan"],
        message: `${formatVlan(item.vlan)} is on another fabric than ${parent} (${formatVlan(below.vlan)}): MAAS takes tagged VLANs of the same fabric only`,
      });
    if (item.type !== "vlan" && !sameVlan(item.vlan, below.vlan))
      problems.push({
        path: [name, "vlan"],
        message: `is ${formatVlan(item.vlan)}, but ${parent} below is on ${formatVlan(below.vlan)}: a ${item.type} and what it sits on share one VLAN`,
      });
  }
  return problems;
}

/** The next MTUs below an interface, through interfaces that set none. */
function mtusBelow(item: HostInterface, all: HostInterfaces, depth = 0): { name: string; mtu: number }[] {
  return parentsOf(item).flatMap((name) => {
    const below = all[name];
    if (below === undefined || depth > 8) return [];
    return below.mtu === undefined ? mtusBelow(below, all, depth + 1) : [{ name, mtu: below.mtu }];
  });
}

function checkSharing(all: HostInterfaces): HostInterfacesProblem[] {
  const problems: HostInterfacesProblem[] = [];
  for (const [name, item] of Object.entries(all)) {
    const above = Object.entries(all).filter(([, candidate]) => parentsOf(candidate).includes(name));
    const bonds = above.filter(([, candidate]) => candidate.type === "bond").map(([key]) => key);
    const bridges = above.filter(([, candidate]) => candidate.type === "bridge").map(([key]) => key);
    if (bonds.length > 0 && above.length > 1)
      problems.push({
        path: [name],
        message: `is a member of ${bonds.join(", ")} and below ${names(above, bonds[0])} too: put those on the bond`,
      });
    else if (bridges.length > 1)
      problems.push({
        path: [name],
        message: `is below the bridges ${bridges.join(", ")}: an interface carries one bridge`,
      });
    if (bonds.length > 0 && item.links.length > 0)
      problems.push({
        path: [name, "links"],
        message: `a member of a bond has no address: put the link on ${bonds.join(", ")}`,
      });
    if (bridges.length > 0 && item.links.length > 0)
      problems.push({
        path: [name, "links"],
        message: `what is below a bridge has no address, and MAAS takes one off with the next change there: put the link on ${bridges.join(", ")}`,
      });
  }
  return problems;
}

function names(above: readonly (readonly [string, HostInterface])[], without: string | undefined): string {
  return above
    .map(([key]) => key)
    .filter((key) => key !== without)
    .join(", ");
}

function checkDefaultGateways(all: HostInterfaces): HostInterfacesProblem[] {
  const holders = Object.entries(all).flatMap(([name, item]) =>
    item.links.filter((link) => link.defaultGateway).map(() => name),
  );
  if (holders.length < 2) return [];
  return [
    {
      path: [holders[1] ?? "", "links"],
      message: `${holders.join(" and ")} both give the default gateway: a machine has one, keep it on one link`,
    },
  ];
}

function checkStaticAddresses(all: HostInterfaces): HostInterfacesProblem[] {
  const holders = new Map<string, string>();
  const problems: HostInterfacesProblem[] = [];
  for (const [name, item] of Object.entries(all))
    for (const { ipAddress } of item.links) {
      if (ipAddress === undefined) continue;
      const holder = holders.get(ipAddress);
      if (holder !== undefined)
        problems.push({
          path: [name, "links"],
          message: `${ipAddress} is on ${holder} already: an address is used once`,
        });
      holders.set(ipAddress, name);
    }
  return problems;
}
