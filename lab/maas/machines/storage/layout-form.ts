import { refusal } from "../../server/refusal";
import type { Parameters } from "../../server/route";
import { invalidChoice } from "../forms/fields";
import { FormErrors } from "../forms/form-errors";
import type { BlockDeviceRecord } from "../model";
import { bootDisk, physicalDisks, type StorageContext } from "./storage-context";
import { boundedSize, sizeField } from "./size-field";

const MEBIBYTE = 1024 * 1024;

/** Size of `/boot/efi`. */
export const EFI_SIZE = 512 * MEBIBYTE;
/** Least size of `/boot`. */
export const MIN_BOOT_SIZE = 512 * MEBIBYTE;
/** Least size of `/`. */
export const MIN_ROOT_SIZE = 3 * 1024 * MEBIBYTE;

/** What every layout takes, checked. */
export interface LayoutForm {
  context: StorageContext;
  errors: FormErrors;
  form: Parameters;
  bootDisk: BlockDeviceRecord;
  /** Where the root goes; `/boot/efi` and `/boot` stay on the boot disk. */
  rootDevice: BlockDeviceRecord;
  /** Bytes of `/boot`, 0 for none. */
  bootSize: number;
  /** Bytes of `/`; null: all that is left. */
  rootSize: number | null;
}

/** A disk of the machine by its id; null when none was named. */
export function deviceField(
  errors: FormErrors,
  field: string,
  raw: string | undefined,
  disks: readonly BlockDeviceRecord[],
): BlockDeviceRecord | null {
  if (raw === undefined || raw === "") return null;
  const device = disks.find((disk) => String(disk.id) === raw);
  if (device === undefined) {
    errors.add(
      field,
      invalidChoice(
        raw,
        field,
        disks.map((disk) => disk.id),
      ),
    );
  }
  return device ?? null;
}

/**
 * Reads what every storage layout takes. The caller checks its own fields, then throws the errors if there are any.
 *
 * @throws MaasRefusal 400 when the machine has no disk to boot from.
 */
export function readLayoutForm(context: StorageContext, form: Parameters): LayoutForm {
  const errors = new FormErrors();
  const boot = bootDisk(context.machine);
  if (boot === undefined) {
    throw refusal(400, "Machine is missing a boot disk; no storage layout can be applied.");
  }
  const whole = boot.size - EFI_SIZE;
  const rootDevice = deviceField(errors, "root_device", form.get("root_device"), physicalDisks(context.machine));
  const boot_size = sizeField(errors, "boot_size", form.get("boot_size"));
  const root_size = sizeField(errors, "root_size", form.get("root_size"));
  const bootSize = boundedSize(errors, "boot_size", boot_size, {
    whole,
    min: MIN_BOOT_SIZE,
    max: whole - MIN_ROOT_SIZE,
  });
  const rootSize = boundedSize(errors, "root_size", root_size, {
    whole,
    min: MIN_ROOT_SIZE,
    max: whole - MIN_BOOT_SIZE,
  });
  if (rootSize !== null && EFI_SIZE + (bootSize ?? 0) + rootSize > boot.size) {
    errors.add(
      "__all__",
      "Size of the boot partition and root partition are larger than the available space on the boot disk.",
    );
  }
  return {
    context,
    errors,
    form,
    bootDisk: boot,
    rootDevice: rootDevice ?? boot,
    bootSize: bootSize ?? 0,
    rootSize,
  };
}
