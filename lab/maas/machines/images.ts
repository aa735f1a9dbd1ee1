import type { Store } from "../store";

/** Architectures that machines can be made of: those of the synced images, without kernel flavours (`amd64/generic`). */
export function usableArchitectures(store: Store): string[] {
  const found = store.site.bootResources
    .filter((resource) => resource.complete)
    .flatMap(({ architecture, subarches }) => {
      const [name = ""] = architecture.split("/");
      return [architecture, ...subarches.split(",").map((each) => `${name}/${each.trim()}`)];
    })
    .filter((architecture) => !/(hwe|ga)-/.test(architecture) && !architecture.endsWith("/"));
  return [...new Set(found)].sort();
}

/** An operating system and its release, as a machine carries them. */
export interface OperatingSystem {
  osystem: string;
  series: string;
}

/** The synced images' operating systems; an uploaded image without a system of its own is `custom`. */
export function operatingSystems(store: Store): OperatingSystem[] {
  const found = store.site.bootResources
    .filter((resource) => resource.complete)
    .map(({ name }) => {
      const [osystem = "", ...rest] = name.split("/");
      return rest.length === 0 ? { osystem: "custom", series: osystem } : { osystem, series: rest.join("/") };
    });
  return found.filter(
    (each, index) =>
      found.findIndex((other) => other.osystem === each.osystem && other.series === each.series) === index,
  );
}

/** The operating system that `distro_series` names: `jammy`, `ubuntu/jammy`, `custom/my-image` or `my-image`. */
export function findOperatingSystem(store: Store, series: string): OperatingSystem | undefined {
  const systems = operatingSystems(store);
  return (
    systems.find((each) => `${each.osystem}/${each.series}` === series) ??
    systems.find((each) => each.series === series)
  );
}

const UBUNTU: Record<string, string> = { focal: "20.04", jammy: "22.04", noble: "24.04" };

/** The kernel that goes with a release when none is asked for (`ga-24.04`). */
export function defaultKernel(osystem: string, series: string): string {
  const version = (osystem === "ubuntu" ? UBUNTU[series] : undefined) ?? "24.04";
  return `ga-${version}`;
}
