import type { Datacenter } from "../description/datacenter";

/** Whether the description approves a change of a field of an object, both as messages name them. */
export function isApproved({ maas }: Pick<Datacenter, "maas">, object: string, field: string): boolean {
  return maas?.approve.some((approval) => approval.object === object && approval.field === field) ?? false;
}
