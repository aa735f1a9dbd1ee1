import type { PartitionRecord } from "../model";
import type { LayoutForm } from "./layout-form";
import { EFI_SIZE, MIN_BOOT_SIZE } from "./layout-form";
import { addFilesystem, addPartition } from "./storage-context";

/**
 * Partitions the boot disk (EFI system partition where the machine boots by UEFI, `/boot` where one is wanted) and the
 * root device.
 *
 * @param bootSize Bytes of `/boot`; what the form says when absent.
 * @returns The partition for the root, still empty.
 */
export function basicLayout(layout: LayoutForm, bootSize?: number): PartitionRecord {
  const { context, bootDisk: disk } = layout;
  const { architecture, biosBootMethod } = context.machine;
  const [name] = architecture.split("/");
  const uefi = biosBootMethod === "uefi";
  disk.partitionTableType = "GPT";
  const addBoot = (size: number): void => {
    const partition = addPartition(context, disk, { size, bootable: true });
    addFilesystem(context, partition, { fstype: "ext4", label: "boot", mountPoint: "/boot" });
  };
  if (uefi && name !== "ppc64el") {
    const efi = addPartition(context, disk, { size: EFI_SIZE, bootable: true });
    addFilesystem(context, efi, { fstype: "fat32", label: "efi", mountPoint: "/boot/efi" });
  } else if (!uefi && name === "arm64" && bootSize === undefined) {
    addBoot(MIN_BOOT_SIZE);
  }
  const wanted = bootSize ?? layout.bootSize;
  if (wanted > 0) addBoot(wanted);
  return addPartition(context, layout.rootDevice, { size: layout.rootSize });
}
