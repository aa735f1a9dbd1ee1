import type { Drifted } from "./document";

/** How a report names a resource. */
export type Identity = Pick<Drifted, "system" | "kind" | "name">;

/** Where a resource is, what it is and its name, from its URN. */
export function identityOf(urn: string): Identity {
  return { ...kindOf(typeOf(urn)), name: nameOf(urn) };
}

/** The name in a URN. */
export function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

/** The type in a URN: the last of the types from the root to the resource. */
export function typeOf(urn: string): string {
  return (urn.split("::")[2] ?? "").split("$").at(-1) ?? "";
}

const systems: readonly (readonly [start: string, system: string])[] = [
  ["pulumi-nodejs:dynamic/maas:", "MAAS"],
  ["pulumi-nodejs:dynamic/palette:", "Palette"],
  ["pulumi-nodejs:dynamic/virtualization:", "Kubernetes"],
  ["kubernetes:", "Kubernetes"],
  ["pulumi:", "Pulumi"],
];

/** System and kind of a type. */
export function kindOf(type: string): { system: string; kind: string } {
  const system = systems.find(([start]) => type.startsWith(start))?.[1] ?? type.split(":")[0] ?? type;
  const kind = type.split(":").at(-1) ?? type;
  return { system, kind: type.startsWith("pulumi:providers:") ? `provider ${kind}` : kind };
}

/** Order of a report: MAAS, Palette, Kubernetes, others; by name within each, hosts' networks last. */
export function byPlace(one: Identity, other: Identity): number {
  return rank(one) - rank(other) || one.name.localeCompare(other.name, "en", { numeric: true });
}

function rank({ system, kind }: Identity): number {
  const place = ["MAAS", "Palette", "Kubernetes"].indexOf(system);
  return (place < 0 ? 3 : place) * 2 + (kind === "HostNetwork" ? 1 : 0);
}
