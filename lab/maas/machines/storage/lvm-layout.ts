import { basicLayout } from "./basic-layout";
import { align, ALIGNMENT } from "./device-size";
import { EFI_SIZE, MIN_ROOT_SIZE, type LayoutForm } from "./layout-form";
import { bytesOf, sizeField, sizeOrNone } from "./size-field";
import { addFilesystem, addFilesystemGroup, addVirtualDevice } from "./storage-context";

/** Reads the size of the logical volume, which may be a share of the root's; null: all of the volume group. */
export function readLogicalVolumeSize(layout: LayoutForm): number | null {
  const { errors, form } = layout;
  const size = sizeOrNone(sizeField(errors, "lv_size", form.get("lv_size")));
  if (size === null) return null;
  const root = layout.rootSize ?? layout.bootDisk.size - EFI_SIZE - layout.bootSize;
  const bytes = bytesOf(size, root);
  if (bytes < MIN_ROOT_SIZE) errors.add("lv_size", `Size is too small. Minimum size is ${MIN_ROOT_SIZE}.`);
  if (bytes > root) errors.add("lv_size", `Size is too large. Maximum size is ${root}.`);
  return bytes;
}

/** `lvm`: the root on a logical volume (`vgroot-lvroot` unless named) of a volume group on one partition. */
export function lvmLayout(layout: LayoutForm, volumeSize: number | null): void {
  const { context, form } = layout;
  const partition = basicLayout(layout);
  const group = addFilesystemGroup(context, {
    groupType: "lvm-vg",
    name: (form.get("vg_name") ?? "").trim() || "vgroot",
  });
  addFilesystem(context, partition, { fstype: "lvm-pv", filesystemGroupId: group.id });
  // LVM keeps one extent for its own headers.
  const whole = align(partition.size) - ALIGNMENT;
  const volume = addVirtualDevice(context, group, {
    name: (form.get("lv_name") ?? "").trim() || "lvroot",
    size: align(volumeSize ?? whole),
    blockSize: 4096,
  });
  addFilesystem(context, volume, { fstype: "ext4", label: "root", mountPoint: "/" });
}
