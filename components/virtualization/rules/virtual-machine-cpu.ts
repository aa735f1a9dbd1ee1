import { quantityValue } from "./quantity";
import { at, numberAt } from "./tree";

/** Threads of a core that KubeVirt can dedicate. */
const mostThreads = 2;

/** What KubeVirt 1.5 refuses in the requests, limits and dedicated CPUs of a VM (vmi-create-admitter). Fields are below the VM's `template.spec`. */
export function cpuProblems(machine: unknown): string[] {
  const resources = at(machine, "domain", "resources");
  const amount = (part: string, what: string): number | undefined => {
    const value = at(resources, part, what);
    if (typeof value === "number") return value;
    return typeof value === "string" ? (quantityValue(value) ?? Number.NaN) : undefined;
  };
  const amounts = ["cpu", "memory"].flatMap((what) => {
    const [request, limit] = [amount("requests", what), amount("limits", what)];
    const wrong = [
      ["requests", request],
      ["limits", limit],
    ].flatMap(([part, value]) =>
      value === undefined || Number(value) > 0
        ? []
        : [`domain.resources.${String(part)}.${what}: must be more than nothing`],
    );
    return [
      ...wrong,
      ...(wrong.length === 0 && request !== undefined && limit !== undefined && request > limit
        ? [`domain.resources.requests.${what}: is more than its limit`]
        : []),
    ];
  });
  const dedicated = at(machine, "domain", "cpu", "dedicatedCpuPlacement") === true;
  return [
    ...amounts,
    ...(dedicated ? dedicatedProblems(machine, amount("requests", "cpu"), amount("limits", "cpu")) : []),
  ];
}

function dedicatedProblems(machine: unknown, request: number | undefined, limit: number | undefined): string[] {
  const field = "domain.cpu.dedicatedCpuPlacement";
  const given = [request, limit].filter((value) => value !== undefined);
  const cores = numberAt(machine, "domain", "cpu", "cores");
  const threads = numberAt(machine, "domain", "cpu", "threads") ?? 1;
  return [
    ...(given.every(Number.isInteger) ? [] : [`${field}: needs whole CPUs in requests and limits`]),
    ...(new Set(given).size > 1 ? [`${field}: needs the same CPUs in requests and limits`] : []),
    ...(given.length === 0 && cores === undefined ? [`${field}: needs cpu.cores, or CPUs in requests`] : []),
    ...(threads > mostThreads ? [`${field}: with ${threads} threads a core; ${mostThreads} at most`] : []),
  ];
}
