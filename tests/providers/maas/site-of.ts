import type { MaasSimulator } from "../../../lab/maas/index";

function idOf(item: unknown): number {
  return typeof item === "object" && item !== null && "id" in item ? Number(item.id) : 0;
}

/** Everything of a region but its machines, in order of ids and without times. */
export function siteOf(simulator: Pick<MaasSimulator, "dump">): unknown {
  return JSON.parse(
    JSON.stringify(simulator.dump().site, (key, value: unknown) => {
      if (key === "updated" || key === "created") return "";
      if (!Array.isArray(value)) return value;
      return [...(value as unknown[])].sort((left, right) => idOf(left) - idOf(right));
    }),
  );
}
