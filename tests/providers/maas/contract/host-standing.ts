import type { MachineAnswer } from "../../../../providers/maas/client/machine-types";

/** A fabric that MAAS named itself: commissioning creates one for a NIC without an address, and MAAS deletes it when the NIC leaves. */
export const automaticFabric = /^fabric-\d+$/;

/**
 * How a machine stands, without ids of what can be made anew, and without what MAAS derives. Fabrics of single NICs are alike, whatever
 * their number.
 *
 * @param holding names of the fabrics that hold subnets
 */
export function machineStanding(machine: MachineAnswer, holding: ReadonlySet<string>): unknown {
  const place = (vlan: MachineAnswer["interface_set"][number]["vlan"]): number | string | null => {
    if (vlan === null) return null;
    return automaticFabric.test(vlan.fabric) && !holding.has(vlan.fabric) ? "a fabric of its own" : vlan.id;
  };
  const { pool, zone, domain, hostname, description, tag_names, interface_set } = machine;
  return {
    hostname,
    pool: pool.name,
    zone: zone.name,
    domain: domain.name,
    description,
    tags: [...tag_names].sort(),
    storage: storageStanding(machine),
    interfaces: interface_set
      .map(({ id, name, type, vlan, links, parents, params, enabled, tags }) => ({
        id: type === "physical" ? id : 0,
        name,
        type,
        vlan: place(vlan),
        links: links
          .map(({ mode, subnet, ip_address }) => ({
            mode,
            subnet: mode === "link_up" ? null : (subnet?.cidr ?? null),
            address: mode === "static" ? (ip_address ?? null) : null,
          }))
          .sort((left, right) => JSON.stringify(left).localeCompare(JSON.stringify(right))),
        parents: [...parents].sort(),
        // MAAS answers an empty text or an empty object where no parameter was ever set.
        params: params || {},
        enabled,
        tags: [...tags].sort(),
      }))
      .sort((left, right) => left.name.localeCompare(right.name)),
  };
}

// What is on the disks by MAAS's plan.
function storageStanding(machine: MachineAnswer): string {
  return JSON.stringify(
    machine.blockdevice_set
      .map(({ name, size, filesystem, partitions }) => [
        name,
        size,
        filesystem?.mount_point ?? null,
        partitions.map((partition) => [
          partition.size,
          partition.filesystem?.fstype ?? null,
          partition.filesystem?.mount_point ?? null,
        ]),
      ])
      .sort(),
  );
}
