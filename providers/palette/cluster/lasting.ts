/** A machine pool as far as it belongs to a cluster for good. */
interface LastingPool {
  readonly name: string;
  readonly controlPlane: boolean;
}

/** What may not change of the pools of a cluster in one step, and why; empty when nothing stands against it. Pure. */
export function poolRefusals(present: readonly LastingPool[], wanted: readonly LastingPool[]): string[] {
  const plane = present.find(({ controlPlane }) => controlPlane);
  const next = wanted.find(({ controlPlane }) => controlPlane);
  const renamed =
    plane !== undefined && next !== undefined && plane.name !== next.name
      ? [
          `the control plane pool cannot change from "${plane.name}" to "${next.name}", because a pool of another name is another pool, ` +
            `and the cluster's etcd lives in this one. Name it "${plane.name}".`,
        ]
      : [];
  const workers = (pools: readonly LastingPool[]): string[] =>
    pools.filter(({ controlPlane }) => !controlPlane).map(({ name }) => name);
  const gone = workers(present).filter((name) => !workers(wanted).includes(name));
  const come = workers(wanted).filter((name) => !workers(present).includes(name));
  if (gone.length === 0 || come.length === 0) return renamed;
  return [
    ...renamed,
    `machine pool ${quoted(gone)} cannot go in the change in which ${quoted(come)} comes: all its nodes would be taken away before there are ` +
      `others to move to. Keep it, run up, and take it out with another up when the new nodes are Ready.`,
  ];
}

/**
 * Why a cluster cannot have this DNS domain; empty when it can. The name of its API is made in the domain, and Palette's MAAS provider refuses to
 * change it. Pure.
 *
 * @param apiEndpoint `host:port`; null for a cluster whose API has no name yet: that one can still get another domain
 */
export function domainRefusals(apiEndpoint: string | null, domain: string): string[] {
  const host = apiEndpoint?.replace(/:\d+$/, "");
  if (host === undefined || host.endsWith(`.${domain}`)) return [];
  return [
    `its domain cannot become "${domain}", because its API is ${host} for good: certificates and kubeconfigs carry that name. Put the domain back.`,
  ];
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}
