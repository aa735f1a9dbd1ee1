import { quantityValue } from "./quantity";
import { numberAt, textAt } from "./tree";

/** What KubeVirt 1.5 refuses in the `spec` of an instance type (instancetype-admitter). Problems are `field: what is wrong`. */
export function instanceTypeProblems(spec: unknown): string[] {
  const cpu = numberAt(spec, "cpu", "guest") ?? 0;
  const memory = textAt(spec, "memory", "guest") ?? "";
  const overcommit = numberAt(spec, "memory", "overcommitPercent") ?? 0;
  return [
    ...(Number.isInteger(cpu) && cpu >= 1 ? [] : [`cpu.guest: is ${cpu}, must be a whole number from 1`]),
    ...((quantityValue(memory) ?? 0) > 0 ? [] : [`memory.guest: "${memory}" is not a size such as 4Gi`]),
    ...(overcommit >= 0 && overcommit <= 100
      ? []
      : [`memory.overcommitPercent: is ${overcommit}, must be from 0 to 100`]),
  ];
}
