import { allHosts } from "../../derived/all-hosts";
import { machinePools } from "../../derived/machine-pools";
import type { DescriptionRule, Hit } from "../rule";

/** One machine described twice would get two networks. (That two references mean one machine, only the site can tell.) */
export const hostsOnce: DescriptionRule = {
  code: "HST003",
  severity: "error",
  rule: "Every machine is described once.",
  check: (datacenter) => {
    const seen = new Map<string, string>();
    return allHosts(datacenter).flatMap((host): Hit[] => {
      const key = JSON.stringify(host.find);
      const earlier = seen.get(key) ?? seen.get(host.name);
      if (earlier === undefined) {
        seen.set(key, host.path);
        seen.set(host.name, host.path);
        return [];
      }
      return [
        {
          path: host.path,
          message: `${host.name} is described in ${earlier} already`,
          fix: "Leave one of the two; a machine belongs to one host group.",
        },
      ];
    });
  },
};

/** MAAS knows the zones that the description names; a host elsewhere is a slip. */
export const zonesKnown: DescriptionRule = {
  code: "HST004",
  severity: "error",
  rule: "Hosts, host groups and machine pools use zones of the list `zones`.",
  check: (datacenter) => {
    const known = new Set(datacenter.zones);
    const places = [
      ...datacenter.hostGroups.flatMap(({ name, zones }) =>
        zones.map((zone) => ({ zone, path: `hosts.${name}.zones` })),
      ),
      ...allHosts(datacenter).map(({ zone, path }) => ({ zone, path: `${path}.zone` })),
      ...(datacenter.cluster === null
        ? []
        : machinePools(datacenter.cluster).flatMap(({ pool, path }) =>
            pool.zones.map((zone) => ({ zone, path: `${path}.zones` })),
          )),
    ];
    const unknown = places.filter(({ zone }) => !known.has(zone));
    return unknown
      .filter(({ zone }, index) => unknown.findIndex((other) => other.zone === zone) === index)
      .map(({ zone, path }) => ({
        path,
        message: `"${zone}" is none of the zones ${datacenter.zones.join(", ")}`,
        fix: `Add it to "zones", or correct the name.`,
      }));
  },
};

/** Palette spreads a pool over all of its zones; one without machines stays empty and says nothing. */
export const zonesFilled: DescriptionRule = {
  code: "HST005",
  severity: "warning",
  rule: "Every zone of a machine pool has a host of its host group.",
  check: (datacenter) => {
    if (datacenter.cluster === null) return [];
    return machinePools(datacenter.cluster).flatMap(({ pool, path }): Hit[] => {
      const group = datacenter.hostGroups.find(({ name }) => name === pool.hostGroup);
      if (group === undefined) return [];
      const empty = pool.zones.filter((zone) => !group.hosts.some((host) => host.zone === zone && !host.outOfService));
      if (empty.length === 0) return [];
      return [
        {
          path: `${path}.zones`,
          message: `no host of "${group.name}" is in ${empty.join(" or ")}, so the pool "${pool.name}" cannot be spread over ${pool.zones.join(", ")}`,
          fix: "Put a host there, or name only the zones that have hosts.",
        },
      ];
    });
  },
};

/** Palette allocates by resource pool, minimum hardware and tags: it would take a worker's machine for the control plane. */
export const resourcePoolsApart: DescriptionRule = {
  code: "HST006",
  severity: "error",
  rule: "Host groups that share a MAAS resource pool are told apart by tags.",
  check: (datacenter) =>
    datacenter.hostGroups.flatMap((group, index) =>
      datacenter.hostGroups.slice(0, index).flatMap((earlier): Hit[] => {
        const apart =
          group.tags.some((tag) => !earlier.tags.includes(tag)) &&
          earlier.tags.some((tag) => !group.tags.includes(tag));
        if (group.resourcePool !== earlier.resourcePool || apart) return [];
        return [
          {
            path: `hosts.${group.name}.resourcePool`,
            message: `"${group.name}" and "${earlier.name}" share the resource pool "${group.resourcePool}", and their tags do not tell them apart: Palette would take machines of one for the other`,
            fix: "Give each group a resource pool of its own, or each a tag that the other does not have.",
          },
        ];
      }),
    ),
};

/** A host enters its pool last, when it is finished; the default pool has machines that nobody has looked at. */
export const defaultPoolUnused: DescriptionRule = {
  code: "HST007",
  severity: "error",
  rule: 'No host group uses the MAAS resource pool "default", into which new machines come by themselves.',
  check: (datacenter) =>
    datacenter.hostGroups
      .filter(({ resourcePool }) => resourcePool === "default")
      .map(({ name }) => ({
        path: `hosts.${name}.resourcePool`,
        message:
          'is "default", into which every newly discovered machine comes: Palette would deploy whatever is plugged in',
        fix: "Use a resource pool of its own, such as worker-pool.",
      })),
};
