import type { ObjectKindName } from "./object-kinds";

/** An object by its place. */
export interface ObjectPlace {
  kind: ObjectKindName;
  name: string;
  /** Absent for cluster-wide kinds. */
  namespace?: string;
}

/** A place as it is told and compared: `Secret virtual-machines/first-boot`, `VmTemplate ubuntu`. */
export function placeText({ kind, name, namespace }: ObjectPlace): string {
  return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}
