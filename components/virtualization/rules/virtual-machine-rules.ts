import { dataVolumeProblems } from "./data-volume-rules";
import { labelProblem } from "./names";
import { quantityValue } from "./quantity";
import { at, listAt, numberAt, textAt } from "./tree";
import { cpuProblems } from "./virtual-machine-cpu";
import { deviceProblems } from "./virtual-machine-devices";
import { interfaceProblems } from "./virtual-machine-interfaces";

/** What a VM is checked against besides itself. */
export interface VirtualMachineContext {
  /** The `spec` of its preference; undefined: not known. */
  preference?: unknown;
  /** The `spec` of its instance type; undefined: not known. */
  instanceType?: unknown;
}

/**
 * What KubeVirt 1.5 refuses in the `spec` of a VirtualMachine (vms-admitter, vmi-create-admitter), or of a VmTemplate, which has the same fields.
 * Problems are `field: what is wrong`.
 */
export function virtualMachineProblems(spec: unknown, context: VirtualMachineContext = {}): string[] {
  const machine = at(spec, "template", "spec");
  return [
    ...(at(spec, "running") !== undefined && at(spec, "runStrategy") !== undefined
      ? ["running: cannot be given together with runStrategy"]
      : []),
    ...deviceProblems(machine),
    ...interfaceProblems(machine),
    ...userDataProblems(machine),
    ...sizeProblems(spec, machine),
    ...cpuProblems(machine),
    ...requirementProblems(spec, machine, context),
    ...listAt(spec, "dataVolumeTemplates").flatMap((template, index) => diskProblems(template, index, machine)),
  ].map((problem) => problem.replace(/^domain\b|^(?=networks|volumes)/, (found) => `template.spec.${found}`));
}

/** What is wrong with the name of a VM: it becomes the guest's host name. */
export function virtualMachineNameProblem(name: string): string | undefined {
  return labelProblem(name);
}

/** KubeVirt keeps inline user data in the VM itself, and refuses more than this. */
const inlineBytes = 2048;

function userDataProblems(machine: unknown): string[] {
  return listAt(machine, "volumes").flatMap((volume, index) =>
    ["cloudInitNoCloud", "cloudInitConfigDrive"].flatMap((kind) =>
      ["userData", "networkData"]
        .filter((field) => Buffer.byteLength(textAt(volume, kind, field) ?? "") > inlineBytes)
        .map((field) => `volumes[${index}].${kind}.${field}: has more than ${inlineBytes} bytes; put it in a Secret`),
    ),
  );
}

function sizeProblems(spec: unknown, machine: unknown): string[] {
  const cpu = at(machine, "domain", "cpu");
  const guest = textAt(machine, "domain", "memory", "guest");
  const requested = textAt(machine, "domain", "resources", "requests", "memory");
  if (at(spec, "instancetype") !== undefined) {
    const twice = [
      ...(cpu === undefined ? [] : ["domain.cpu"]),
      ...(guest === undefined ? [] : ["domain.memory"]),
      ...(requested === undefined ? [] : ["domain.resources"]),
    ];
    return twice.map((field) => `${field}: is what the instance type says already; KubeVirt refuses both`);
  }
  const memory = guest ?? requested;
  if (memory === undefined) return ["domain.memory.guest: is missing; memory must be asked for"];
  if ((quantityValue(memory) ?? 0) <= 0) return [`domain.memory.guest: "${memory}" is not a size such as 4Gi`];
  const counts = ["sockets", "cores", "threads"].filter((field) => (numberAt(cpu, field) ?? 1) < 1);
  return counts.map((field) => `domain.cpu.${field}: must be 1 or more`);
}

function requirementProblems(spec: unknown, machine: unknown, context: VirtualMachineContext): string[] {
  const named = textAt(spec, "preference", "name") ?? "its preference";
  const cores = numberAt(context.preference, "requirements", "cpu", "guest") ?? 0;
  const memory = textAt(context.preference, "requirements", "memory", "guest") ?? "0";
  const cpu = at(machine, "domain", "cpu");
  const product = ["sockets", "cores", "threads"].reduce((all, field) => all * (numberAt(cpu, field) ?? 1), 1);
  const has = numberAt(context.instanceType, "cpu", "guest") ?? product;
  const guest =
    textAt(context.instanceType, "memory", "guest") ??
    textAt(machine, "domain", "memory", "guest") ??
    textAt(machine, "domain", "resources", "requests", "memory") ??
    "0";
  if (at(spec, "instancetype") !== undefined && context.instanceType === undefined) return [];
  return [
    ...(has < cores ? [`domain.cpu: has ${has} virtual CPUs; ${named} requires ${cores}`] : []),
    ...((quantityValue(guest) ?? 0) < (quantityValue(memory) ?? 0)
      ? [`domain.memory: has ${guest}; ${named} requires ${memory}`]
      : []),
  ];
}

function diskProblems(template: unknown, index: number, machine: unknown): string[] {
  const field = `dataVolumeTemplates[${index}]`;
  const name = textAt(template, "metadata", "name");
  const used = listAt(machine, "volumes").some((volume) => textAt(volume, "dataVolume", "name") === name);
  return [
    ...(name === undefined ? [`${field}.metadata.name: is missing`] : []),
    ...(name === undefined || used ? [] : [`${field}: no volume uses "${name}"`]),
    ...dataVolumeProblems(at(template, "spec")).map((problem) => `${field}.spec.${problem}`),
  ];
}
