import { at, listAt, textAt } from "./tree";

/** What KubeVirt 1.5 refuses in the disks and volumes of a VM (vmi-create-admitter). Fields are below the VM's `template.spec`. */
export function deviceProblems(machine: unknown): string[] {
  const disks = listAt(machine, "domain", "devices", "disks");
  const volumes = listAt(machine, "volumes").map((volume) => textAt(volume, "name"));
  const names = disks.map((disk) => textAt(disk, "name"));
  return [
    ...disks.flatMap((disk, index) => diskProblems(disk, `domain.devices.disks[${index}]`, volumes)),
    ...repeated(names).map((name) => `domain.devices.disks: "${name}" is there twice`),
    ...repeated(volumes).map((name) => `volumes: "${name}" is there twice`),
  ];
}

/** Names that stand in a list more than once. */
export function repeated(names: readonly (string | undefined)[]): string[] {
  const all = names.filter((name) => name !== undefined);
  return [...new Set(all.filter((name, index) => all.indexOf(name) !== index))];
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
