import { refusal } from "../../server/refusal";
import { checkboxField, choiceField } from "../forms/fields";
import type { BlockDeviceRecord } from "../model";
import { basicLayout } from "./basic-layout";
import { deviceField, type LayoutForm } from "./layout-form";
import { bytesOf, sizeField, sizeOrNone } from "./size-field";
import { addFilesystem, addFilesystemGroup, addPartition, addVirtualDevice, physicalDisks } from "./storage-context";

const GIBIBYTE = 1024 ** 3;
/** Least size of a device in MAAS. */
const MIN_DEVICE_SIZE = 4 * 1024 * 1024;
const NO_BOTH = "Cannot use cache_size and cache_no_part at the same time.";

/** What bcache takes beside what every layout takes. */
export interface CacheForm {
  device: BlockDeviceRecord | null;
  size: number | null;
  wholeDevice: boolean;
  mode: string;
}

/** The smallest SSD that is not the boot disk, unless one is named. */
export function readCacheForm(layout: LayoutForm): CacheForm {
  const { errors, form, context } = layout;
  const others = physicalDisks(context.machine).filter((disk) => disk.id !== layout.bootDisk.id);
  const named = deviceField(errors, "cache_device", form.get("cache_device"), others);
  const fastest = [...others].sort((a, b) => a.size - b.size).find((disk) => disk.tags.includes("ssd"));
  const device = named ?? fastest ?? null;
  const wholeDevice = checkboxField(form.get("cache_no_part"));
  const mode = choiceField(errors, "cache_mode", form.get("cache_mode"), ["writeback", "writethrough", "writearound"]);
  const asked = sizeOrNone(sizeField(errors, "cache_size", form.get("cache_size")));
  if (asked !== null && wholeDevice) {
    errors.add("cache_size", NO_BOTH);
    errors.add("cache_no_part", NO_BOTH);
  }
  const size = asked === null || device === null ? null : bytesOf(asked, device.size);
  if (size !== null && device !== null && !wholeDevice) {
    if (size < MIN_DEVICE_SIZE) errors.add("cache_size", `Size is too small. Minimum size is ${MIN_DEVICE_SIZE}.`);
    if (size > device.size) errors.add("cache_size", `Size is too large. Maximum size is ${device.size}.`);
  }
  return { device, size, wholeDevice, mode: mode === "" ? "writethrough" : mode };
}

/**
 * `bcache`: the root on a partition that is cached by an SSD.
 *
 * @throws MaasRefusal 400 when no disk can cache.
 */
export function bcacheLayout(layout: LayoutForm, cache: CacheForm): void {
  const { context } = layout;
  if (cache.device === null) {
    throw refusal(
      400,
      "Failed to configure storage layout 'bcache': Node doesn't have an available cache device to setup bcache.",
    );
  }
  const root = basicLayout(layout, layout.bootSize === 0 ? GIBIBYTE : layout.bootSize);
  const cacheSetId = context.store.nextId("cacheset");
  context.machine.cacheSets.push(cacheSetId);
  const holder = cache.wholeDevice ? cache.device : addPartition(context, cache.device, { size: cache.size });
  addFilesystem(context, holder, { fstype: "bcache-cache", cacheSetId });
  const group = addFilesystemGroup(context, {
    groupType: "bcache",
    name: "bcache0",
    cacheMode: cache.mode,
    cacheSetId,
  });
  addFilesystem(context, root, { fstype: "bcache-backing", filesystemGroupId: group.id });
  const device = addVirtualDevice(context, group, {
    name: group.name,
    size: root.size,
    blockSize: layout.rootDevice.blockSize,
  });
  addFilesystem(context, device, { fstype: "ext4", label: "root", mountPoint: "/" });
}
