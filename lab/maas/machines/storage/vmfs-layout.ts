import { freeSize } from "./device-size";
import type { LayoutForm } from "./layout-form";
import { addFilesystem, addFilesystemGroup, addPartition, addVirtualDevice } from "./storage-context";

const MEBIBYTE = 1024 * 1024;
const GIBIBYTE = 1024 * MEBIBYTE;

/** A partition of the ESXi image; `bytes` 0 is the datastore, which gets what is left. */
interface ImagePartition {
  index: number;
  bytes: number;
}

/** An ESXi image: its partitions in their order and the least size of its disk. */
export interface VmfsImage {
  partitions: readonly ImagePartition[];
  minimumGibibytes: number;
}

/** ESXi 6. */
export const VMFS6: VmfsImage = {
  minimumGibibytes: 10,
  partitions: [
    { index: 1, bytes: 3 * MEBIBYTE },
    { index: 2, bytes: 4 * GIBIBYTE },
    { index: 3, bytes: 0 },
    { index: 5, bytes: 249 * MEBIBYTE },
    { index: 6, bytes: 249 * MEBIBYTE },
    { index: 7, bytes: 109 * MEBIBYTE },
    { index: 8, bytes: 285 * MEBIBYTE },
    { index: 9, bytes: 2560 * MEBIBYTE },
  ],
};

/** ESXi 7 and 8. */
export const VMFS7: VmfsImage = {
  minimumGibibytes: 32,
  partitions: [
    { index: 1, bytes: 100 * MEBIBYTE },
    { index: 5, bytes: 4095 * MEBIBYTE },
    { index: 6, bytes: 4095 * MEBIBYTE },
    { index: 7, bytes: 25_662_832_128 },
    { index: 8, bytes: 0 },
  ],
};

/** Refuses a boot disk that is too small for the image. */
export function checkVmfsDisk(layout: LayoutForm, image: VmfsImage): void {
  if (layout.bootDisk.size < image.minimumGibibytes * GIBIBYTE) {
    layout.errors.add("boot_size", `Boot disk must be at least ${image.minimumGibibytes}Gb.`);
  }
}

/** `vmfs6` and `vmfs7`: the partitions of an ESXi image and a datastore on what is left. */
export function vmfsLayout(layout: LayoutForm, image: VmfsImage): void {
  const { context, rootDevice: disk } = layout;
  disk.partitionTableType = "GPT";
  for (const { index, bytes } of image.partitions) {
    const partition = addPartition(context, disk, { size: 0, bootable: index === 1 });
    // The image's sizes are not aligned.
    Object.assign(partition, { index, size: bytes });
  }
  const datastore = disk.partitions.find((partition) => partition.size === 0);
  if (datastore === undefined) return;
  datastore.size = layout.rootSize ?? freeSize(context.machine, disk);
  const group = addFilesystemGroup(context, { groupType: "vmfs6", name: "datastore1" });
  addFilesystem(context, datastore, { fstype: "vmfs6", filesystemGroupId: group.id });
  const device = addVirtualDevice(context, group, { name: group.name, size: datastore.size, blockSize: 1024 });
  addFilesystem(context, device, { fstype: "vmfs6", mountPoint: "/vmfs/volumes/datastore1" });
}
