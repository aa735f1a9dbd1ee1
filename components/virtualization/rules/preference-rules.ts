import { at, numberAt, textAt } from "./tree";

const topologies = new Set(["sockets", "cores", "threads", "spread", "any"]);
const spreads = new Set(["SocketsCores", "SocketsCoresThreads", "CoresThreads"]);

/** What a preference is checked against besides itself. */
export interface PreferenceContext {
  /** KubeVirt's feature gates; undefined: not known. */
  featureGates?: readonly string[] | undefined;
}

/**
 * What KubeVirt 1.5 refuses in the `spec` of a preference, or in every VM that uses it (preference-admitter, vmi-create-admitter). Problems are
 * `field: what is wrong`.
 */
export function preferenceProblems(spec: unknown, context: PreferenceContext = {}): string[] {
  const topology = textAt(spec, "cpu", "preferredCPUTopology");
  const across = textAt(spec, "cpu", "spreadOptions", "across");
  const ratio = numberAt(spec, "cpu", "spreadOptions", "ratio") ?? numberAt(spec, "preferSpreadSocketToCoreRatio");
  return [
    ...(topology === undefined || topologies.has(topology)
      ? []
      : [`cpu.preferredCPUTopology: is "${topology}", must be ${[...topologies].join(", ")}`]),
    ...(across === undefined || spreads.has(across)
      ? []
      : [`cpu.spreadOptions.across: is "${across}", must be ${[...spreads].join(", ")}`]),
    ...(across === "CoresThreads" && ratio !== undefined && ratio !== 2
      ? [`cpu.spreadOptions.ratio: is ${ratio}, must be 2 across CoresThreads`]
      : []),
    ...(at(spec, "preferredAnnotations") === undefined ? [] : ["preferredAnnotations: is no field; write annotations"]),
    ...firmwareProblems(spec),
    ...stateProblems(spec, context),
  ];
}

function firmwareProblems(spec: unknown): string[] {
  const secureBoot = at(spec, "firmware", "preferredEfi", "secureBoot") === true;
  const smm = at(spec, "features", "preferredSmm");
  return [
    ...(secureBoot && (smm === undefined || at(smm, "enabled") === false)
      ? ["firmware.preferredEfi.secureBoot: needs features.preferredSmm, or every VM is refused"]
      : []),
    ...["preferredUseEfi", "preferredUseSecureBoot"]
      .filter((field) => at(spec, "firmware", field) !== undefined)
      .map((field) => `firmware.${field}: is deprecated; write preferredEfi`),
  ];
}

function stateProblems(spec: unknown, { featureGates }: PreferenceContext): string[] {
  if (featureGates === undefined || featureGates.includes("VMPersistentState")) return [];
  const fields = [
    ["devices", "preferredTPM"],
    ["firmware", "preferredEfi"],
  ];
  return fields
    .filter((path) => at(spec, ...path, "persistent") === true)
    .map((path) => `${path.join(".")}.persistent: needs KubeVirt's feature gate VMPersistentState`);
}
