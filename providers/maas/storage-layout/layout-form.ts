import type { Fields } from "../client/form";
import { sizeInBytes } from "../../../model/disk-size";
import type { LayoutWish } from "./layout-wish";

/**
 * A layout that is not blank as fields of MAAS's `set_storage_layout`, which takes whole numbers with a unit, and bytes.
 *
 * @param rootDevice number of the disk that gets the operating system
 */
export function layoutForm(wish: LayoutWish, rootDevice: number): Fields {
  const { rootSize, bootSize, volumeGroup, logicalVolume, logicalVolumeSize, layout } = wish;
  const lvm = layout === "lvm";
  return {
    storage_layout: layout,
    root_device: rootDevice,
    ...(rootSize === null ? {} : { root_size: sizeInBytes(rootSize) }),
    ...(bootSize === null ? {} : { boot_size: sizeInBytes(bootSize) }),
    ...(volumeGroup === null || !lvm ? {} : { vg_name: volumeGroup }),
    ...(logicalVolume === null || !lvm ? {} : { lv_name: logicalVolume }),
    ...(logicalVolumeSize === null || !lvm ? {} : { lv_size: sizeInBytes(logicalVolumeSize) }),
  };
}
