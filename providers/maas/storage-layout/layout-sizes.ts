import { sizeInBytes } from "../../../model/disk-size";
import type { UsedDevice } from "./present-layout";

/** Sizes and names of a layout as they are written; null = MAAS's default, which for a size is all that there is. */
export interface LayoutSizes {
  rootSize: string | null;
  bootSize: string | null;
  volumeGroup: string | null;
  logicalVolume: string | null;
  logicalVolumeSize: string | null;
}

/** MAAS rounds sizes down to this, in bytes. */
const step = 4 * 1024 * 1024;

/** What is left over at most where all is taken, in bytes: what MAAS rounds off and what a volume group keeps for itself. */
const leftOver = 64 * 1024 * 1024;

/** The names that MAAS gives an lvm layout. */
const defaultNames = { volumeGroup: "vgroot", logicalVolume: "lvroot" } as const;

/**
 * The sizes and names that a machine has, written as in `wish` where they are the wished ones, else in bytes. Only of use when the machine
 * has the wished kind of layout (flat or lvm).
 */
export function presentSizes(devices: readonly UsedDevice[], wish: LayoutSizes, lvm: boolean): LayoutSizes {
  const partitions = devices.flatMap((device) => device.partitions.map((partition) => ({ ...partition, device })));
  const mounted = (where: string) => partitions.find(({ filesystem }) => filesystem?.mount_point === where);
  const volume = devices.find((device) => device.type === "virtual");
  const root = lvm ? partitions.find(({ filesystem }) => filesystem?.fstype === "lvm-pv") : mounted("/");
  const boot = mounted("/boot");
  return {
    rootSize:
      root === undefined
        ? wish.rootSize
        : written(root.size, wish.rootSize, (root.device.available_size ?? 0) <= leftOver),
    bootSize: boot === undefined ? null : written(boot.size, wish.bootSize, false),
    ...(lvm && volume !== undefined && root !== undefined
      ? lvmSizes(volume, root, wish)
      : {
          volumeGroup: wish.volumeGroup,
          logicalVolume: wish.logicalVolume,
          logicalVolumeSize: wish.logicalVolumeSize,
        }),
  };
}

function lvmSizes(
  volume: UsedDevice,
  root: { readonly size: number; readonly used_for?: string },
  wish: LayoutSizes,
): Pick<LayoutSizes, "volumeGroup" | "logicalVolume" | "logicalVolumeSize"> {
  // A virtual disk is called <group>-<volume>, and both may hold a dash: the physical volume names the group.
  const [, told] = /^LVM volume for (.+)$/.exec(root.used_for ?? "") ?? [];
  const group = told ?? volume.name.slice(0, volume.name.indexOf("-"));
  const name = volume.name.startsWith(`${group}-`) ? volume.name.slice(group.length + 1) : volume.name;
  return {
    volumeGroup: group === defaultNames.volumeGroup && wish.volumeGroup === null ? null : group,
    logicalVolume: name === defaultNames.logicalVolume && wish.logicalVolume === null ? null : name,
    logicalVolumeSize: written(volume.size, wish.logicalVolumeSize, root.size - volume.size <= leftOver),
  };
}

/** A size in bytes as it is wished when it is that, null when nothing was said and it takes all, else as bytes. */
function written(bytes: number, wish: string | null, takesAll: boolean): string | null {
  if (wish === null) return takesAll ? null : String(bytes);
  const wished = sizeInBytes(wish) ?? 0;
  return Math.floor(wished / step) === Math.floor(bytes / step) ? wish : String(bytes);
}
