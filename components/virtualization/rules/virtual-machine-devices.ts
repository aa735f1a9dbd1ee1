import { labelProblem } from "./names";
import { at, listAt, textAt } from "./tree";

/** What KubeVirt 1.5 refuses in the disks and volumes of a VM (vmi-create-admitter). Fields are below the VM's `template.spec`. */
export function deviceProblems(machine: unknown): string[] {
  const disks = listAt(machine, "domain", "devices", "disks");
  const volumes = listAt(machine, "volumes").map((volume) => textAt(volume, "name"));
  const plugged = listAt(machine, "volumes")
    .filter((volume) =>
      ["dataVolume", "persistentVolumeClaim"].some((kind) => at(volume, kind, "hotpluggable") === true),
    )
    .map((volume) => textAt(volume, "name"));
  const names = disks.map((disk) => textAt(disk, "name"));
  return [
    ...disks.flatMap((disk, index) => diskProblems(disk, `domain.devices.disks[${index}]`, volumes)),
    ...disks.flatMap((disk, index) =>
      plugged.includes(textAt(disk, "name")) ? hotPlugProblems(disk, `domain.devices.disks[${index}]`) : [],
    ),
    ...repeated(names).map((name) => `domain.devices.disks: "${name}" is there twice`),
    ...repeated(volumes).map((name) => `volumes: "${name}" is there twice`),
    ...volumes.flatMap((name, index) => {
      const problem = name === undefined ? undefined : labelProblem(name);
      return problem === undefined ? [] : [`volumes[${index}].name: ${problem}`];
    }),
  ];
}

/** Names that stand in a list more than once. */
export function repeated(names: readonly (string | undefined)[]): string[] {
  const all = names.filter((name) => name !== undefined);
  return [...new Set(all.filter((name, index) => all.indexOf(name) !== index))];
}

/** Disks that are plugged into a running machine. */
function hotPlugProblems(disk: unknown, field: string): string[] {
  const bus = textAt(disk, "disk", "bus");
  return [
    ...(bus === "scsi" ? [] : [`${field}.disk.bus: is "${bus ?? ""}"; a hot-plugged disk must be scsi`]),
    ...(at(disk, "dedicatedIOThread") === true
      ? [`${field}.dedicatedIOThread: a hot-plugged disk cannot have a thread of its own`]
      : []),
  ];
}

function diskProblems(disk: unknown, field: string, volumes: readonly (string | undefined)[]): string[] {
  const name = textAt(disk, "name");
  const bus = textAt(disk, "disk", "bus");
  return [
    ...(name !== undefined && volumes.includes(name) ? [] : [`${field}: there is no volume "${name ?? ""}"`]),
    ...(textAt(disk, "cdrom", "bus") === "virtio" ? [`${field}.cdrom.bus: virtio is for disks; use sata or scsi`] : []),
    ...(bus === "sata" && at(disk, "disk", "readonly") === true
      ? [`${field}.disk.readonly: a sata disk cannot be read-only`]
      : []),
    ...(at(disk, "dedicatedIOThread") === true && bus !== undefined && bus !== "virtio"
      ? [`${field}.dedicatedIOThread: is only for the bus virtio`]
      : []),
  ];
}
