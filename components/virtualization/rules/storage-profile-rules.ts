import { listAt, textAt } from "./tree";

const cloneStrategies = new Set(["copy", "snapshot", "csi-clone"]);
const accessModes = new Set(["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"]);

/**
 * What goes wrong with the `spec` of a StorageProfile. The clone strategy is any text for the API server; CDI shows a typo only when
 * something is cloned. Problems are `field: what is wrong`.
 */
export function storageProfileProblems(spec: unknown): string[] {
  const strategy = textAt(spec, "cloneStrategy");
  const sets = listAt(spec, "claimPropertySets");
  return [
    ...(strategy === undefined || cloneStrategies.has(strategy)
      ? []
      : [`cloneStrategy: is "${strategy}", must be copy, snapshot or csi-clone`]),
    ...(sets.length > 8 ? [`claimPropertySets: has ${sets.length}; at most 8`] : []),
    ...sets.flatMap((set, index) => propertySetProblems(set, `claimPropertySets[${index}]`)),
  ];
}

function propertySetProblems(set: unknown, field: string): string[] {
  const modes = listAt(set, "accessModes");
  const volumeMode = textAt(set, "volumeMode") ?? "";
  return [
    ...(modes.length === 0 || modes.length > 4 ? [`${field}.accessModes: has ${modes.length}; one to four`] : []),
    ...modes
      .filter((mode) => typeof mode !== "string" || !accessModes.has(mode))
      .map((mode) => `${field}.accessModes: ${JSON.stringify(mode)} is not an access mode`),
    ...(volumeMode === "Block" || volumeMode === "Filesystem"
      ? []
      : [`${field}.volumeMode: is "${volumeMode}", must be Block or Filesystem`]),
  ];
}
